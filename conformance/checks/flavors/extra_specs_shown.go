package flavors

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// What they say is the operator's; that they are texts is the judge's.
var _ = check.It(check.Decl{
	ID:       "flavors.extra-specs.shown",
	Says:     "the extra specs of a flavor are shown",
	Proves:   []string{"ECS-6.6.4-shows-extra-specs"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova, check.Flavor},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.Nova.ListFlavorExtraSpecsWithResponse(ctx, t.Project, t.Resources.Flavor))
	Expect(reply).To(expect.Status(http.StatusOK))
	Expect(reply).To(expect.Member("/extra_specs"))
})
