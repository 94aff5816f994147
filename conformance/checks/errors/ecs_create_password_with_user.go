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

// The user of a Linux server is root (ecs 5.1.1 prose).
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.password-with-user",
	Says:    "a creation whose password has the name of the user in it, forwards or backwards, is refused with Ecs.0011 and creates nothing",
	Proves:  []string{"ECS-5.1.1-password-not-user-name", "ECS-A.2-password-weak"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"root in it", func(body attempt.Body) { attempt.Server(body)["adminPass"] = "Aa1!rootXy9" }},
		{"toor in it", func(body attempt.Body) { attempt.Server(body)["adminPass"] = "Aa1!toorXy9" }},
	} {
		ginkgo.By("asking with " + wrong.is)
		created := attempt.CreateByECS(ctx, t, 1, wrong.alter)
		Expect(created).To(expect.BeDeclined("Ecs.0011"), wrong.is)
		Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
