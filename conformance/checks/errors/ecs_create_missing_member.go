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

// Both codes stand in A.2 for a body that breaks the interface.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.missing-member",
	Says:    "a creation without one of its mandatory members is refused and creates nothing",
	Proves:  []string{"ECS-5.1.1-required-members", "ECS-A.2-body-malformed"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"no imageRef", func(body attempt.Body) { delete(attempt.Server(body), "imageRef") }},
		{"no flavorRef", func(body attempt.Body) { delete(attempt.Server(body), "flavorRef") }},
		{"no name", func(body attempt.Body) { delete(attempt.Server(body), "name") }},
		{"no vpcid", func(body attempt.Body) { delete(attempt.Server(body), "vpcid") }},
		{"no nics", func(body attempt.Body) { delete(attempt.Server(body), "nics") }},
		{"no root_volume", func(body attempt.Body) { delete(attempt.Server(body), "root_volume") }},
	} {
		ginkgo.By("asking with " + wrong.is)
		created := attempt.CreateByECS(target.Intended(ctx), t, 1, wrong.alter)
		Expect(created).To(expect.BeDeclined("Ecs.0005", "Ecs.0000"), wrong.is)
		Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
