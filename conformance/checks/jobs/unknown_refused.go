package jobs

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// 400 and Common.0011 by R-042; 404 is a deviation there.
var _ = check.It(check.Decl{
	ID:       "jobs.unknown.refused",
	Says:     "asking for a job that does not exist is refused with a code and a message",
	Proves:   []string{"ECS-5.8.1-unknown-job", "ECS-A.2-job-unknown"},
	Level:    check.Must,
	Needs:    []check.Need{check.ECS},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	unknown := strings.ReplaceAll(uuid.NewString(), "-", "")
	reply := target.Got(t.ECS.ShowJobWithResponse(ctx, t.Project, unknown))
	Expect(reply).To(expect.BeRefusedWithAny([]int{http.StatusBadRequest, http.StatusNotFound}, "Common.0011"))
})
