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

var _ = check.It(check.Decl{
	ID:      "jobs.dry-run.refuses-as-real",
	Says:    "a dry run that lacks a mandatory member is refused as the real request is",
	Proves:  []string{"ECS-5.1.1-dry-run-refused"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	without := func(dry bool) *attempt.ECS {
		return attempt.CreateByECS(target.Intended(ctx), t, 1, func(body attempt.Body) {
			delete(attempt.Server(body), "flavorRef")
			if dry {
				body["dry_run"] = true
			}
		})
	}
	ginkgo.By("asking for a dry run, then in earnest")
	dry, earnest := without(true), without(false)
	Expect(earnest.Reply).To(expect.BeRefused(http.StatusBadRequest))
	Expect(dry.Reply).To(expect.Status(earnest.Reply.StatusCode()))
	Expect(dry.Reply).To(expect.SameMember("/error/code", earnest.Reply, "/error/code"))

	ginkgo.By("looking for servers")
	Expect(dry.Left(ctx) + earnest.Left(ctx)).To(expect.Be(0))
})
