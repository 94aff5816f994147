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
	ID:      "lifecycle.batch-start.reaches-all",
	Says:    "servers that are started together are ACTIVE when the job has succeeded",
	Proves:  []string{"ECS-5.3.1-job"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	first, second := t.Given.StoppedServer(ctx), t.Given.StoppedServer(ctx)
	refs := []ecs.ServerReference{{ID: first.ID}, {ID: second.ID}}

	ginkgo.By("starting both")
	reply := target.Got(t.ECS.BatchStartServersWithResponse(ctx, t.Project,
		ecs.BatchStartServersRequest{OsStart: ecs.BatchStartServersOption{Servers: refs}}))
	Expect(attempt.Follow(ctx, t, reply, reply.Body)).To(expect.JobSucceeds())

	ginkgo.By("reading them again")
	for _, s := range refs {
		Expect(look.Server(ctx, t, s.ID).Status).To(expect.Be("ACTIVE"))
	}
})
