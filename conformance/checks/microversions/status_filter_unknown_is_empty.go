package microversions

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// Which words are unknown is R-264.
var _ = check.It(check.Decl{
	ID:       "microversions.status-filter.unknown-is-empty",
	Says:     "up to 2.37 a status filter that is no status gives an empty list",
	Proves:   []string{"ECS-6.2.4-status-filter-unknown"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Until("2.37"),
	At:       check.Exactly("2.1", "2.37"),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	none := nova.FilterStatus("DANCING")
	reply := target.Got(t.Nova.ListServersWithResponse(target.Intended(ctx), t.Project, &nova.ListServersParams{Status: &none, Name: &server.Name}))
	Expect(reply).To(expect.Status(http.StatusOK))
	Expect(reply.JSON200.Servers).To(expect.HaveLen(0))
})
