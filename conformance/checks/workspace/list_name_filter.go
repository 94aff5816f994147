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
	ID:     "workspace.list.name-filter",
	Says:   "a list by name has the groups of that name and no others",
	Proves: []string{"APPGROUP-LIST-filter-name"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	mine := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	Expect(attempt.AppGroups(ctx, t, api.ListServerGroupsParams{ServerGroupName: &mine.Name})).To(expect.BeInAnyOrder(mine.ID))
})
