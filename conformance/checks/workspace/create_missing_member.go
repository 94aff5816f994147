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
	ID:     "workspace.create.missing-member",
	Says:   "a creation of a group without one of its mandatory members is refused and creates nothing",
	Proves: []string{"APPGROUP-CREATE-required-members"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"no name", func(body attempt.Body) { delete(body, "name") }},
		{"no image_id", func(body attempt.Body) { delete(body, "image_id") }},
		{"no image_type", func(body attempt.Body) { delete(body, "image_type") }},
		{"no os_type", func(body attempt.Body) { delete(body, "os_type") }},
		{"no product_id", func(body attempt.Body) { delete(body, "product_id") }},
		{"no vpc_id", func(body attempt.Body) { delete(body, "vpc_id") }},
		{"no subnet_id", func(body attempt.Body) { delete(body, "subnet_id") }},
		{"no system_disk_type", func(body attempt.Body) { delete(body, "system_disk_type") }},
		{"no system_disk_size", func(body attempt.Body) { delete(body, "system_disk_size") }},
	} {
		ginkgo.By("asking with " + wrong.is)
		tried := attempt.CreateAppGroup(target.Intended(ctx), t, wrong.alter)
		Expect(tried.Reply).To(expect.BeRefused(http.StatusBadRequest), wrong.is)
		Expect(tried.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
