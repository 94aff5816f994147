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

// Whether the guest was asked first is visible to the guest alone.
var _ = check.It(check.Decl{
	ID:      "lifecycle.stop.hard",
	Says:    "a running server that is stopped with type HARD becomes SHUTOFF",
	Proves:  []string{"ECS-6.3.3-hard"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)

	ginkgo.By("switching it off")
	hard := nova.StopTypeHARD
	reply := target.Got(t.Nova.StopServerWithResponse(ctx, t.Project, server.ID, nova.StopServerRequest{OsStop: nova.Stop{Type: &hard}}))
	Expect(reply).To(expect.Status(http.StatusAccepted, http.StatusCreated)) // 201 is a deviation

	Expect(t.Wait.ServerIs(ctx, server.ID, "SHUTOFF").Status).To(expect.Be("SHUTOFF"))
})
