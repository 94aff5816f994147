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
	ID:      "lifecycle.start.reaches-active",
	Says:    "a stopped server that is started becomes ACTIVE",
	Proves:  []string{"ECS-6.3.1-starts"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.StoppedServer(ctx)

	ginkgo.By("starting it")
	reply := target.Got(t.Nova.StartServerWithResponse(ctx, t.Project, server.ID, nova.StartServerRequest{}))
	Expect(reply).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	after := t.Wait.ServerIs(ctx, server.ID, "ACTIVE")
	Expect(after.Status).To(expect.Be("ACTIVE"))
	Expect(after.VMState).To(expect.Be("active"))
})
