package workspace

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	api "github.com/ecsconform/ecsconform/gen/workspace"
)

// That both are listed without the parameter is R-613.
var _ = check.It(check.Decl{
	ID:     "workspace.create.secondary",
	Says:   "a group that names a primary one is listed as secondary, the other as primary, and both without the filter",
	Proves: []string{"APPGROUP-CREATE-secondary", "APPGROUP-LIST-filter-secondary"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	primary := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	secondary := attempt.GivenAppGroup(ctx, t, func(body attempt.Body) {
		body["name"], body["primary_server_group_id"] = primary.Name, primary.ID
	})
	for _, row := range []struct {
		filter string
		want   []string
	}{
		{"true", []string{secondary.ID}}, {"false", []string{primary.ID}}, {"", []string{primary.ID, secondary.ID}},
	} {
		ginkgo.By("listing with is_secondary_server_group \"" + row.filter + "\"")
		params := api.ListServerGroupsParams{ServerGroupName: &primary.Name}
		if row.filter != "" {
			params.IsSecondaryServerGroup = &row.filter
		}
		Expect(attempt.AppGroups(ctx, t, params)).To(expect.BeInAnyOrder(row.want...))
	}
})
