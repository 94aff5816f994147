package autolaunch

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
	ID:     "autolaunch.create.stable-capacity",
	Says:   "a stable capacity above the target is refused, and none at all is taken",
	Proves: []string{"AUTOLAUNCH-stable-within-target"},
	Level:  check.Must,
	Needs:  []check.Need{check.AutoLaunch, check.Flavor, check.Zone, check.Template, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for more than the target")
	over := attempt.DryLaunchGroup(target.Intended(ctx), t, func(body attempt.Body) { body["stable_capacity"] = 2 })
	Expect(over).To(expect.BeTurnedDown())
	ginkgo.By("asking for none")
	none := attempt.DryLaunchGroup(ctx, t, func(body attempt.Body) { body["stable_capacity"] = 0 })
	Expect(none).To(expect.Status(http.StatusAccepted))
})
