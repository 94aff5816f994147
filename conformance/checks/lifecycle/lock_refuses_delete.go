package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// The kinds of calls that a lock stops are R-269's.
var _ = check.It(check.Decl{
	ID:      "lifecycle.lock.refuses-delete",
	Says:    "deleting a locked server is refused and the server stays",
	Proves:  []string{"ECS-6.3.4-refuses-lifecycle"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.LockedServer(ctx)

	ginkgo.By("deleting it")
	reply := target.Got(t.Nova.DeleteServerWithResponse(ctx, t.Project, server.ID))
	Expect(reply).To(expect.BeRefused(http.StatusConflict, "conflictingRequest"))

	ginkgo.By("reading it again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
