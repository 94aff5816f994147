package jobs

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Where the names stand is R-111.
var _ = check.It(check.Decl{
	ID:      "jobs.create.names-servers",
	Says:    "the job of a creation names, in its parts, each server that then exists",
	Proves:  []string{"ECS-5.8.1-entities-server"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	created := attempt.CreateByECS(ctx, t, 2, func(attempt.Body) {})
	Expect(created).To(expect.JobSucceeds())

	var listed []string
	for _, s := range look.Named(ctx, t, created.Name) {
		listed = append(listed, s.ID)
	}
	Expect(created.Job.Servers()).To(expect.HaveLen(2))
	Expect(created.Job.Servers()).To(expect.BeInAnyOrder(listed...))
})
