package microversions

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The status is the community's.
var _ = check.It(check.Decl{
	ID:       "microversions.out-of-range.refused",
	Says:     "a microversion outside of the announced bounds is refused with 406",
	Proves:   []string{"ECS-6.2.1-community-compatible"},
	Level:    check.Should,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	bounds := t.Versions()
	for _, v := range []microversion.Version{
		{Major: bounds.Max.Major, Minor: bounds.Max.Minor + 1}, {Major: bounds.Max.Major + 1}, {Major: bounds.Min.Major - 1, Minor: 9}, {Major: bounds.Min.Major},
	} {
		reply := target.Got(t.Nova.ListFlavorsWithResponse(target.Intended(ctx), t.Project, &nova.ListFlavorsParams{}, nova.WithVersionText(v.String(), microversion.Legacy)))
		Expect(reply).To(expect.BeRefused(http.StatusNotAcceptable), "the version "+v.String())
	}
})
