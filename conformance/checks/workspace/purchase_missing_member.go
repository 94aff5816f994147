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

var _ = check.It(check.Decl{
	ID:     "workspace.purchase.missing-member",
	Says:   "a purchase of application servers without one of its mandatory members is refused",
	Proves: []string{"APPSERVER-CREATE-required-members"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	group := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"no type", func(body attempt.Body) { delete(body, "type") }},
		{"no server_group_id", func(body attempt.Body) { delete(body, "server_group_id") }},
		{"no subscription_num", func(body attempt.Body) { delete(body, "subscription_num") }},
		{"no product_id", func(body attempt.Body) { delete(body, "product_id") }},
		{"no root_volume", func(body attempt.Body) { delete(body, "root_volume") }},
		{"no subnet_id", func(body attempt.Body) { delete(body, "subnet_id") }},
		{"no vpc_id", func(body attempt.Body) { delete(body, "vpc_id") }},
	} {
		ginkgo.By("asking with " + wrong.is)
		reply := attempt.BuyAppServers(target.Intended(ctx), t, group.ID, "", wrong.alter)
		Expect(reply).To(expect.BeRefused(http.StatusBadRequest), wrong.is)
	}
})
