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

var _ = check.It(check.Decl{
	ID:     "autolaunch.dry-run.refused",
	Says:   "a dry run of an auto launch group that lacks a mandatory member or is badly formed is refused as the real request is",
	Proves: []string{"AUTOLAUNCH-dry-run-refused"},
	Level:  check.Must,
	Needs:  []check.Need{check.AutoLaunch, check.Flavor, check.Zone, check.Template, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"no target_capacity", func(body attempt.Body) { delete(body, "target_capacity") }},
		{"a text for target_capacity", func(body attempt.Body) { body["target_capacity"] = "many" }},
	} {
		ginkgo.By("asking with " + wrong.is)
		actual := attempt.CreateLaunchGroup(target.Intended(ctx), t, wrong.alter)
		Expect(actual).To(expect.BeTurnedDown(), wrong.is)
		dry := attempt.DryLaunchGroup(target.Intended(ctx), t, wrong.alter)
		Expect(dry).To(expect.BeRefused(actual.StatusCode()), wrong.is)
		Expect(dry).To(expect.SameMember("/error_code", actual, "/error_code"))
	}
})
