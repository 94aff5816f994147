package errors

import (
	"context"

	"github.com/google/uuid"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// Either code names the condition.
var _ = check.It(check.Decl{
	ID:     "errors.ecs-delete.server-unknown",
	Says:   "deleting a server that does not exist is declined with Ecs.0114 or Ecs.0614",
	Proves: []string{"ECS-A.2-server-unknown", "ECS-10.1-not-found"},
	Level:  check.Must,
	Needs:  []check.Need{check.ECS},
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.ECS.DeleteServersWithResponse(ctx, t.Project, ecs.DeleteServersRequest{Servers: []ecs.ServerReference{{ID: uuid.NewString()}}}))
	Expect(attempt.Follow(ctx, t, reply, reply.Body)).To(expect.BeDeclined("Ecs.0114", "Ecs.0614"))
})
