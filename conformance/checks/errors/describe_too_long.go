package errors

import (
	"context"
	"net/http"
	"strings"

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
	ID:       "errors.describe.too-long",
	Says:     "a new description of 256 characters is refused with 400 and the old one stays",
	Proves:   []string{"ECS-6.2.2-description-length"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Since("2.19"),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	before, text := look.Server(ctx, t, server.ID), strings.Repeat("d", 256)

	ginkgo.By("describing it")
	reply := target.Got(t.Nova.UpdateServerWithResponse(target.Intended(ctx), t.Project, server.ID,
		nova.UpdateServerRequest{Server: nova.ServerChange{Description: &text}}))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))

	ginkgo.By("reading it again")
	Expect(look.Server(ctx, t, server.ID).Description).To(expect.Be(before.Description), "a refused call must leave no trace")
})
