package microversions

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// A version that shows nothing new is no proof, so a server is shown: it has another
// member at 2.3, 2.9, 2.19 and so on.
var _ = check.It(check.Decl{
	ID:      "microversions.default.is-the-oldest",
	Says:    "a call without a version header is answered as 2.1",
	Proves:  []string{"ECS-3-default-microversion"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("showing it without a version, and at 2.1")
	without := target.Got(t.Nova.ShowServerWithResponse(target.Unversioned(ctx), t.Project, server.ID))
	Expect(without).To(expect.Status(http.StatusOK))
	oldest := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, server.ID, nova.WithMicroversion(microversion.Default, microversion.Both)))
	Expect(oldest).To(expect.Status(http.StatusOK))
	Expect(without).To(expect.SameMember("/server", oldest, "/server"))
	Expect(without).To(expect.NoMember("/server/locked"))
})
