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
	ID:      "lifecycle.unlock.takes-calls-again",
	Says:    "a server that is unlocked takes calls again",
	Proves:  []string{"ECS-6.3.5-unlocks"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.LockedServer(ctx)

	ginkgo.By("unlocking it")
	unlocked := target.Got(t.Nova.UnlockServerWithResponse(ctx, t.Project, server.ID, nova.UnlockServerRequest{}))
	Expect(unlocked).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	ginkgo.By("stopping it")
	reply := target.Got(t.Nova.StopServerWithResponse(ctx, t.Project, server.ID, nova.StopServerRequest{}))
	Expect(reply).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation
	Expect(t.Wait.ServerIs(ctx, server.ID, "SHUTOFF").Status).To(expect.Be("SHUTOFF"))
})
