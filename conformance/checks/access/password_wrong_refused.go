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

var _ = check.It(check.Decl{
	ID:       "access.password.wrong-refused",
	Says:     "a wrong password is refused with 401 and brings no token",
	Proves:   []string{"ECS-10.1-unauthorized"},
	Level:    check.Must,
	Needs:    []check.Need{check.IAM, check.Password},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.IAM.CreateTokenWithResponse(target.Anonymous(ctx), tokenRequest(t, "Wr0ng-"+uuid.NewString())))
	Expect(reply).To(expect.BeRefused(http.StatusUnauthorized))
	Expect(reply).To(expect.NoHeader("X-Subject-Token"))
})
