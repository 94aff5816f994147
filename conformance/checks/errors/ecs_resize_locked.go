package errors

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "errors.ecs-resize.locked",
	Says:    "resizing a locked server with a job is declined with Ecs.0605 and the server keeps its flavor",
	Proves:  []string{"ECS-A.2-locked"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova, check.SecondFlavor},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.StoppedServer(ctx)
	locked := target.Got(t.Nova.LockServerWithResponse(ctx, t.Project, server.ID, nova.LockServerRequest{}))
	Expect(locked).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	ginkgo.By("resizing it")
	reply := target.Got(t.ECS.ResizeServerWithResponse(ctx, t.Project, server.ID,
		ecs.ResizeServerRequest{Resize: ecs.ResizeServerOption{FlavorRef: t.Resources.FlavorAlt}}))
	Expect(attempt.Follow(ctx, t, reply, reply.Body)).To(expect.BeDeclined("Ecs.0605"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("SHUTOFF"), "a refused call must leave no trace")
	Expect(look.FlavorOf(ctx, t, look.Server(ctx, t, server.ID))).To(expect.Be(t.Resources.Flavor))
})
