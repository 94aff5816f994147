package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Creating is judged by its end, and by what is seen on the way: BUILD, or
// ACTIVE where the endpoint is quick (ecs A.3 table A-1).
var _ = check.It(check.Decl{
	ID:      "lifecycle.create.reaches-active",
	Says:    "a server that was asked for becomes ACTIVE with the name, flavor and image that were asked for",
	Proves:  []string{"ECS-6.2.1-creates-server", "ECS-6.2.6-shows-server"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for a server")
	created := attempt.CreateByNova(ctx, t, func(attempt.Body) {})
	Expect(created.Reply).To(expect.Status(http.StatusAccepted, http.StatusOK)) // 200 is a deviation
	Expect(created.ID).NotTo(expect.Be(""), "the answer names the server")

	ginkgo.By("looking at once")
	Expect(look.Server(ctx, t, created.ID).Status).To(expect.BeOneOf("BUILD", "ACTIVE"))

	Expect(t.Wait.ServerIs(ctx, created.ID, "ACTIVE").Status).To(expect.Be("ACTIVE"))
	server := look.Server(ctx, t, created.ID)
	Expect(server.ID).To(expect.Be(created.ID), "the server shown is the one asked for")
	Expect(server.Name).To(expect.Be(created.Name))
	Expect(server.OSEXTSTSVmState).To(expect.Be("active"))
	Expect(look.FlavorOf(ctx, t, server)).To(expect.Be(t.Resources.Flavor))
	Expect(look.ImageOf(server)).To(expect.Be(t.Resources.Image))
})
