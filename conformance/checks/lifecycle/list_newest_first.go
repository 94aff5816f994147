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

// Times of creation are shown in whole seconds, so the second server is made
// once the first is running; whoever is quicker than a second is ordered by the
// time that the endpoint keeps.
var _ = check.It(check.Decl{
	ID:      "lifecycle.list.newest-first",
	Says:    "without a sort key the newest server comes first",
	Proves:  []string{"ECS-6.2.4-sort-default"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	older := t.Given.Server(ctx)
	newer := t.Given.Server(ctx)
	run := t.Endpoint().Run() // every name of ours contains it

	reply := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Name: &run}))
	Expect(reply).To(expect.Status(http.StatusOK))
	var ids []string
	for _, s := range reply.JSON200.Servers {
		if s.ID == older.ID || s.ID == newer.ID {
			ids = append(ids, s.ID)
		}
	}
	Expect(ids).To(expect.Be([]string{newer.ID, older.ID}))
})
