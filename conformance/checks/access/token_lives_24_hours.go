package access

import (
	"context"
	"net/http"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// A minute is granted for clocks; a community cloud has its own length.
var _ = check.It(check.Decl{
	ID:         "access.token.lives-24-hours",
	Says:       "a token ends 24 hours after it was given",
	Proves:     []string{"ECS-4.2-token-24-hours"},
	Level:      check.Must,
	Needs:      []check.Need{check.IAM, check.Password},
	Disclaimed: []string{"R-204"},
	ReadOnly:   true,
}, func(ctx context.Context, t *target.Target) {
	asked := time.Now()
	reply := target.Got(t.IAM.CreateTokenWithResponse(target.Anonymous(ctx), tokenRequest(t, t.Config.Credentials.Password.Reveal())))
	Expect(reply).To(expect.Status(http.StatusCreated))
	token := reply.JSON201.Token
	ends, err := time.Parse(time.RFC3339, token.ExpiresAt)
	Expect(err).To(expect.Be(nil), "expires_at is a time")
	if token.IssuedAt != nil {
		asked, err = time.Parse(time.RFC3339, *token.IssuedAt)
		Expect(err).To(expect.Be(nil), "issued_at is a time")
	}
	Expect((ends.Sub(asked)-24*time.Hour).Abs() <= time.Minute).To(expect.Be(true), "expires_at lies 24 hours ahead")
})
