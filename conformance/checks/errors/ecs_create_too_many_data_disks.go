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

// It is a dry run, because an endpoint that took it would make 60 disks.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.too-many-data-disks",
	Says:    "a creation with 60 data disks is declined with Ecs.0042 or Ecs.0104 and creates nothing",
	Proves:  []string{"ECS-5.1.1-max-data-volumes", "ECS-A.2-disks-too-many"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(target.Intended(ctx), t, 1, func(body attempt.Body) {
		disks := make([]any, 60)
		for i := range disks {
			disks[i] = attempt.Body{"volumetype": "SSD", "size": 10}
		}
		attempt.Server(body)["data_volumes"] = disks
		body["dry_run"] = true
	})
	Expect(created).To(expect.BeDeclined("Ecs.0042", "Ecs.0104"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
