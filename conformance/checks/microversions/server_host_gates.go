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

// A community cloud keeps these members for administrators.
var _ = check.It(check.Decl{
	ID:         "microversions.server.host-gates",
	Says:       "a server shows hostname, host status and what else was added about its host from their microversions on, and not before",
	Proves:     []string{"ECS-6.2.5-hostname-from-2.3", "ECS-6.2.5-host-status-from-2.16", "ECS-3-field-appears"},
	Level:      check.Must,
	Needs:      []check.Need{check.Nova},
	At:         check.Gates("2.3", "2.16"),
	Disclaimed: []string{"R-232"},
	Creates:    1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	shown := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, server.ID))
	listed := target.Got(t.Nova.ListServersDetailWithResponse(ctx, t.Project, &nova.ListServersDetailParams{Name: &server.Name}))
	for member, gate := range map[string]microversion.Range{
		"OS-EXT-SRV-ATTR:hostname":         microversion.Since("2.3"),
		"OS-EXT-SRV-ATTR:reservation_id":   microversion.Since("2.3"),
		"OS-EXT-SRV-ATTR:launch_index":     microversion.Since("2.3"),
		"OS-EXT-SRV-ATTR:root_device_name": microversion.Since("2.3"),
		"host_status":                      microversion.Since("2.16"),
	} {
		has := expect.NoMember
		if gate.Contains(t.Version) {
			has = expect.Member
		}
		Expect(shown).To(has("/server/"+member), "shown")
		Expect(listed).To(has("/servers/0/"+member), "listed")
	}
})
