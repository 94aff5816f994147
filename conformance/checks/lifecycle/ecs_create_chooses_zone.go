package lifecycle

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-create.chooses-zone",
	Says:    "a server that was asked for without availability zone is in one",
	Proves:  []string{"ECS-5.1.1-zone-chosen"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	created := attempt.CreateByECS(ctx, t, 1, func(body attempt.Body) {
		delete(attempt.Server(body), "availability_zone")
	})
	Expect(created).To(expect.JobSucceeds())
	Expect(created.Job.Servers()).To(expect.HaveLen(1))
	Expect(look.Server(ctx, t, created.Job.Servers()[0]).OSEXTAZAvailabilityZone).NotTo(expect.Be(""))
})
