package errors

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:       "errors.flavor.unknown",
	Says:     "showing a flavor that does not exist is answered 404",
	Proves:   []string{"ECS-6.6.3-flavor-unknown"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.Nova.ShowFlavorWithResponse(ctx, t.Project, "no-flavor-is-called-so"))
	Expect(reply).To(expect.BeRefused(http.StatusNotFound, "itemNotFound"))
})
