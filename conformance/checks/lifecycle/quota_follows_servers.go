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

// Another user of the project may create or delete at the same moment, so the
// difference is asked for, not a number, and the project should be a quiet one.
var _ = check.It(check.Decl{
	ID:      "lifecycle.quota.follows-servers",
	Says:    "the used servers, cores and memory rise with a creation and fall with a deletion",
	Proves:  []string{"ECS-5.7.1-usage-follows"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	flavor := look.Flavor(ctx, t, t.Resources.Flavor)
	before := look.Limits(ctx, t)

	server := t.Given.ServerByECS(ctx)
	with := look.Limits(ctx, t)
	Expect(with.TotalInstancesUsed-before.TotalInstancesUsed).To(expect.Be(1), "servers in use")
	Expect(with.TotalCoresUsed-before.TotalCoresUsed).To(expect.Be(flavor.Vcpus), "cores in use")
	Expect(with.TotalRAMUsed-before.TotalRAMUsed).To(expect.Be(flavor.RAM), "memory in use")

	ginkgo.By("deleting the server")
	deleted := target.Got(t.ECS.DeleteServersWithResponse(ctx, t.Project,
		ecs.DeleteServersRequest{Servers: []ecs.ServerReference{{ID: server.ID}}}))
	Expect(attempt.Follow(ctx, t, deleted, deleted.Body)).To(expect.JobSucceeds())
	without := look.Limits(ctx, t)
	Expect(without.TotalInstancesUsed).To(expect.Be(before.TotalInstancesUsed), "servers in use")
	Expect(without.TotalCoresUsed).To(expect.Be(before.TotalCoresUsed), "cores in use")
	Expect(without.TotalRAMUsed).To(expect.Be(before.TotalRAMUsed), "memory in use")
})
