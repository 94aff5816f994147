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
	ID:      "lifecycle.stop.reaches-shutoff",
	Says:    "a running server that is stopped becomes SHUTOFF",
	Proves:  []string{"ECS-6.3.3-stops"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("stopping it")
	reply := target.Got(t.Nova.StopServerWithResponse(ctx, t.Project, server.ID, nova.StopServerRequest{}))
	Expect(reply).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	after := t.Wait.ServerIs(ctx, server.ID, "SHUTOFF")
	Expect(after.Status).To(expect.Be("SHUTOFF"))
	Expect(after.VMState).To(expect.Be("stopped"))
})
