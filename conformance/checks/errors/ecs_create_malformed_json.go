package errors

import (
	"context"
	"net/http"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Nothing can come of it, so there is nothing to look at afterwards.
var _ = check.It(check.Decl{
	ID:     "errors.ecs-create.malformed-json",
	Says:   "a creation whose body is no JSON is refused with Ecs.0005 or Ecs.0000",
	Proves: []string{"ECS-A.2-body-malformed"},
	Level:  check.Must,
	Needs:  []check.Need{check.ECS},
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.ECS.CreateServersWithBodyWithResponse(target.Intended(ctx), t.Project, "application/json", strings.NewReader(`{"server": {`)))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "Ecs.0005", "Ecs.0000"))
})
