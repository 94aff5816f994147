package jobs

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

var _ = check.It(check.Decl{
	ID:      "jobs.states.go-forward",
	Says:    "a job is INIT or RUNNING until it ends as SUCCESS or FAIL, and then stays as it is",
	Proves:  []string{"ECS-5.8.1-final-status", "ECS-5.8.1-final-is-final"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("starting a job")
	reply := target.Got(t.ECS.BatchStopServersWithResponse(ctx, t.Project,
		ecs.BatchStopServersRequest{OsStop: ecs.BatchStopServersOption{Servers: []ecs.ServerReference{{ID: server.ID}}}}))
	Expect(reply).To(expect.Status(http.StatusOK, http.StatusAccepted))
	id := attempt.JobID(reply.Body)

	ginkgo.By("looking at once")
	// A quick endpoint may be done already; what it may not do is to go back.
	Expect(look.Job(ctx, t, id).Status).To(expect.BeOneOf("INIT", "RUNNING", "SUCCESS"))
	Expect(t.Wait.JobEnds(ctx, id).Status).To(expect.Be("SUCCESS"))

	ginkgo.By("looking again after the end")
	first := target.Got(t.ECS.ShowJobWithResponse(ctx, t.Project, id))
	Expect(first).To(expect.Status(http.StatusOK))
	Expect(first.JSON200.Status).To(expect.Be("SUCCESS"))
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("SHUTOFF"))
	second := target.Got(t.ECS.ShowJobWithResponse(ctx, t.Project, id))
	Expect(second).To(expect.SameMember("/status", first, "/status"))
	Expect(second).To(expect.SameMember("/entities", first, "/entities"))
	Expect(second).To(expect.SameMember("/end_time", first, "/end_time"))
})
