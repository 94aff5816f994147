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
	ID:      "lifecycle.delete.disappears",
	Says:    "a deleted server can no longer be shown and leaves the list",
	Proves:  []string{"ECS-6.2.3-deletes-server"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("deleting it")
	reply := target.Got(t.Nova.DeleteServerWithResponse(ctx, t.Project, server.ID))
	Expect(reply).To(expect.Status(http.StatusNoContent, http.StatusAccepted)) // 202 is a deviation
	Expect(t.Wait.ServerGone(ctx, server.ID)).To(expect.Be(true), "the server is gone")

	ginkgo.By("looking for it")
	shown := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, server.ID))
	Expect(shown).To(expect.BeRefused(http.StatusNotFound))
	Expect(look.Named(ctx, t, server.Name)).To(expect.HaveLen(0))
	detailed := target.Got(t.Nova.ListServersDetailWithResponse(ctx, t.Project, &nova.ListServersDetailParams{Name: &server.Name}))
	Expect(detailed).To(expect.Status(http.StatusOK))
	Expect(detailed).To(expect.NoMember("/servers/0"))
})
