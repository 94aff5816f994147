package access

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/google/uuid"
	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// 401 or 403: ecs 10.1 has both, and only says that the signature is verified.
var _ = check.It(check.Decl{
	ID:      "access.signature.altered-refused",
	Says:    "a request that was altered after signing is refused, and reaches no server",
	Proves:  []string{"ECS-4.2-signature-altered"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova, check.AccessKey},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	signer, _ := t.Signer()
	harmless := ecs.BatchStopServersRequest{OsStop: ecs.BatchStopServersOption{Servers: []ecs.ServerReference{{ID: uuid.NewString()}}}}
	harmful, err := json.Marshal(ecs.BatchStopServersRequest{OsStop: ecs.BatchStopServersOption{Servers: []ecs.ServerReference{{ID: server.ID}}}})
	t.Must(err)

	ginkgo.By("putting another body under the signature")
	body := target.Got(t.ECS.BatchStopServersWithResponse(ctx, t.Project, harmless, ecs.WithCredentials(signer),
		func(_ context.Context, req *http.Request) error {
			req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(harmful)), int64(len(harmful))
			return nil
		}))
	Expect(body).To(expect.BeRefusedWithAny([]int{http.StatusUnauthorized, http.StatusForbidden}))

	ginkgo.By("putting another query under the signature")
	query := target.Got(t.ECS.ListFlavorsWithResponse(ctx, t.Project, &ecs.ListFlavorsParams{}, ecs.WithCredentials(signer),
		func(_ context.Context, req *http.Request) error {
			req.URL.RawQuery = "availability_zone="
			return nil
		}))
	Expect(query).To(expect.BeRefusedWithAny([]int{http.StatusUnauthorized, http.StatusForbidden}))

	ginkgo.By("reading the server again")
	Expect(t.Wait.ServerSettles(ctx, server.ID).Status).To(expect.Be("ACTIVE"), "a refused call must leave no trace")
})
