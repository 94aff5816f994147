package workspace

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:     "workspace.purchase.host-pays-by-use",
	Says:   "a purchase by month on a dedicated host is refused",
	Proves: []string{"APPSERVER-CREATE-host-pay-per-use"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	group := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	reply := attempt.BuyAppServers(target.Intended(ctx), t, group.ID, "conformance", func(body attempt.Body) {
		body["scheduler_hints"] = attempt.Body{"tenancy": "dedicated"}
		body["create_server_extend_param"] = attempt.Body{"charging_mode": "prePaid", "period_type": 2, "period_num": 1}
	})
	Expect(reply).To(expect.BeTurnedDown())
})
