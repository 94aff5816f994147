package workspace

import (
	"context"
	"fmt"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	api "github.com/ecsconform/ecsconform/gen/workspace"
)

var _ = check.It(check.Decl{
	ID:       "workspace.list.limit-bounds",
	Says:     "a list with a limit of 0 or 101 is refused",
	Proves:   []string{"APPGROUP-LIST-limit"},
	Level:    check.Must,
	Needs:    []check.Need{check.Workspace},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	for _, limit := range []int64{0, 101} {
		reply := target.Got(t.Workspace.ListServerGroupsWithResponse(target.Intended(ctx), t.Project, &api.ListServerGroupsParams{Limit: &limit}))
		Expect(reply).To(expect.BeRefused(http.StatusBadRequest), fmt.Sprintf("limit %d", limit))
	}
})
