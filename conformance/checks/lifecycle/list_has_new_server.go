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
	ID:      "lifecycle.list.has-new-server",
	Says:    "a new server is in the list by its id and name, once",
	Proves:  []string{"ECS-6.2.4-lists-servers"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	listed := look.Named(ctx, t, server.Name)
	Expect(listed).To(expect.HaveLen(1))
	Expect(listed[0].ID).To(expect.Be(server.ID))
	Expect(listed[0].Name).To(expect.Be(server.Name))
})
