package microversions

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The second header works below 2.27 too.
var _ = check.It(check.Decl{
	ID:       "microversions.header.both-spellings",
	Says:     "either version header brings the same answer, and both together too",
	Proves:   []string{"ECS-3-legacy-header", "ECS-3-standard-header"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Since("2.9"),
	At:       check.Exactly("2.9", "2.26", "2.27"),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	show := func(s microversion.Spelling) *nova.ShowServerResponse {
		reply := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, server.ID, nova.WithMicroversion(t.Version, s)))
		Expect(reply).To(expect.Status(http.StatusOK))
		return reply
	}
	legacy, standard, both := show(microversion.Legacy), show(microversion.Standard), show(microversion.Both)
	Expect(legacy).To(expect.Member("/server/locked"), "the header was read")
	Expect(standard).To(expect.SameMember("/server", legacy, "/server"))
	Expect(both).To(expect.SameMember("/server", legacy, "/server"))
})
