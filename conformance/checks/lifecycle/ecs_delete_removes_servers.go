package lifecycle

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

var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-delete.removes-servers",
	Says:    "servers that are deleted together are gone when the job has succeeded",
	Proves:  []string{"ECS-5.1.2-job"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	servers := t.Given.ServersByECS(ctx, 2)

	ginkgo.By("deleting both")
	reply := target.Got(t.ECS.DeleteServersWithResponse(ctx, t.Project, ecs.DeleteServersRequest{
		Servers: []ecs.ServerReference{{ID: servers[0].ID}, {ID: servers[1].ID}}}))
	Expect(attempt.Follow(ctx, t, reply, reply.Body)).To(expect.JobSucceeds())

	ginkgo.By("looking for them")
	for _, s := range servers {
		shown := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, s.ID))
		Expect(shown).To(expect.BeRefused(http.StatusNotFound))
	}
})
