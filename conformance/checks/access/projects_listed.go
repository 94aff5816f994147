package access

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// A community Keystone keeps the list for administrators.
var _ = check.It(check.Decl{
	ID:         "access.projects.listed",
	Says:       "the project of the token is in the list of projects, with its id",
	Proves:     []string{"ECS-10.2-lists-projects"},
	Level:      check.Must,
	Needs:      []check.Need{check.IAM},
	Disclaimed: []string{"R-206"},
	ReadOnly:   true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.IAM.ListProjectsWithResponse(ctx))
	Expect(reply).To(expect.Status(http.StatusOK))
	var ids []string
	for _, p := range reply.JSON200.Projects {
		ids = append(ids, p.ID)
	}
	Expect(ids).To(expect.Contain(t.Project))
})
