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

// That 201 is tolerated is R-652; the judge notes it.
var _ = check.It(check.Decl{
	ID:     "autolaunch.create.answers-id",
	Says:   "a new auto launch group is answered with its id",
	Proves: []string{"AUTOLAUNCH-created"},
	Level:  check.Must,
	Needs:  []check.Need{check.AutoLaunch, check.Flavor, check.Zone, check.Template, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	reply := attempt.CreateLaunchGroup(ctx, t, func(attempt.Body) {})
	Expect(reply).To(expect.Status(http.StatusOK, http.StatusCreated))
	Expect(reply).To(expect.Member("/auto_launch_group_id"))
})
