package workspace

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Linux is a word of the API that nothing is offered for.
var _ = check.It(check.Decl{
	ID:     "workspace.purchase.windows-only",
	Says:   "a purchase of application servers with another system than Windows is refused",
	Proves: []string{"APPSERVER-CREATE-windows-only"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	group := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	reply := attempt.BuyAppServers(target.Intended(ctx), t, group.ID, "", func(body attempt.Body) { body["os_type"] = "Linux" })
	Expect(reply).To(expect.BeTurnedDown())
})
