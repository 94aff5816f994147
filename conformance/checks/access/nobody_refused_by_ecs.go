package access

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

var _ = check.It(check.Decl{
	ID:      "access.nobody.refused-by-ecs",
	Says:    "ECS calls without credentials are refused with 401, and reach no server",
	Proves:  []string{"ECS-4.1-authentication-needed", "ECS-10.1-unauthorized"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("reading")
	limits := target.Got(t.ECS.ShowLimitsWithResponse(target.Anonymous(ctx), t.Project))
	Expect(limits).To(expect.BeRefused(http.StatusUnauthorized))

	ginkgo.By("deleting")
	deleted := target.Got(t.ECS.DeleteServersWithResponse(target.Anonymous(ctx), t.Project,
		ecs.DeleteServersRequest{Servers: []ecs.ServerReference{{ID: server.ID}}}))
	Expect(deleted).To(expect.BeRefused(http.StatusUnauthorized))
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
