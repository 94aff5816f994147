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
	ID:      "lifecycle.lock.refuses-resize",
	Says:    "resizing a locked server is refused and the server keeps its flavor",
	Proves:  []string{"ECS-6.3.4-refuses-state"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova, check.SecondFlavor},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.LockedServer(ctx)

	ginkgo.By("resizing it")
	reply := target.Got(t.Nova.ResizeServerWithResponse(ctx, t.Project, server.ID,
		nova.ResizeServerRequest{Resize: nova.Resize{FlavorRef: t.Resources.FlavorAlt}}))
	Expect(reply).To(expect.BeRefused(http.StatusConflict, "conflictingRequest"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
	Expect(look.FlavorOf(ctx, t, look.Server(ctx, t, server.ID))).To(expect.Be(t.Resources.Flavor))
})
