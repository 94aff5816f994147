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
	ID:      "lifecycle.batch-reboot.reaches-all",
	Says:    "servers that are rebooted together are ACTIVE when the job has succeeded",
	Proves:  []string{"ECS-5.3.2-job"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	servers := t.Given.ServersByECS(ctx, 2)
	refs := []ecs.ServerReference{{ID: servers[0].ID}, {ID: servers[1].ID}}

	ginkgo.By("asking for both")
	reply := target.Got(t.ECS.BatchRebootServersWithResponse(ctx, t.Project, ecs.BatchRebootServersRequest{Reboot: ecs.BatchRebootServersOption{Type: ecs.BatchRebootServersOptionTypeSOFT, Servers: refs}}))
	Expect(attempt.Follow(ctx, t, reply, reply.Body)).To(expect.JobSucceeds())

	ginkgo.By("reading them again")
	for _, s := range servers {
		after := look.Server(ctx, t, s.ID)
		Expect(after.Status).To(expect.Be("ACTIVE"))
		Expect(after.OSEXTSTSTaskState).To(expect.Be(nil), "the job is over")
	}
})
