package access

import (
	"context"
	"net/http"

	"github.com/google/uuid"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// 401 or 403: ecs 10.1 has both, and only says that the signature is verified.
var _ = check.It(check.Decl{
	ID:       "access.signature.wrong-key-refused",
	Says:     "a call signed with a wrong secret key is refused",
	Proves:   []string{"ECS-4.2-signature-altered"},
	Level:    check.Must,
	Needs:    []check.Need{check.ECS, check.AccessKey},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	signer, _ := t.Signer()
	signer.SecretKey = uuid.NewString()
	reply := target.Got(t.ECS.ShowLimitsWithResponse(ctx, t.Project, ecs.WithCredentials(signer)))
	Expect(reply).To(expect.BeRefusedWithAny([]int{http.StatusUnauthorized, http.StatusForbidden}))
})
