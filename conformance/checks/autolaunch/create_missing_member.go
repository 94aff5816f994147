package autolaunch

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Which members are mandatory is R-650.
var _ = check.It(check.Decl{
	ID:     "autolaunch.create.missing-member",
	Says:   "an auto launch group without one of its mandatory members is refused",
	Proves: []string{"AUTOLAUNCH-required-members"},
	Level:  check.Must,
	Needs:  []check.Need{check.AutoLaunch, check.Flavor, check.Zone, check.Template, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"no name", func(body attempt.Body) { delete(body, "name") }},
		{"no target_capacity", func(body attempt.Body) { delete(body, "target_capacity") }},
		{"no region_specs", func(body attempt.Body) { delete(body, "region_specs") }},
		{"no availability_zone_id", func(body attempt.Body) { delete(attempt.Override(body), "availability_zone_id") }},
		{"no flavor_id", func(body attempt.Body) { delete(attempt.Override(body), "flavor_id") }},
	} {
		ginkgo.By("asking with " + wrong.is)
		reply := attempt.CreateLaunchGroup(target.Intended(ctx), t, wrong.alter)
		Expect(reply).To(expect.BeTurnedDown(), wrong.is)
	}
})
