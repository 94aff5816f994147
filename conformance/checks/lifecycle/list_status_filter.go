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
	ID:      "lifecycle.list.status-filter",
	Says:    "the status filter keeps the servers in that status, and no others",
	Proves:  []string{"ECS-6.2.4-status-filter"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	running, stopped := t.Given.Server(ctx), t.Given.StoppedServer(ctx)

	off := nova.FilterStatusSHUTOFF
	reply := target.Got(t.Nova.ListServersDetailWithResponse(ctx, t.Project, &nova.ListServersDetailParams{Status: &off}))
	Expect(reply).To(expect.Status(http.StatusOK))
	var ids []string
	for _, s := range reply.JSON200.Servers {
		ids = append(ids, s.ID)
		Expect(s.Status).To(expect.Be("SHUTOFF"))
	}
	Expect(ids).To(expect.Contain(stopped.ID))
	Expect(ids).NotTo(expect.Contain(running.ID))
})
