package lifecycle

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
)

// That such an answer names no job is R-102.
var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-resize.dry-run",
	Says:    "a dry run of a resize is answered with 202 and without a job, and changes nothing",
	Proves:  []string{"ECS-5.2.4-dry-run-status", "ECS-5.2.4-dry-run-no-change"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova, check.SecondFlavor},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.StoppedServer(ctx)

	ginkgo.By("asking for a dry run")
	yes := true
	reply := target.Got(t.ECS.ResizeServerWithResponse(ctx, t.Project, server.ID,
		ecs.ResizeServerRequest{DryRun: &yes, Resize: ecs.ResizeServerOption{FlavorRef: t.Resources.FlavorAlt}}))
	Expect(reply).To(expect.Status(http.StatusAccepted))
	Expect(attempt.JobID(reply.Body)).To(expect.Be(""), "a dry run has no job to name")

	ginkgo.By("watching it for as long as a server is given to show that it rests")
	Expect(t.Wait.ServerIs(ctx, server.ID, "VERIFY_RESIZE").Status).To(expect.Be("SHUTOFF"))
	Expect(look.FlavorOf(ctx, t, look.Server(ctx, t, server.ID))).To(expect.Be(t.Resources.Flavor))
})
