package workspace

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	api "github.com/ecsconform/ecsconform/gen/workspace"
)

var _ = check.It(check.Decl{
	ID:     "workspace.list.tags-filter",
	Says:   "a list by tags has the groups whose tags contain the text and no others",
	Proves: []string{"APPGROUP-LIST-filter-tags"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	word := t.Endpoint().Run() + "tagged"
	mine := attempt.GivenAppGroup(ctx, t, func(body attempt.Body) {
		body["tags"] = []any{attempt.Body{"key": "check", "value": word}}
	})
	attempt.GivenAppGroup(ctx, t, func(body attempt.Body) {
		body["name"], body["tags"] = mine.Name, []any{attempt.Body{"key": "check", "value": "another"}}
	})
	Expect(attempt.AppGroups(ctx, t, api.ListServerGroupsParams{ServerGroupName: &mine.Name, Tags: &word})).To(expect.BeInAnyOrder(mine.ID))
})
