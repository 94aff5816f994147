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
	ID:     "workspace.list.app-type-filter",
	Says:   "a list by kind of application has the groups of that kind and no others",
	Proves: []string{"APPGROUP-LIST-filter-app-type"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	common := attempt.GivenAppGroup(ctx, t, func(body attempt.Body) { body["app_type"] = "COMMON_APP" })
	desktop := attempt.GivenAppGroup(ctx, t, func(body attempt.Body) {
		body["name"], body["app_type"] = common.Name, "SESSION_DESKTOP_APP"
	})
	for kind, want := range map[api.AppType]string{"COMMON_APP": common.ID, "SESSION_DESKTOP_APP": desktop.ID} {
		Expect(attempt.AppGroups(ctx, t, api.ListServerGroupsParams{ServerGroupName: &common.Name, AppType: &kind})).To(expect.BeInAnyOrder(want))
	}
})
