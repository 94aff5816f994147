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
	ID:      "lifecycle.lock.refuses-start",
	Says:    "starting a locked server is refused and the server stays off",
	Proves:  []string{"ECS-6.3.4-refuses-state"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.StoppedServer(ctx)

	ginkgo.By("locking it")
	locked := target.Got(t.Nova.LockServerWithResponse(ctx, t.Project, server.ID, nova.LockServerRequest{}))
	Expect(locked).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	ginkgo.By("starting it")
	reply := target.Got(t.Nova.StartServerWithResponse(ctx, t.Project, server.ID, nova.StartServerRequest{}))
	Expect(reply).To(expect.BeRefused(http.StatusConflict, "conflictingRequest"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("SHUTOFF"), "a refused call must leave no trace")
})
