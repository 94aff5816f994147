package microversions

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// Each gate is looked at from both sides. Members that a community cloud keeps for
// administrators are microversions.server.host-gates.
var _ = check.It(check.Decl{
	ID:      "microversions.server.gates",
	Says:    "a server has the members of its microversion and no others, shown, listed and changed",
	Proves:  []string{"ECS-6.2.5-locked-from-2.9", "ECS-6.2.5-description-from-2.19", "ECS-6.2.5-tags-from-2.26", "ECS-6.2.5-flavor-from-2.47"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	At:      check.Gates("2.9", "2.19", "2.26", "2.47"),
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	name := server.Name + "-renamed"
	shown := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, server.ID))
	listed := target.Got(t.Nova.ListServersDetailWithResponse(ctx, t.Project, &nova.ListServersDetailParams{Name: &server.Name}))
	changed := target.Got(t.Nova.UpdateServerWithResponse(ctx, t.Project, server.ID, nova.UpdateServerRequest{Server: nova.ServerChange{Name: &name}}))

	for member, gate := range map[string]microversion.Range{
		"locked":               microversion.Since("2.9"),
		"description":          microversion.Since("2.19"),
		"tags":                 microversion.Since("2.26"),
		"flavor/id":            microversion.Until("2.46"),
		"flavor/links":         microversion.Until("2.46"),
		"flavor/vcpus":         microversion.Since("2.47"),
		"flavor/original_name": microversion.Since("2.47"),
	} {
		has := expect.NoMember
		if gate.Contains(t.Version) {
			has = expect.Member
		}
		Expect(shown).To(has("/server/"+member), "shown")
		Expect(listed).To(has("/servers/0/"+member), "listed")
		Expect(changed).To(has("/server/"+member), "changed")
	}
})
