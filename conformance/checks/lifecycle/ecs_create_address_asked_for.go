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

// The address that the endpoint chose for one server is free once it is gone, and
// is asked for then.
var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-create.address-asked-for",
	Says:    "a server has the address that was asked for, and a free one if none was",
	Proves:  []string{"ECS-5.1.1-address-given"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	first := t.Given.ServerByECS(ctx)
	chosen := look.Address(look.Server(ctx, t, first.ID))
	Expect(chosen).NotTo(expect.Be(""), "an address was chosen")

	ginkgo.By("giving the address back")
	deleted := target.Got(t.ECS.DeleteServersWithResponse(ctx, t.Project,
		ecs.DeleteServersRequest{Servers: []ecs.ServerReference{{ID: first.ID}}}))
	Expect(attempt.Follow(ctx, t, deleted, deleted.Body)).To(expect.JobSucceeds())

	ginkgo.By("asking for it")
	second := attempt.CreateByECS(ctx, t, 1, func(body attempt.Body) {
		attempt.Server(body)["nics"] = []any{attempt.Body{"subnet_id": t.Resources.Subnet, "ip_address": chosen}}
	})
	Expect(second).To(expect.JobSucceeds())
	Expect(second.Job.Servers()).To(expect.HaveLen(1))
	Expect(look.Address(look.Server(ctx, t, second.Job.Servers()[0]))).To(expect.Be(chosen))
})
