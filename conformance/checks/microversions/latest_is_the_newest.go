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

// The word is the community's.
var _ = check.It(check.Decl{
	ID:       "microversions.latest.is-the-newest",
	Says:     "latest is answered with the newest microversion of the version document",
	Proves:   []string{"ECS-6.2.1-community-compatible"},
	Level:    check.Should,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{}, nova.WithVersionText(microversion.Latest, microversion.Legacy)))
	Expect(reply).To(expect.Status(http.StatusOK))
	Expect(reply).To(expect.EchoVersion(t.Versions().Max))
})
