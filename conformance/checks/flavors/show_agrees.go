package flavors

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "flavors.show.agrees",
	Says:     "a flavor is shown by its id, as it is in the detailed list",
	Proves:   []string{"ECS-6.6.3-shows-flavor"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova, check.Flavor},
	At:       check.Ends(),
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	detailed := target.Got(t.Nova.ListFlavorsDetailWithResponse(ctx, t.Project, &nova.ListFlavorsDetailParams{}))
	Expect(detailed).To(expect.Status(http.StatusOK))
	i := slices.IndexFunc(detailed.JSON200.Flavors, func(f nova.Flavor) bool { return f.ID == t.Resources.Flavor })
	Expect(i >= 0).To(expect.Be(true), "the flavor is in the list")

	shown := target.Got(t.Nova.ShowFlavorWithResponse(ctx, t.Project, t.Resources.Flavor))
	Expect(shown).To(expect.Status(http.StatusOK))
	Expect(shown).To(expect.SameMember("/flavor", detailed, fmt.Sprintf("/flavors/%d", i)))
})
