package autolaunch

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:     "autolaunch.create.name-rules",
	Says:   "an auto launch group with an empty name, one of 65 characters or one with a blank is refused",
	Proves: []string{"AUTOLAUNCH-name-length", "AUTOLAUNCH-name-characters"},
	Level:  check.Must,
	Needs:  []check.Need{check.AutoLaunch, check.Flavor, check.Zone, check.Template, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"an empty name", func(body attempt.Body) { body["name"] = "" }},
		{"65 characters", func(body attempt.Body) { body["name"] = strings.Repeat("n", 65) }},
		{"a blank", func(body attempt.Body) { body["name"] = "two words" }},
		{"a dot", func(body attempt.Body) { body["name"] = "one.two" }},
	} {
		ginkgo.By("asking with " + wrong.is)
		reply := attempt.DryLaunchGroup(target.Intended(ctx), t, wrong.alter)
		Expect(reply).To(expect.BeTurnedDown(), wrong.is)
	}
})
