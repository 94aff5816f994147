package errors

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Either code names the condition.
var _ = check.It(check.Decl{
	ID:       "errors.project.other-in-ecs",
	Says:     "an ECS call whose address names another project than the token is refused with Ecs.0023 or Common.0018",
	Proves:   []string{"ECS-A.2-project-mismatch"},
	Level:    check.Must,
	Needs:    []check.Need{check.ECS},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.ECS.ShowLimitsWithResponse(ctx, strings.ReplaceAll(uuid.NewString(), "-", "")))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "Ecs.0023", "Common.0018"))
})
