package flavors

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The bound is what one of the flavors has, so that both sides of it are seen.
var _ = check.It(check.Decl{
	ID:       "flavors.list.min-ram",
	Says:     "minRam keeps the flavors with at least as much, and no others",
	Proves:   []string{"ECS-6.6.1-min-ram"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	all := target.Got(t.Nova.ListFlavorsDetailWithResponse(ctx, t.Project, &nova.ListFlavorsDetailParams{}))
	Expect(all).To(expect.Status(http.StatusOK))
	var least int64
	for _, f := range all.JSON200.Flavors {
		least = max(least, f.RAM)
	}
	var want, got []string
	for _, f := range all.JSON200.Flavors {
		if f.RAM >= least {
			want = append(want, f.ID)
		}
	}

	some := target.Got(t.Nova.ListFlavorsDetailWithResponse(ctx, t.Project, &nova.ListFlavorsDetailParams{MinRAM: &least}))
	Expect(some).To(expect.Status(http.StatusOK))
	for _, f := range some.JSON200.Flavors {
		got = append(got, f.ID)
	}
	Expect(got).To(expect.BeInAnyOrder(want...))
})
