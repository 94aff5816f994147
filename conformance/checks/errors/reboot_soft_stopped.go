package errors

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The document is silent on states here; what a community Nova answers is what a
// compatible endpoint answers.
var _ = check.It(check.Decl{
	ID:      "errors.reboot.soft-stopped",
	Says:    "a SOFT reboot of a stopped server is refused with 409 and the server stays off",
	Proves:  []string{"ECS-6.2.1-community-compatible"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.StoppedServer(ctx)

	ginkgo.By("asking for it")
	reply := target.Got(t.Nova.RebootServerWithResponse(ctx, t.Project, server.ID, nova.RebootServerRequest{Reboot: nova.Reboot{Type: nova.PowerOffTypeSOFT}}))
	Expect(reply).To(expect.BeRefused(http.StatusConflict, "conflictingRequest"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("SHUTOFF"), "a refused call must leave no trace")
})
