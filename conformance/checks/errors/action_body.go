package errors

import (
	"context"
	"net/http"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// What a community Nova answers is what a compatible endpoint answers.
var _ = check.It(check.Decl{
	ID:      "errors.action.body",
	Says:    "an action that does not exist, a body with two actions and one that is no JSON are refused with 400, and the server keeps running",
	Proves:  []string{"ECS-6.2.1-community-compatible"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	for _, body := range []string{`{"os-dance": null}`, `{"os-stop": {}, "lock": null}`, `{"os-stop": {`} {
		reply := target.Got(t.Nova.StopServerWithBodyWithResponse(target.Intended(ctx), t.Project, server.ID, "application/json", strings.NewReader(body)))
		Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"), body)
	}
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
