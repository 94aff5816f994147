package lifecycle

import (
	"context"
	"net/http"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.list.changes-since",
	Says:    "changes-since keeps a server that changed since, and leaves it out when the time lies ahead",
	Proves:  []string{"ECS-6.2.4-changes-since"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	updated, err := time.Parse(time.RFC3339, look.Server(ctx, t, server.ID).Updated)
	Expect(err).To(expect.Be(nil), "updated is a time")
	listed := func(since time.Time) []string {
		text := since.UTC().Format(time.RFC3339)
		reply := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{ChangesSince: &text, Name: &server.Name}))
		Expect(reply).To(expect.Status(http.StatusOK))
		var ids []string
		for _, s := range reply.JSON200.Servers {
			ids = append(ids, s.ID)
		}
		return ids
	}
	Expect(listed(updated.Add(-time.Hour))).To(expect.Be([]string{server.ID}))
	Expect(listed(updated.Add(time.Hour))).To(expect.HaveLen(0))
})
