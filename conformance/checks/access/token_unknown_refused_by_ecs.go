package access

import (
	"context"
	"net/http"

	"github.com/google/uuid"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// A gateway before the service refuses in its own form with a code of its own
// so Common.0013 is only held against the form of 10.3.1, by the judge.
var _ = check.It(check.Decl{
	ID:       "access.token.unknown-refused-by-ecs",
	Says:     "an ECS call with a token that was never given is refused with 401",
	Proves:   []string{"ECS-10.1-unauthorized", "ECS-A.2-token-invalid"},
	Level:    check.Must,
	Needs:    []check.Need{check.ECS},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.ECS.ShowLimitsWithResponse(target.WithToken(ctx, uuid.NewString()), t.Project))
	Expect(reply).To(expect.BeRefused(http.StatusUnauthorized))
})
