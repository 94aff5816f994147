package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The link is followed by its marker: its host may be one that only the
// endpoint's own network knows.
var _ = check.It(check.Decl{
	ID:      "lifecycle.list.pages",
	Says:    "a page holds no more than limit, links to the next, and the pages together are the list",
	Proves:  []string{"ECS-6.2.4-limit", "ECS-6.2.4-next-link", "ECS-6.2.4-marker"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	t.Given.Server(ctx)
	t.Given.Server(ctx)
	run := t.Endpoint().Run() // every name of ours contains it
	one := int64(1)

	ginkgo.By("reading the list at once")
	all := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Name: &run}))
	Expect(all).To(expect.Status(http.StatusOK))
	Expect(len(all.JSON200.Servers) >= 2).To(expect.Be(true), "both servers are in the list")

	ginkgo.By("reading it page by page")
	var marker *string
	for i, s := range all.JSON200.Servers {
		page := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Name: &run, Limit: &one, Marker: marker}))
		Expect(page).To(expect.Status(http.StatusOK))
		Expect(page.JSON200.Servers).To(expect.HaveLen(1))
		Expect(page.JSON200.Servers[0].ID).To(expect.Be(s.ID), "the page goes on where the one before ended")
		next := look.Marker(page.JSON200.ServersLinks)
		if i+1 < len(all.JSON200.Servers) {
			Expect(next).To(expect.Be(s.ID), "the link to the next page begins after this one")
		}
		marker = &s.ID
	}
})
