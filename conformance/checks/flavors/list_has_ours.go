package flavors

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:       "flavors.list.has-ours",
	Says:     "the list has the flavors of the endpoint file",
	Proves:   []string{"ECS-6.6.1-lists-flavors"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova, check.Flavor},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	var ids []string
	for _, f := range look.Flavors(ctx, t) {
		ids = append(ids, f.ID)
	}
	Expect(ids).To(expect.Contain(t.Resources.Flavor))
})
