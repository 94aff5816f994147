package access

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/iam"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "access.token.opens-project",
	Says:     "a token is given for a password alone, and opens the servers of its project",
	Proves:   []string{"ECS-4.1-token-needs-no-token", "ECS-4.2-project-scope", "ECS-4.3-token-usable"},
	Level:    check.Must,
	Needs:    []check.Need{check.IAM, check.Nova, check.Password},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for a token without one")
	reply := target.Got(t.IAM.CreateTokenWithResponse(target.Anonymous(ctx), tokenRequest(t, t.Config.Credentials.Password.Reveal())))
	Expect(reply).To(expect.Status(http.StatusCreated))
	token := reply.Header().Get("X-Subject-Token")
	Expect(token != "").To(expect.Be(true), "the token is in X-Subject-Token")

	ginkgo.By("using it")
	listed := target.Got(t.Nova.ListServersWithResponse(target.WithToken(ctx, token), t.Project, &nova.ListServersParams{}))
	Expect(listed).To(expect.Status(http.StatusOK))
})

// tokenRequest asks for a token of our project, as the endpoint file says who we
// are (ecs 4.2).
func tokenRequest(t *target.Target, password string) iam.TokenRequest {
	c := t.Config
	domain := iam.DomainName{Name: c.Domain}
	return iam.TokenRequest{Auth: iam.Auth{
		Identity: iam.Identity{
			Methods:  []iam.IdentityMethods{iam.IdentityMethodsPassword},
			Password: iam.PasswordIdentity{User: iam.PasswordUser{Name: c.Credentials.User, Password: password, Domain: domain}},
		},
		Scope: iam.Scope{Project: iam.ScopeProject{ID: &t.Project}},
	}}
}
