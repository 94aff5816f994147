package errors

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// The address is one of those that RFC 5737 keeps for documents.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.address-outside",
	Says:    "a creation with an address outside of the subnet is declined with Ecs.0039 and creates nothing",
	Proves:  []string{"ECS-5.1.1-address-in-subnet", "ECS-A.2-address-outside-subnet"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(ctx, t, 1, func(body attempt.Body) {
		attempt.Server(body)["nics"] = []any{attempt.Body{"subnet_id": t.Resources.Subnet, "ip_address": "203.0.113.9"}}
	})
	Expect(created).To(expect.BeDeclined("Ecs.0039"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
