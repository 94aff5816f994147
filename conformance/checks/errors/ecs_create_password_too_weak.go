package errors

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.password-too-weak",
	Says:    "a creation with a password that is too short, too long or of too few kinds of characters is refused with Ecs.0011 and creates nothing",
	Proves:  []string{"ECS-5.1.1-password-rules", "ECS-A.2-password-weak"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"7 characters", func(body attempt.Body) { attempt.Server(body)["adminPass"] = "Short1!" }},
		{"27 characters", func(body attempt.Body) { attempt.Server(body)["adminPass"] = "Aa1!" + strings.Repeat("x", 23) }},
		{"two kinds", func(body attempt.Body) { attempt.Server(body)["adminPass"] = "onlyletters123" }},
	} {
		ginkgo.By("asking with " + wrong.is)
		created := attempt.CreateByECS(target.Intended(ctx), t, 1, wrong.alter)
		Expect(created).To(expect.BeDeclined("Ecs.0011"), wrong.is)
		Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
