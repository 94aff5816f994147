package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.reboot.soft",
	Says:    "a SOFT reboot brings a running server back to ACTIVE, the same server with the same address",
	Proves:  []string{"ECS-6.3.2-soft"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	before := look.Server(ctx, t, server.ID)

	ginkgo.By("rebooting it")
	reply := target.Got(t.Nova.RebootServerWithResponse(ctx, t.Project, server.ID,
		nova.RebootServerRequest{Reboot: nova.Reboot{Type: nova.PowerOffTypeSOFT}}))
	Expect(reply).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	ginkgo.By("looking at once")
	Expect(look.Server(ctx, t, server.ID).Status).To(expect.BeOneOf("REBOOT", "ACTIVE"))

	Expect(t.Wait.ServerIs(ctx, server.ID, "ACTIVE").Status).To(expect.Be("ACTIVE"))
	after := look.Server(ctx, t, server.ID)
	Expect(after.Addresses).To(expect.Be(before.Addresses), "a reboot changes no address")
})
