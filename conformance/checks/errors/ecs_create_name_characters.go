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

var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.name-characters",
	Says:    "a creation whose name has a blank, an angle bracket or an accent is refused with Ecs.0915 and creates nothing",
	Proves:  []string{"ECS-5.1.1-name-characters", "ECS-A.2-name-characters"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"a blank", func(body attempt.Body) { attempt.Server(body)["name"] = attempt.Server(body)["name"].(string) + " x" }},
		{"angle brackets", func(body attempt.Body) { attempt.Server(body)["name"] = attempt.Server(body)["name"].(string) + "<x>" }},
		{"an accent", func(body attempt.Body) { attempt.Server(body)["name"] = attempt.Server(body)["name"].(string) + "é" }},
	} {
		ginkgo.By("asking with " + wrong.is)
		created := attempt.CreateByECS(target.Intended(ctx), t, 1, wrong.alter)
		Expect(created).To(expect.BeDeclined("Ecs.0915"), wrong.is)
		Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
