package microversions

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Neither the members that the version would bring, nor the headers that name it.
var _ = check.It(check.Decl{
	ID:      "microversions.v2.has-none",
	Says:    "under v2 a version header has no effect",
	Proves:  []string{"ECS-3-v2-without-microversions"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	with := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, server.ID, asV2))
	Expect(with).To(expect.Status(http.StatusOK))
	Expect(with).To(expect.NoMember("/server/locked"))
	Expect(with).To(expect.NoHeader(microversion.LegacyHeader, microversion.StandardHeader))
})
