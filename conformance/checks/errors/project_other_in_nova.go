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
	"github.com/ecsconform/ecsconform/gen/nova"
)

// A community Nova answers 400, a gateway may answer 401, 403 or 404: the document
// only says that a token is good for its project.
var _ = check.It(check.Decl{
	ID:       "errors.project.other-in-nova",
	Says:     "a native call whose address names another project than the token shows nothing of it",
	Proves:   []string{"ECS-4.2-project-scope"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.Nova.ListServersWithResponse(ctx, strings.ReplaceAll(uuid.NewString(), "-", ""), &nova.ListServersParams{}))
	Expect(reply).To(expect.BeRefusedWithAny([]int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound}))
})
