package workspace

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	api "github.com/ecsconform/ecsconform/gen/workspace"
)

var _ = check.It(check.Decl{
	ID:     "workspace.create.is-listed",
	Says:   "a new group is answered as it was asked for, and the list shows it so",
	Proves: []string{"APPGROUP-CREATE-created"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("creating a group")
	group := attempt.CreateAppGroup(ctx, t, func(body attempt.Body) { body["description"] = "made by a check" })
	Expect(group.Reply).To(expect.Status(http.StatusOK))
	made := group.Reply.JSON200
	Expect(made.Name).To(expect.Be(group.Name))
	Expect(made.Description).To(expect.Be("made by a check"))
	Expect(made.ProductID).To(expect.Be(t.Resources.AppProduct))
	Expect(made.SubnetID).To(expect.Be(t.Resources.Subnet))

	ginkgo.By("listing it")
	listed := target.Got(t.Workspace.ListServerGroupsWithResponse(ctx, t.Project, &api.ListServerGroupsParams{ServerGroupID: &group.ID}))
	Expect(listed).To(expect.Status(http.StatusOK))
	Expect(listed.JSON200.Items).To(expect.HaveLen(1))
	for _, member := range []string{"id", "name", "description", "image_id", "os_type", "product_id", "subnet_id",
		"system_disk_type", "system_disk_size", "is_vdi", "app_type", "create_time", "ou_name"} {
		Expect(listed).To(expect.SameMember("/items/0/"+member, group.Reply, "/"+member))
	}
})
