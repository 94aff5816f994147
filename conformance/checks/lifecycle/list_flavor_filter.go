package lifecycle

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.list.flavor-filter",
	Says:    "the flavor filter keeps the servers of that flavor and leaves out those of a flavor that none has",
	Proves:  []string{"ECS-6.2.4-flavor-filter"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	listed := func(flavor string) []string {
		reply := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Flavor: &flavor, Name: &server.Name}))
		Expect(reply).To(expect.Status(http.StatusOK))
		var ids []string
		for _, s := range reply.JSON200.Servers {
			ids = append(ids, s.ID)
		}
		return ids
	}
	Expect(listed(t.Resources.Flavor)).To(expect.Be([]string{server.ID}))
	Expect(listed("no-flavor-is-called-so")).To(expect.HaveLen(0))
})
