package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// The answer without return_reservation_id is lifecycle.create.reaches-active's.
// Which member stands where is R-236.
var _ = check.It(check.Decl{
	ID:      "lifecycle.create.reservation-answer",
	Says:    "a creation with return_reservation_id is answered with the id of the batch, and the server is made",
	Proves:  []string{"ECS-6.2.1-reservation-answer"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for a server and a reservation id")
	created := attempt.CreateByNova(ctx, t, func(body attempt.Body) {
		attempt.Server(body)["return_reservation_id"] = true
	})
	Expect(created.Reply).To(expect.Status(http.StatusAccepted, http.StatusOK)) // 200 is a deviation
	Expect(created.Reply).To(expect.Member("/reservation_id"))
	Expect(created.Reply).To(expect.NoMember("/server"))

	ginkgo.By("looking for the server")
	Expect(created.Left(ctx)).To(expect.Be(1))
})
