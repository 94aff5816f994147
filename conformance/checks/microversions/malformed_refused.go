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
	ID:       "microversions.malformed.refused",
	Says:     "a version that is none is refused with 400",
	Proves:   []string{"ECS-6.2.1-community-compatible"},
	Level:    check.Should,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	for _, text := range []string{"2", "2.", "two.six", "2.01", "2.1.1", "-2.1"} {
		reply := target.Got(t.Nova.ListFlavorsWithResponse(target.Intended(ctx), t.Project, &nova.ListFlavorsParams{}, nova.WithVersionText(text, microversion.Legacy)))
		Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"), "the version "+text)
	}
})
