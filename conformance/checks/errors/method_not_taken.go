package errors

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// A community Nova answers 404 to methods that it has no route for, so the native
// calls are not asked.
var _ = check.It(check.Decl{
	ID:       "errors.method.not-taken",
	Says:     "a method that an ECS resource does not take is refused with 405",
	Proves:   []string{"ECS-10.1-method"},
	Level:    check.Must,
	Needs:    []check.Need{check.ECS},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.ECS.ShowLimitsWithResponse(target.Intended(ctx), t.Project, func(_ context.Context, req *http.Request) error {
		req.Method = http.MethodDelete
		return nil
	}))
	Expect(reply).To(expect.BeRefused(http.StatusMethodNotAllowed))
})
