package flavors

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "flavors.list.detail-agrees",
	Says:     "the detailed list has the flavors of the short list, in the same order",
	Proves:   []string{"ECS-6.6.2-agrees-with-list"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	detailed := target.Got(t.Nova.ListFlavorsDetailWithResponse(ctx, t.Project, &nova.ListFlavorsDetailParams{}))
	Expect(detailed).To(expect.Status(http.StatusOK))
	var a, b []string
	for _, f := range look.Flavors(ctx, t) {
		a = append(a, f.ID+" "+f.Name)
	}
	for _, f := range detailed.JSON200.Flavors {
		b = append(b, f.ID+" "+f.Name)
	}
	Expect(a).NotTo(expect.HaveLen(0))
	Expect(b).To(expect.Be(a))
})
