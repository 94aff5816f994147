package autolaunch

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
	ID:     "autolaunch.dry-run.answers-202",
	Says:   "a dry run of an auto launch group that finds nothing is answered with 202",
	Proves: []string{"AUTOLAUNCH-dry-run-status"},
	Level:  check.Must,
	Needs:  []check.Need{check.AutoLaunch, check.Flavor, check.Zone, check.Template, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	reply := attempt.DryLaunchGroup(ctx, t, func(attempt.Body) {})
	Expect(reply).To(expect.Status(http.StatusAccepted))
})
