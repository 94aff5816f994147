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

// It is a dry run, because an endpoint that took it would make a large disk. No code
// of A.2 is about sizes.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.system-disk-size",
	Says:    "a creation with a system disk of 1025 GB is refused and creates nothing",
	Proves:  []string{"ECS-5.1.1-root-volume-size"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(target.Intended(ctx), t, 1, func(body attempt.Body) {
		attempt.Server(body)["root_volume"] = attempt.Body{"volumetype": "SSD", "size": 1025}
		body["dry_run"] = true
	})
	Expect(created).To(expect.BeDeclined("Ecs.0005", "Ecs.0000"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
