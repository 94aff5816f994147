package errors

import (
	"context"
	"net/http"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "errors.rename.length",
	Says:    "a new name that is empty or has 256 characters is refused with 400 and the old one stays",
	Proves:  []string{"ECS-6.2.2-name-length"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	for _, name := range []string{"", strings.Repeat("n", 256)} {
		reply := target.Got(t.Nova.UpdateServerWithResponse(target.Intended(ctx), t.Project, server.ID,
			nova.UpdateServerRequest{Server: nova.ServerChange{Name: &name}}))
		Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))
	}
	Expect(look.Server(ctx, t, server.ID).Name).To(expect.Be(server.Name), "a refused call must leave no trace")
})
