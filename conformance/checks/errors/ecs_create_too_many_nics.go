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

var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.too-many-nics",
	Says:    "a creation with 13 NICs is declined with Ecs.0050 and creates nothing",
	Proves:  []string{"ECS-5.1.1-max-nics", "ECS-A.2-cards-too-many"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(target.Intended(ctx), t, 1, func(body attempt.Body) {
		nics := make([]any, 13)
		for i := range nics {
			nics[i] = attempt.Body{"subnet_id": t.Resources.Subnet}
		}
		attempt.Server(body)["nics"] = nics
	})
	Expect(created).To(expect.BeDeclined("Ecs.0050"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
