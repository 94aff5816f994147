package jobs

import (
	"context"
	"net/http"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

var _ = check.It(check.Decl{
	ID:      "jobs.dry-run.refuses-resize",
	Says:    "a dry run of a resize that lacks its flavor is refused as the real request is",
	Proves:  []string{"ECS-5.2.4-dry-run-refused"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.StoppedServer(ctx)
	without := func(body string) *ecs.ResizeServerResponse {
		return target.Got(t.ECS.ResizeServerWithBodyWithResponse(target.Intended(ctx), t.Project, server.ID, "application/json", strings.NewReader(body)))
	}
	ginkgo.By("asking for a dry run, then in earnest")
	dry, earnest := without(`{"resize": {}, "dry_run": true}`), without(`{"resize": {}}`)
	Expect(earnest).To(expect.BeRefused(http.StatusBadRequest))
	Expect(dry).To(expect.Status(earnest.StatusCode()))
	Expect(dry).To(expect.SameMember("/error/code", earnest, "/error/code"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("SHUTOFF"), "a refused call must leave no trace")
})
