package jobs

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// The types are those of the example.
var _ = check.It(check.Decl{
	ID:      "jobs.create.types",
	Says:    "the job of a creation has type createServer and a part of type createSingleServer for each server",
	Proves:  []string{"ECS-5.8.1-create-types"},
	Level:   check.Should,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	created := attempt.CreateByECS(ctx, t, 2, func(attempt.Body) {})
	Expect(created).To(expect.JobSucceeds())

	Expect(created.Job.Type).To(expect.Be("createServer"))
	var types []string
	for _, part := range created.Job.Parts {
		types = append(types, part.Type)
	}
	Expect(types).To(expect.Be([]string{"createSingleServer", "createSingleServer"}))
})
