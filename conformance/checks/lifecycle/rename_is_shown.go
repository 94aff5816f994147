package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.rename.is-shown",
	Says:    "a server that is given another name answers with it and shows it afterwards",
	Proves:  []string{"ECS-6.2.2-renames"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	name := server.Name + "-renamed"

	ginkgo.By("giving it another name")
	reply := target.Got(t.Nova.UpdateServerWithResponse(ctx, t.Project, server.ID,
		nova.UpdateServerRequest{Server: nova.ServerChange{Name: &name}}))
	Expect(reply).To(expect.Status(http.StatusOK))

	ginkgo.By("reading it again")
	after := look.Server(ctx, t, server.ID)
	Expect(after.Name).To(expect.Be(name))
	Expect(after.Status).To(expect.Be("ACTIVE"), "a name is not a state")
})
