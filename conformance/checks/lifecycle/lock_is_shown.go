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
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "lifecycle.lock.is-shown",
	Says:     "a lock is shown, and no lock once it is opened",
	Proves:   []string{"ECS-6.3.4-locks"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Since("2.9"),
	At:       check.Ends(),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	Expect(look.Server(ctx, t, server.ID).Locked).To(expect.Be(false))

	ginkgo.By("locking it")
	locked := target.Got(t.Nova.LockServerWithResponse(ctx, t.Project, server.ID, nova.LockServerRequest{}))
	Expect(locked).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation
	Expect(look.Server(ctx, t, server.ID).Locked).To(expect.Be(true))

	ginkgo.By("unlocking it")
	unlocked := target.Got(t.Nova.UnlockServerWithResponse(ctx, t.Project, server.ID, nova.UnlockServerRequest{}))
	Expect(unlocked).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation
	Expect(look.Server(ctx, t, server.ID).Locked).To(expect.Be(false))
})
