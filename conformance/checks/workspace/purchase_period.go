package workspace

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// The id of the transaction is made up; an endpoint that knows it to be wrong refuses, too. The
// order is not paid by itself, so an endpoint that took it would cost nothing.
var _ = check.It(check.Decl{
	ID:     "workspace.purchase.period",
	Says:   "a purchase by month or year without a period, or with one that is too long, is refused",
	Proves: []string{"APPSERVER-CREATE-period", "APPSERVER-CREATE-period-months", "APPSERVER-CREATE-period-years"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	group := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"no period_type", func(body attempt.Body) {
			body["create_server_extend_param"] = attempt.Body{"charging_mode": "prePaid", "period_num": 1}
		}},
		{"no period_num", func(body attempt.Body) {
			body["create_server_extend_param"] = attempt.Body{"charging_mode": "prePaid", "period_type": 2}
		}},
		{"10 months", func(body attempt.Body) {
			body["create_server_extend_param"] = attempt.Body{"charging_mode": "prePaid", "period_type": 2, "period_num": 10}
		}},
		{"0 months", func(body attempt.Body) {
			body["create_server_extend_param"] = attempt.Body{"charging_mode": "prePaid", "period_type": 2, "period_num": 0}
		}},
		{"4 years", func(body attempt.Body) {
			body["create_server_extend_param"] = attempt.Body{"charging_mode": "prePaid", "period_type": 3, "period_num": 4}
		}},
	} {
		ginkgo.By("asking with " + wrong.is)
		reply := attempt.BuyAppServers(target.Intended(ctx), t, group.ID, "conformance", wrong.alter)
		Expect(reply).To(expect.BeRefused(http.StatusBadRequest), wrong.is)
	}
})
