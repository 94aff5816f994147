package errors

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "errors.describe.too-early",
	Says:     "a description is refused below 2.19 and the name beside it is not taken either",
	Proves:   []string{"ECS-6.2.2-description-from-2.19"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Until("2.18"),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	name, text := server.Name+"-renamed", "too early"

	ginkgo.By("changing both")
	reply := target.Got(t.Nova.UpdateServerWithResponse(target.Intended(ctx), t.Project, server.ID,
		nova.UpdateServerRequest{Server: nova.ServerChange{Name: &name, Description: &text}}))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))

	ginkgo.By("reading it again")
	Expect(look.Server(ctx, t, server.ID).Name).To(expect.Be(server.Name), "a refused call must leave no trace")
})
