package errors

import (
	"context"
	"net/http"

	"github.com/google/uuid"
	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The name of the fault is the community's (ecs 6.2.1 prose; R-003).
var _ = check.It(check.Decl{
	ID:      "errors.server.unknown",
	Says:    "showing, deleting or stopping a server that does not exist is answered 404",
	Proves:  []string{"ECS-6.2.6-server-unknown", "ECS-10.1-not-found"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	known, unknown := t.Given.Server(ctx), uuid.NewString()
	Expect(look.Server(ctx, t, known.ID).ID).To(expect.Be(known.ID), "there is something that could be shown instead")

	ginkgo.By("showing it")
	shown := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, unknown))
	Expect(shown).To(expect.BeRefused(http.StatusNotFound, "itemNotFound"))

	ginkgo.By("deleting it")
	deleted := target.Got(t.Nova.DeleteServerWithResponse(ctx, t.Project, unknown))
	Expect(deleted).To(expect.BeRefused(http.StatusNotFound, "itemNotFound"))

	ginkgo.By("stopping it")
	stopped := target.Got(t.Nova.StopServerWithResponse(ctx, t.Project, unknown, nova.StopServerRequest{}))
	Expect(stopped).To(expect.BeRefused(http.StatusNotFound, "itemNotFound"))
})
