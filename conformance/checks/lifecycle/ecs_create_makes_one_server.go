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
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-create.makes-one-server",
	Says:    "a creation without count makes one server, which runs when the job has succeeded",
	Proves:  []string{"ECS-5.1.1-job", "ECS-5.1.1-default-count"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for a server with a job")
	created := attempt.CreateByECS(ctx, t, 1, func(attempt.Body) {})
	Expect(created).To(expect.JobSucceeds())

	ginkgo.By("looking for servers of the name")
	servers := look.Named(ctx, t, created.Name)
	Expect(servers).To(expect.HaveLen(1))
	server := look.Server(ctx, t, servers[0].ID)
	Expect(server.Name).To(expect.Be(created.Name))
	Expect(server.Status).To(expect.Be("ACTIVE"))
	Expect(look.FlavorOf(ctx, t, server)).To(expect.Be(t.Resources.Flavor))
	Expect(look.ImageOf(server)).To(expect.Be(t.Resources.Image))
})
