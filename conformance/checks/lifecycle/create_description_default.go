package lifecycle

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// A community cloud shows null.
var _ = check.It(check.Decl{
	ID:         "lifecycle.create.description-default",
	Says:       "a server that was asked for without a description has the empty text as its description",
	Proves:     []string{"ECS-6.2.1-description-default"},
	Level:      check.Must,
	Needs:      []check.Need{check.Nova},
	Versions:   microversion.Since("2.19"),
	Disclaimed: []string{"R-239"},
	Creates:    1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	description := look.Server(ctx, t, server.ID).Description
	Expect(description).To(expect.Be(""))
})
