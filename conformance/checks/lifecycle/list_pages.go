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
	Says:    "a page holds no more than limit, links to the next, and the pages together hold every server once",
	Proves:  []string{"ECS-6.2.4-limit", "ECS-6.2.4-next-link", "ECS-6.2.4-marker"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	first, second := t.Given.Server(ctx), t.Given.Server(ctx)
	run := t.Endpoint().Run() // every name of ours contains it
	one := int64(1)

	ginkgo.By("reading the first page")
	page := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Name: &run, Limit: &one}))
	Expect(page).To(expect.Status(http.StatusOK))
	Expect(page.JSON200.Servers).To(expect.HaveLen(1))
	marker := look.Marker(page.JSON200.ServersLinks)
	Expect(marker).To(expect.Be(page.JSON200.Servers[0].ID), "the link to the next page begins after this one")

	ginkgo.By("reading the second page")
	next := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Name: &run, Limit: &one, Marker: &marker}))
	Expect(next).To(expect.Status(http.StatusOK))
	Expect(next.JSON200.Servers).To(expect.HaveLen(1))
	Expect([]string{page.JSON200.Servers[0].ID, next.JSON200.Servers[0].ID}).To(expect.BeInAnyOrder(first.ID, second.ID))
})
