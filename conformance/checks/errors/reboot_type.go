package errors

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "errors.reboot.type",
	Says:    "a reboot with another type than SOFT and HARD is refused with 400 and the server keeps running",
	Proves:  []string{"ECS-6.2.1-community-compatible"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	before := look.Server(ctx, t, server.ID)

	reply := target.Got(t.Nova.RebootServerWithResponse(target.Intended(ctx), t.Project, server.ID,
		nova.RebootServerRequest{Reboot: nova.Reboot{Type: "GENTLE"}}))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))
	Expect(look.Server(ctx, t, server.ID).Updated).To(expect.Be(before.Updated), "a refused call must leave no trace")
})
