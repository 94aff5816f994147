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
	ID:       "microversions.status-filter.unknown-is-refused",
	Says:     "from 2.38 on a status filter that is no status is refused with 400",
	Proves:   []string{"ECS-6.2.4-status-filter-invalid"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Since("2.38"),
	At:       check.Ends(),
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	none := nova.FilterStatus("DANCING")
	reply := target.Got(t.Nova.ListServersWithResponse(target.Intended(ctx), t.Project, &nova.ListServersParams{Status: &none}))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))
})
