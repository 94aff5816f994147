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

// Every member that a reader sees is compared, whatever its name.
var _ = check.It(check.Decl{
	ID:      "lifecycle.show.agrees-with-detail",
	Says:    "a server is the same in the detailed list and when shown",
	Proves:  []string{"ECS-6.2.5-agrees-with-show"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	At:      check.Ends(),
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	shown := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, server.ID))
	Expect(shown).To(expect.Status(http.StatusOK))
	detailed := target.Got(t.Nova.ListServersDetailWithResponse(ctx, t.Project, &nova.ListServersDetailParams{Name: &server.Name}))
	Expect(detailed).To(expect.Status(http.StatusOK))
	Expect(detailed).To(expect.SameMember("/servers/0", shown, "/server"))
})
