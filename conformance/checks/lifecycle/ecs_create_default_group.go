package lifecycle

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-create.default-group",
	Says:    "a server that was asked for without security groups has the one called default",
	Proves:  []string{"ECS-5.1.1-security-group-default"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.ServerByECS(ctx)
	var names []string
	for _, g := range look.Server(ctx, t, server.ID).SecurityGroups {
		names = append(names, g.Name)
	}
	Expect(names).To(expect.Contain("default"))
})
