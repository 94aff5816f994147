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

// That no task is null is R-230.
var _ = check.It(check.Decl{
	ID:      "lifecycle.resize.waits-for-confirmation",
	Says:    "a running server that is resized waits in VERIFY_RESIZE with the new flavor and no task",
	Proves:  []string{"ECS-6.3.8-resizes", "ECS-6.3.8-stops-by-itself"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova, check.SecondFlavor},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("resizing it")
	reply := target.Got(t.Nova.ResizeServerWithResponse(ctx, t.Project, server.ID,
		nova.ResizeServerRequest{Resize: nova.Resize{FlavorRef: t.Resources.FlavorAlt}}))
	Expect(reply).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	after := t.Wait.ServerIs(ctx, server.ID, "VERIFY_RESIZE")
	Expect(after.Status).To(expect.Be("VERIFY_RESIZE"))
	Expect(after.VMState).To(expect.Be("resized"))
	Expect(after.TaskState).To(expect.Be(""))
	Expect(look.FlavorOf(ctx, t, look.Server(ctx, t, server.ID))).To(expect.Be(t.Resources.FlavorAlt))
})
