package microversions

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The versions are the bounds and some between them where nothing else is asked.
var _ = check.It(check.Decl{
	ID:       "microversions.bounds.are-served",
	Says:     "a microversion between the announced bounds is served, as such",
	Proves:   []string{"ECS-3-within-bounds"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	At:       check.Exactly("2.1", "2.2", "2.10", "2.30", "2.42", "2.50", "2.59", "2.60"),
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{}))
	Expect(reply).To(expect.Status(http.StatusOK))
	Expect(reply.JSON200.Flavors).NotTo(expect.HaveLen(0))
})
