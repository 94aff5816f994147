package errors

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// It is a dry run, because an endpoint that took it would make 501 servers.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.count-over-limit",
	Says:    "a creation of 501 servers is refused with Ecs.0913 and creates nothing",
	Proves:  []string{"ECS-5.1.1-max-count", "ECS-A.2-count-too-large"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(target.Intended(ctx), t, 1, func(body attempt.Body) {
		attempt.Server(body)["count"] = 501
		body["dry_run"] = true
	})
	Expect(created).To(expect.BeDeclined("Ecs.0913"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
