package errors

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Nothing can come of it, so there is nothing to look at afterwards.
var _ = check.It(check.Decl{
	ID:     "errors.ecs-create.no-body",
	Says:   "a creation without a body is refused with Common.0002",
	Proves: []string{"ECS-A.2-body-missing"},
	Level:  check.Must,
	Needs:  []check.Need{check.ECS},
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.ECS.CreateServersWithBodyWithResponse(target.Intended(ctx), t.Project, "application/json", http.NoBody))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "Common.0002"))
})
