package access

import (
	"context"
	"net/http"

	"github.com/google/uuid"
	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "access.token.unknown-refused-by-nova",
	Says:    "native calls with a token that was never given are refused with 401, and reach no server",
	Proves:  []string{"ECS-10.1-unauthorized"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	as := target.WithToken(ctx, uuid.NewString())

	ginkgo.By("reading")
	shown := target.Got(t.Nova.ShowServerWithResponse(as, t.Project, server.ID))
	Expect(shown).To(expect.BeRefused(http.StatusUnauthorized))

	ginkgo.By("stopping")
	stopped := target.Got(t.Nova.StopServerWithResponse(as, t.Project, server.ID, nova.StopServerRequest{}))
	Expect(stopped).To(expect.BeRefused(http.StatusUnauthorized))
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
