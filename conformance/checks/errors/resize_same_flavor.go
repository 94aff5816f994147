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

// What a community Nova answers is what a compatible endpoint answers.
var _ = check.It(check.Decl{
	ID:      "errors.resize.same-flavor",
	Says:    "a native resize to the flavor that the server has is refused with 400 and the server keeps running",
	Proves:  []string{"ECS-6.2.1-community-compatible"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("resizing it")
	reply := target.Got(t.Nova.ResizeServerWithResponse(ctx, t.Project, server.ID,
		nova.ResizeServerRequest{Resize: nova.Resize{FlavorRef: t.Resources.Flavor}}))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
