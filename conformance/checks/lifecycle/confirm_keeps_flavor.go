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
	ID:      "lifecycle.confirm.keeps-flavor",
	Says:    "a resize that is confirmed leaves VERIFY_RESIZE and keeps the new flavor",
	Proves:  []string{"ECS-6.3.9-confirms"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova, check.SecondFlavor},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.ResizedServer(ctx)

	ginkgo.By("confirming")
	reply := target.Got(t.Nova.ConfirmServerResizeWithResponse(ctx, t.Project, server.ID, nova.ConfirmServerResizeRequest{}))
	Expect(reply).To(expect.Status(http.StatusNoContent, http.StatusAccepted, http.StatusCreated)) // 201 and 202 are deviations

	Expect(t.Wait.ServerIs(ctx, server.ID, "ACTIVE").Status).To(expect.Be("ACTIVE"))
	Expect(look.FlavorOf(ctx, t, look.Server(ctx, t, server.ID))).To(expect.Be(t.Resources.FlavorAlt))
})
