package errors

import (
	"context"

	"github.com/google/uuid"
	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// The VPC does not exist, so no subnet is one of it. Ecs.0014 is a wrong VPC, Ecs.0064 one that is not the
// subnet's, Ecs.0038 a subnet that cannot be found there.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.vpc-of-another-subnet",
	Says:    "a creation in a subnet that is not one of the VPC is declined and creates nothing",
	Proves:  []string{"ECS-5.1.1-subnet-of-vpc"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(ctx, t, 1, func(body attempt.Body) {
		attempt.Server(body)["vpcid"] = uuid.NewString()
	})
	Expect(created).To(expect.BeDeclined("Ecs.0014", "Ecs.0064", "Ecs.0038"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
