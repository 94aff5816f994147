package jobs

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
	ID:      "jobs.show.same-job",
	Says:    "the job that is shown is the one that was asked for",
	Proves:  []string{"ECS-5.8.1-same-job", "ECS-10.3.1-job-id"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	refs := []ecs.ServerReference{{ID: server.ID}}

	ginkgo.By("starting two jobs, one after the other")
	stop := target.Got(t.ECS.BatchStopServersWithResponse(ctx, t.Project,
		ecs.BatchStopServersRequest{OsStop: ecs.BatchStopServersOption{Servers: refs}}))
	Expect(attempt.Follow(ctx, t, stop, stop.Body)).To(expect.JobSucceeds())
	start := target.Got(t.ECS.BatchStartServersWithResponse(ctx, t.Project,
		ecs.BatchStartServersRequest{OsStart: ecs.BatchStartServersOption{Servers: refs}}))
	Expect(attempt.Follow(ctx, t, start, start.Body)).To(expect.JobSucceeds())

	ginkgo.By("looking at both")
	first, second := attempt.JobID(stop.Body), attempt.JobID(start.Body)
	Expect(first).NotTo(expect.Be(second), "two jobs have two ids")
	Expect(look.Job(ctx, t, first).JobID).To(expect.Be(first))
	Expect(look.Job(ctx, t, second).JobID).To(expect.Be(second))
})
