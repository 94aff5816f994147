package lifecycle

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

var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-resize.changes-flavor",
	Says:    "a stopped server has the new flavor when the job of its resize has succeeded",
	Proves:  []string{"ECS-5.2.4-job"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova, check.SecondFlavor},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.StoppedServer(ctx)

	ginkgo.By("resizing it")
	reply := target.Got(t.ECS.ResizeServerWithResponse(ctx, t.Project, server.ID,
		ecs.ResizeServerRequest{Resize: ecs.ResizeServerOption{FlavorRef: t.Resources.FlavorAlt}}))
	Expect(attempt.Follow(ctx, t, reply, reply.Body)).To(expect.JobSucceeds())

	ginkgo.By("reading it again")
	after := look.Server(ctx, t, server.ID)
	Expect(look.FlavorOf(ctx, t, after)).To(expect.Be(t.Resources.FlavorAlt))
	Expect(after.Status).To(expect.Be("SHUTOFF"), "nothing waits for a confirmation")
})
