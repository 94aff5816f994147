package errors

import (
	"context"

	"github.com/google/uuid"
	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// It is a dry run, because an endpoint that took it would make an address. No code
// of A.2 is about the contradiction.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.public-address-both-ways",
	Says:    "a creation with a public address that is both an existing and a new one is refused and creates nothing",
	Proves:  []string{"ECS-8.1-publicip-one-way"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(target.Intended(ctx), t, 1, func(body attempt.Body) {
		attempt.Server(body)["publicip"] = attempt.Body{"id": uuid.NewString(),
			"eip": attempt.Body{"iptype": "5_bgp", "bandwidth": attempt.Body{"size": 1, "sharetype": "PER", "chargemode": "traffic"}}}
		body["dry_run"] = true
	})
	Expect(created).To(expect.BeDeclined("Ecs.0005", "Ecs.0000"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
