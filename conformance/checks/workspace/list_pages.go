package workspace

import (
	"context"
	"fmt"
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
	ID:     "workspace.list.pages",
	Says:   "a page holds no more than limit, begins at offset, and counts the groups of all pages",
	Proves: []string{"APPGROUP-LIST-limit", "APPGROUP-LIST-offset", "APPGROUP-LIST-count"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	first := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	ids := []string{first.ID}
	for range 2 {
		ids = append(ids, attempt.GivenAppGroup(ctx, t, func(body attempt.Body) { body["name"] = first.Name }).ID)
	}
	var got []string
	for _, page := range []struct{ offset, limit, want int64 }{{0, 2, 2}, {2, 2, 1}, {3, 2, 0}} {
		ginkgo.By(fmt.Sprintf("reading %d groups from %d on", page.limit, page.offset))
		reply := target.Got(t.Workspace.ListServerGroupsWithResponse(ctx, t.Project,
			&api.ListServerGroupsParams{ServerGroupName: &first.Name, Offset: &page.offset, Limit: &page.limit}))
		Expect(reply).To(expect.Status(http.StatusOK))
		Expect(reply.JSON200.Items).To(expect.HaveLen(int(page.want)))
		Expect(reply.JSON200.Count).To(expect.Be(int64(3)), "all pages together")
		for _, g := range reply.JSON200.Items {
			got = append(got, g.ID)
		}
	}
	Expect(got).To(expect.BeInAnyOrder(ids...))
})
