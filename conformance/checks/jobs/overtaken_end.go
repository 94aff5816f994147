package jobs

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// Whether the second is refused, waits or overtakes the first is not said. What a
// job that failed has to say of it is the judge's.
var _ = check.It(check.Decl{
	ID:      "jobs.overtaken.end",
	Says:    "two jobs about one server both end, whichever of them wins",
	Proves:  []string{"ECS-5.8.1-final-status"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.ServerByECS(ctx)
	refs := []ecs.ServerReference{{ID: server.ID}}

	ginkgo.By("stopping it and deleting it at once")
	stop := target.Got(t.ECS.BatchStopServersWithResponse(ctx, t.Project,
		ecs.BatchStopServersRequest{OsStop: ecs.BatchStopServersOption{Servers: refs}}))
	Expect(stop).To(expect.Status(http.StatusOK, http.StatusAccepted))
	deletion := target.Got(t.ECS.DeleteServersWithResponse(ctx, t.Project, ecs.DeleteServersRequest{Servers: refs}))

	ginkgo.By("waiting for both")
	Expect(attempt.Follow(ctx, t, deletion, deletion.Body).Job.Status).To(expect.BeOneOf("SUCCESS", "FAIL", "")) // none if it was refused
	Expect(attempt.Follow(ctx, t, stop, stop.Body).Job.Status).To(expect.BeOneOf("SUCCESS", "FAIL"))
})
