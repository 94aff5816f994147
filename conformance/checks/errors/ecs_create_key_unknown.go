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
	ID:      "errors.ecs-create.key-unknown",
	Says:    "a creation with a key pair that does not exist is declined with Ecs.0314 and creates nothing",
	Proves:  []string{"ECS-5.1.1-key-exists", "ECS-A.2-key-unknown"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(ctx, t, 1, func(body attempt.Body) {
		attempt.Server(body)["key_name"] = "no-key-is-called-so"
	})
	Expect(created).To(expect.BeDeclined("Ecs.0314"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
