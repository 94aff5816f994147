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
	ID:     "workspace.purchase.disk-size",
	Says:   "a purchase with a system disk below 10 GB, above 1024 GB or of no multiple of 10 GB is refused",
	Proves: []string{"APPSERVER-CREATE-disk-multiple", "APPSERVER-CREATE-disk-size"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	group := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"0 GB", func(body attempt.Body) { body["root_volume"] = attempt.Body{"type": "SAS", "size": 0} }},
		{"1030 GB", func(body attempt.Body) { body["root_volume"] = attempt.Body{"type": "SAS", "size": 1030} }},
		{"85 GB", func(body attempt.Body) { body["root_volume"] = attempt.Body{"type": "SAS", "size": 85} }},
	} {
		ginkgo.By("asking with " + wrong.is)
		reply := attempt.BuyAppServers(target.Intended(ctx), t, group.ID, "", wrong.alter)
		Expect(reply).To(expect.BeRefused(http.StatusBadRequest), wrong.is)
	}
})
