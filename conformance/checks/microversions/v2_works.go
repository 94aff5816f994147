package microversions

import (
	"context"
	"net/http"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The contract describes the addresses of v2.1 only, so these answers are
// compared with those.
var _ = check.It(check.Decl{
	ID:      "microversions.v2.works",
	Says:    "a native call under v2 does what it does under v2.1",
	Proves:  []string{"ECS-3-v2-works"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	shown := target.Got(t.Nova.ShowServerWithResponse(target.Unversioned(ctx), t.Project, server.ID, asV2))
	Expect(shown).To(expect.Status(http.StatusOK))
	Expect(shown).To(expect.SameMember("/server/id", target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, server.ID)), "/server/id"))

	ginkgo.By("stopping it under v2")
	stopped := target.Got(t.Nova.StopServerWithResponse(target.Unversioned(ctx), t.Project, server.ID, nova.StopServerRequest{}, asV2))
	Expect(stopped).To(expect.Status(http.StatusAccepted))
	Expect(t.Wait.ServerIs(ctx, server.ID, "SHUTOFF").Status).To(expect.Be("SHUTOFF"))
})

// asV2 sends a call of v2.1 to v2.
func asV2(_ context.Context, req *http.Request) error {
	req.URL.Path = strings.Replace(req.URL.Path, "/v2.1/", "/v2/", 1)
	req.URL.RawPath = ""
	return nil
}
