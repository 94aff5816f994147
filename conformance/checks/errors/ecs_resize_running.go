package errors

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// The native call takes a running server; that is lifecycle.resize.waits-for-confirmation.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-resize.running",
	Says:    "resizing a running server is declined with Ecs.0100 and the server keeps its flavor",
	Proves:  []string{"ECS-5.2.4-stopped-only", "ECS-A.2-wrong-state"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova, check.SecondFlavor},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.ServerByECS(ctx)

	ginkgo.By("resizing it")
	reply := target.Got(t.ECS.ResizeServerWithResponse(ctx, t.Project, server.ID,
		ecs.ResizeServerRequest{Resize: ecs.ResizeServerOption{FlavorRef: t.Resources.FlavorAlt}}))
	Expect(attempt.Follow(ctx, t, reply, reply.Body)).To(expect.BeDeclined("Ecs.0100"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
	Expect(look.FlavorOf(ctx, t, look.Server(ctx, t, server.ID))).To(expect.Be(t.Resources.Flavor))
})
