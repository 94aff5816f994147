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

// The headers are the community's; clients and caches rely on them.
var _ = check.It(check.Decl{
	ID:       "microversions.header.echoed",
	Says:     "an answer names the microversion it was made with, in both headers, and says that it varies with them",
	Proves:   []string{"ECS-6.2.1-community-compatible"},
	Level:    check.Should,
	Needs:    []check.Need{check.Nova},
	At:       check.Ends(),
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{}))
	Expect(reply).To(expect.Status(http.StatusOK))
	Expect(reply).To(expect.EchoVersion(t.Version))
	Expect(reply).To(expect.Vary(microversion.LegacyHeader, microversion.StandardHeader))
})
