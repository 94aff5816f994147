package flavors

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// That limit and marker exist is R-245.
var _ = check.It(check.Decl{
	ID:       "flavors.list.pages",
	Says:     "a page of flavors holds no more than limit and links to the next",
	Proves:   []string{"ECS-6.6.1-next-link"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	one := int64(1)
	page := target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{Limit: &one}))
	Expect(page).To(expect.Status(http.StatusOK))
	Expect(page.JSON200.Flavors).To(expect.HaveLen(1))
	marker := look.Marker(page.JSON200.FlavorsLinks)
	Expect(marker).To(expect.Be(page.JSON200.Flavors[0].ID), "the link to the next page begins after this one")

	next := target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{Limit: &one, Marker: &marker}))
	Expect(next).To(expect.Status(http.StatusOK))
	Expect(next.JSON200.Flavors).To(expect.HaveLen(1))
	Expect(next.JSON200.Flavors[0].ID).NotTo(expect.Be(marker))
})
