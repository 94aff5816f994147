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
	ID:      "errors.ecs-create.name-too-long-for-several",
	Says:    "a creation of several servers with a name of 60 characters is refused with Ecs.0914 and creates nothing",
	Proves:  []string{"ECS-5.1.1-name-length-several", "ECS-A.2-name-too-long"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(target.Intended(ctx), t, 2, func(body attempt.Body) {
		attempt.Lengthen(body, "n", 60)
	})
	Expect(created).To(expect.BeDeclined("Ecs.0914"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
