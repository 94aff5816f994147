package workspace

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:     "workspace.purchase.answers-job",
	Says:   "a purchase of an application server that is paid by use is answered with a job",
	Proves: []string{"APPSERVER-CREATE-job"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	group := attempt.GivenAppGroup(ctx, t, func(attempt.Body) {})
	reply := attempt.BuyAppServers(ctx, t, group.ID, "", func(attempt.Body) {})
	Expect(reply).To(expect.Status(http.StatusOK))
	Expect(reply.JSON200.JobID != nil && *reply.JSON200.JobID != "").To(expect.Be(true), "the answer has a job_id")
})
