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

var _ = check.It(check.Decl{
	ID:     "workspace.create.default-enterprise",
	Says:   "a group without an enterprise project, or with an empty one or 0, is listed in the default one and in no other",
	Proves: []string{"APPGROUP-CREATE-default-enterprise-project", "APPGROUP-LIST-filter-enterprise-project"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	first := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	ids := []string{first.ID}
	for _, id := range []string{"", "0"} {
		ids = append(ids, attempt.GivenAppGroup(ctx, t, func(body attempt.Body) {
			body["name"], body["enterprise_project_id"] = first.Name, id
		}).ID)
	}
	for _, id := range []string{"", "0"} {
		ginkgo.By("listing the enterprise project \"" + id + "\"")
		got := attempt.AppGroups(ctx, t, api.ListServerGroupsParams{ServerGroupName: &first.Name, EnterpriseProjectID: &id})
		Expect(got).To(expect.BeInAnyOrder(ids...))
	}
	ginkgo.By("listing another enterprise project")
	other := "0aad99bc-f5f6-4f78-8404-c598d76b0ed2"
	Expect(attempt.AppGroups(ctx, t, api.ListServerGroupsParams{ServerGroupName: &first.Name, EnterpriseProjectID: &other})).To(expect.HaveLen(0))
})
