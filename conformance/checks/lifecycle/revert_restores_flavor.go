package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.revert.restores-flavor",
	Says:    "a resize that is reverted leaves VERIFY_RESIZE and brings the old flavor back",
	Proves:  []string{"ECS-6.3.10-reverts"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova, check.SecondFlavor},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.ResizedServer(ctx)

	ginkgo.By("reverting")
	reply := target.Got(t.Nova.RevertServerResizeWithResponse(ctx, t.Project, server.ID, nova.RevertServerResizeRequest{}))
	Expect(reply).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	Expect(t.Wait.ServerIs(ctx, server.ID, "ACTIVE").Status).To(expect.Be("ACTIVE"))
	Expect(look.FlavorOf(ctx, t, look.Server(ctx, t, server.ID))).To(expect.Be(t.Resources.Flavor))
})
