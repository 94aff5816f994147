package jobs

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// That such an answer names no job is R-102.
var _ = check.It(check.Decl{
	ID:      "jobs.dry-run.creates-nothing",
	Says:    "a dry run of a creation is answered with 202 and without a job, and makes no server",
	Proves:  []string{"ECS-5.1.1-dry-run-status", "ECS-5.1.1-dry-run-no-server"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for a dry run")
	dry := attempt.CreateByECS(ctx, t, 1, func(body attempt.Body) { body["dry_run"] = true })
	Expect(dry.Reply).To(expect.Status(http.StatusAccepted))
	Expect(attempt.JobID(dry.Reply.Body)).To(expect.Be(""), "a dry run has no job to name")

	ginkgo.By("looking for a server")
	Expect(dry.Left(ctx)).To(expect.Be(0))
})
