package access

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

var _ = check.It(check.Decl{
	ID:       "access.signature.accepted",
	Says:     "a call signed with an access key is answered as one with a token",
	Proves:   []string{"ECS-4.2-signature"},
	Level:    check.Must,
	Needs:    []check.Need{check.ECS, check.AccessKey},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	signer, _ := t.Signer()
	signed := target.Got(t.ECS.ShowLimitsWithResponse(ctx, t.Project, ecs.WithCredentials(signer)))
	Expect(signed).To(expect.Status(http.StatusOK))
	token := target.Got(t.ECS.ShowLimitsWithResponse(ctx, t.Project))
	Expect(signed).To(expect.SameMember("/absolute/maxTotalInstances", token, "/absolute/maxTotalInstances"))
})
