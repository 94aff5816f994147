package lifecycle

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

// The kinds of calls that a lock stops are R-269's; resizing is
// lifecycle.lock.refuses-resize, starting lifecycle.lock.refuses-start.
var _ = check.It(check.Decl{
	ID:      "lifecycle.lock.refuses-power",
	Says:    "stopping or rebooting a locked server is refused and the server keeps running",
	Proves:  []string{"ECS-6.3.4-refuses-state"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.LockedServer(ctx)

	ginkgo.By("stopping it")
	stop := target.Got(t.Nova.StopServerWithResponse(ctx, t.Project, server.ID, nova.StopServerRequest{}))
	Expect(stop).To(expect.BeRefused(http.StatusConflict, "conflictingRequest"))

	ginkgo.By("rebooting it")
	reboot := target.Got(t.Nova.RebootServerWithResponse(ctx, t.Project, server.ID,
		nova.RebootServerRequest{Reboot: nova.Reboot{Type: nova.PowerOffTypeHARD}}))
	Expect(reboot).To(expect.BeRefused(http.StatusConflict, "conflictingRequest"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
