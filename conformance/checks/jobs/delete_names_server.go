package jobs

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

var _ = check.It(check.Decl{
	ID:      "jobs.delete.names-server",
	Says:    "the job of a deletion names the server that is gone",
	Proves:  []string{"ECS-5.8.1-entities-server"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.ServerByECS(ctx)

	ginkgo.By("deleting it")
	reply := target.Got(t.ECS.DeleteServersWithResponse(ctx, t.Project,
		ecs.DeleteServersRequest{Servers: []ecs.ServerReference{{ID: server.ID}}}))
	deletion := attempt.Follow(ctx, t, reply, reply.Body)
	Expect(deletion).To(expect.JobSucceeds())
	Expect(deletion.Job.Servers()).To(expect.Be([]string{server.ID}))
})
