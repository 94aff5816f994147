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
	ID:      "lifecycle.list.name-filter",
	Says:    "the name filter keeps the servers whose name has the text anywhere, and no others",
	Proves:  []string{"ECS-6.2.4-name-filter"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	wanted, other := t.Given.Server(ctx), t.Given.Server(ctx)
	part := wanted.Name[1:] // from the middle: a part, not a beginning

	reply := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Name: &part}))
	Expect(reply).To(expect.Status(http.StatusOK))
	var ids []string
	for _, s := range reply.JSON200.Servers {
		ids = append(ids, s.ID)
	}
	Expect(ids).To(expect.Contain(wanted.ID))
	Expect(ids).NotTo(expect.Contain(other.ID))
})
