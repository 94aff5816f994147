package errors

import (
	"context"
	"net/http"

	"github.com/google/uuid"
	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// All but one of the servers do not exist, so an endpoint that takes the request
// can do harm to one of ours only. That a batch names 1000 is R-110.
var _ = check.It(check.Decl{
	ID:      "errors.batch-stop.over-limit",
	Says:    "a batch stop of 1001 servers is refused with Ecs.0118 and reaches none of them",
	Proves:  []string{"ECS-5.3.3-max-servers", "ECS-A.2-batch-too-large"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	refs := []ecs.ServerReference{{ID: server.ID}}
	for range 1000 {
		refs = append(refs, ecs.ServerReference{ID: uuid.NewString()})
	}

	ginkgo.By("asking for 1001 servers")
	reply := target.Got(t.ECS.BatchStopServersWithResponse(target.Intended(ctx), t.Project, ecs.BatchStopServersRequest{OsStop: ecs.BatchStopServersOption{Servers: refs}}))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "Ecs.0118"))

	ginkgo.By("reading ours again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
