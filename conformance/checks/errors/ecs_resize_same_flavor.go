package errors

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// Either code names the condition.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-resize.same-flavor",
	Says:    "resizing a server to the flavor that it has is declined with Ecs.0009 or Ecs.0810",
	Proves:  []string{"ECS-A.2-flavor-unchanged"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.StoppedServer(ctx)

	ginkgo.By("resizing it")
	reply := target.Got(t.ECS.ResizeServerWithResponse(ctx, t.Project, server.ID,
		ecs.ResizeServerRequest{Resize: ecs.ResizeServerOption{FlavorRef: t.Resources.Flavor}}))
	Expect(attempt.Follow(ctx, t, reply, reply.Body)).To(expect.BeDeclined("Ecs.0009", "Ecs.0810"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("SHUTOFF"), "a refused call must leave no trace")
})
