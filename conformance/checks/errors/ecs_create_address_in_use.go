package errors

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
	ID:      "errors.ecs-create.address-in-use",
	Says:    "a creation with an address that is in use is declined with Ecs.0010, and its owner keeps it",
	Proves:  []string{"ECS-5.1.1-address-free", "ECS-A.2-address-used"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	owner := t.Given.ServerByECS(ctx)
	address := look.Address(look.Server(ctx, t, owner.ID))
	Expect(address).NotTo(expect.Be(""), "a server on a network has an address")

	ginkgo.By("asking for the address")
	created := attempt.CreateByECS(ctx, t, 1, func(body attempt.Body) {
		attempt.Server(body)["nics"] = []any{attempt.Body{"subnet_id": t.Resources.Subnet, "ip_address": address}}
	})
	Expect(created).To(expect.BeDeclined("Ecs.0010"))

	ginkgo.By("looking at both")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	Expect(look.Address(look.Server(ctx, t, owner.ID))).To(expect.Be(address))
})
