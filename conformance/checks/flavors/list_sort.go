package flavors

import (
	"context"
	"net/http"
	"slices"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// How texts are compared is not said, so the order is only held against its reverse.
var _ = check.It(check.Decl{
	ID:       "flavors.list.sort",
	Says:     "without a sort key flavors are ordered by id, and sort_dir turns the order round",
	Proves:   []string{"ECS-6.6.1-sort"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	ids := func(params nova.ListFlavorsParams) []string {
		reply := target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &params))
		Expect(reply).To(expect.Status(http.StatusOK))
		var all []string
		for _, f := range reply.JSON200.Flavors {
			all = append(all, f.ID)
		}
		return all
	}
	key, down := "flavorid", "desc"
	plain, falling := ids(nova.ListFlavorsParams{}), ids(nova.ListFlavorsParams{SortKey: &key, SortDir: &down})
	Expect(len(plain) > 1).To(expect.Be(true), "there are flavors to order")
	slices.Reverse(falling)
	Expect(falling).To(expect.Be(plain))
})
