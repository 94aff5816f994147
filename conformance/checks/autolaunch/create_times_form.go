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

// The exact form is R-655.
var _ = check.It(check.Decl{
	ID:     "autolaunch.create.times-form",
	Says:   "validity times with a fraction, another zone or only a date are refused",
	Proves: []string{"AUTOLAUNCH-times-form"},
	Level:  check.Must,
	Needs:  []check.Need{check.AutoLaunch, check.Flavor, check.Zone, check.Template, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"a fraction", func(body attempt.Body) { body["valid_since"] = "2020-04-04T15:58:13.5Z" }},
		{"another zone", func(body attempt.Body) { body["valid_since"] = "2020-04-04T15:58:13+02:00" }},
		{"only a date", func(body attempt.Body) { body["valid_since"] = "2020-04-04" }},
	} {
		ginkgo.By("asking with " + wrong.is)
		reply := attempt.DryLaunchGroup(target.Intended(ctx), t, wrong.alter)
		Expect(reply).To(expect.BeTurnedDown(), wrong.is)
	}
})
