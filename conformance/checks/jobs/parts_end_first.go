package jobs

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// A part of a part is not described, so one level is looked at.
var _ = check.It(check.Decl{
	ID:      "jobs.parts.end-first",
	Says:    "a job is SUCCESS only when all its parts are",
	Proves:  []string{"ECS-5.8.1-parent-after-sub-jobs"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	created := attempt.CreateByECS(ctx, t, 2, func(attempt.Body) {})
	Expect(created).To(expect.JobSucceeds())

	Expect(created.Job.Parts).NotTo(expect.HaveLen(0))
	for _, part := range created.Job.Parts {
		Expect(part.Status).To(expect.Be("SUCCESS"), "part "+part.ID)
	}
})
