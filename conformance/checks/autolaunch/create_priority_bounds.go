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
	ID:     "autolaunch.create.priority-bounds",
	Says:   "a priority below 0 or above 2147483647 is refused",
	Proves: []string{"AUTOLAUNCH-priority-bounds"},
	Level:  check.Must,
	Needs:  []check.Need{check.AutoLaunch, check.Flavor, check.Zone, check.Template, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"-1", func(body attempt.Body) { attempt.Override(body)["priority"] = -1 }},
		{"2147483648", func(body attempt.Body) { attempt.Override(body)["priority"] = 2147483648 }},
	} {
		ginkgo.By("asking with " + wrong.is)
		reply := attempt.DryLaunchGroup(target.Intended(ctx), t, wrong.alter)
		Expect(reply).To(expect.BeTurnedDown(), wrong.is)
	}
})
