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

// The status is the community's.
var _ = check.It(check.Decl{
	ID:      "errors.confirm.not-resized",
	Says:    "confirming a resize of a server that waits for none is refused with 409 and the server keeps running",
	Proves:  []string{"ECS-6.3.9-only-when-resized"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("confirming")
	reply := target.Got(t.Nova.ConfirmServerResizeWithResponse(ctx, t.Project, server.ID, nova.ConfirmServerResizeRequest{}))
	Expect(reply).To(expect.BeRefused(http.StatusConflict, "conflictingRequest"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
