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
	ID:     "workspace.create.private-image-product",
	Says:   "a group from a private image with a product of type ADVANCED is refused and creates nothing",
	Proves: []string{"APPGROUP-CREATE-private-image-product"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting, check.AdvancedApps},
}, func(ctx context.Context, t *target.Target) {
	tried := attempt.CreateAppGroup(ctx, t, func(body attempt.Body) {
		body["image_type"], body["product_id"] = "private", t.Resources.AppProductAdvanced
	})
	Expect(tried.Reply).To(expect.BeTurnedDown())
	Expect(tried.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
