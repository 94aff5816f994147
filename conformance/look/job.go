package look

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// Job is a job as it is shown (ecs 5.8.1).
func Job(ctx context.Context, t *target.Target, id string) ecs.Job {
	reply := target.Got(t.ECS.ShowJobWithResponse(ctx, t.Project, id))
	ExpectWithOffset(1, reply).To(expect.Status(http.StatusOK), "showing a job that exists")
	readable(t, reply.JSON200 != nil, reply.Undecoded)
	return *reply.JSON200
}

// Limits are the quota of the project and its use (ecs 5.7.1).
func Limits(ctx context.Context, t *target.Target) ecs.AbsoluteLimits {
	reply := target.Got(t.ECS.ShowLimitsWithResponse(ctx, t.Project))
	ExpectWithOffset(1, reply).To(expect.Status(http.StatusOK), "showing the quota")
	readable(t, reply.JSON200 != nil, reply.Undecoded)
	return reply.JSON200.Absolute
}
