package access

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "access.nobody.refused-by-nova",
	Says:    "native calls without credentials are refused with 401, and create nothing",
	Proves:  []string{"ECS-4.1-authentication-needed", "ECS-10.1-unauthorized"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("reading")
	listed := target.Got(t.Nova.ListServersWithResponse(target.Anonymous(ctx), t.Project, &nova.ListServersParams{}))
	Expect(listed).To(expect.BeRefused(http.StatusUnauthorized))

	ginkgo.By("creating")
	created := attempt.CreateByNova(target.Anonymous(ctx), t, func(attempt.Body) {})
	Expect(created.Reply).To(expect.BeRefused(http.StatusUnauthorized))
	Expect(created.Left(ctx)).To(expect.Be(0))
})
