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
	ID:     "workspace.list.id-filter",
	Says:   "a list by id has the group of that id and no other",
	Proves: []string{"APPGROUP-LIST-filter-id"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	mine := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	attempt.GivenAppGroup(ctx, t, func(body attempt.Body) { body["name"] = mine.Name })
	Expect(attempt.AppGroups(ctx, t, api.ListServerGroupsParams{ServerGroupID: &mine.ID})).To(expect.BeInAnyOrder(mine.ID))
})
