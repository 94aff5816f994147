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

var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.subnet-unknown",
	Says:    "a creation in a subnet that does not exist is declined with Ecs.0038 and creates nothing",
	Proves:  []string{"ECS-5.1.1-subnet-of-vpc", "ECS-A.2-subnet-unknown"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(ctx, t, 1, func(body attempt.Body) {
		attempt.Server(body)["nics"] = []any{attempt.Body{"subnet_id": uuid.NewString()}}
	})
	Expect(created).To(expect.BeDeclined("Ecs.0038"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
