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
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "lifecycle.describe.is-shown",
	Says:     "a server that is given another description shows it afterwards",
	Proves:   []string{"ECS-6.2.2-describes"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Since("2.19"),
	At:       check.Ends(),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	text := "described by a conformance check"

	ginkgo.By("describing it")
	reply := target.Got(t.Nova.UpdateServerWithResponse(ctx, t.Project, server.ID,
		nova.UpdateServerRequest{Server: nova.ServerChange{Description: &text}}))
	Expect(reply).To(expect.Status(http.StatusOK))

	ginkgo.By("reading it again")
	after := look.Server(ctx, t, server.ID)
	Expect(after.Description).To(expect.Be(text))
	Expect(after.Name).To(expect.Be(server.Name), "what was not asked for does not change")
})
