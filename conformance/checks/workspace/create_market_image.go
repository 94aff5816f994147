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

// That gold is the market is R-603.
var _ = check.It(check.Decl{
	ID:     "workspace.create.market-image",
	Says:   "a group from an image of the market without the product of the image is refused and creates nothing",
	Proves: []string{"APPGROUP-CREATE-market-image"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	tried := attempt.CreateAppGroup(target.Intended(ctx), t, func(body attempt.Body) { body["image_type"] = "gold" })
	Expect(tried.Reply).To(expect.BeRefused(http.StatusBadRequest))
	Expect(tried.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
