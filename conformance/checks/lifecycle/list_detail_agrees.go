package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.list.detail-agrees",
	Says:    "the detailed list has the servers of the short list, in the same order",
	Proves:  []string{"ECS-6.2.5-agrees-with-list"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	first, second := t.Given.Server(ctx), t.Given.Server(ctx)
	run := t.Endpoint().Run() // every name of ours contains it

	ginkgo.By("listing them both ways")
	short := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Name: &run}))
	Expect(short).To(expect.Status(http.StatusOK))
	detailed := target.Got(t.Nova.ListServersDetailWithResponse(ctx, t.Project, &nova.ListServersDetailParams{Name: &run}))
	Expect(detailed).To(expect.Status(http.StatusOK))

	var a, b, ids []string
	for _, s := range short.JSON200.Servers {
		a, ids = append(a, s.ID+" "+s.Name), append(ids, s.ID)
	}
	for _, s := range detailed.JSON200.Servers {
		b = append(b, s.ID+" "+s.Name)
	}
	Expect(ids).To(expect.Contain(first.ID))
	Expect(ids).To(expect.Contain(second.ID))
	Expect(b).To(expect.Be(a))
})
