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
	ID:      "errors.ecs-create.description",
	Says:    "a creation with a description of 86 characters, or with an angle bracket, is refused with Ecs.0041 and creates nothing",
	Proves:  []string{"ECS-5.1.1-description", "ECS-A.2-description-invalid"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"86 characters", func(body attempt.Body) { attempt.Server(body)["description"] = strings.Repeat("d", 86) }},
		{"a bracket", func(body attempt.Body) { attempt.Server(body)["description"] = "less < more" }},
	} {
		ginkgo.By("asking with " + wrong.is)
		created := attempt.CreateByECS(target.Intended(ctx), t, 1, wrong.alter)
		Expect(created).To(expect.BeDeclined("Ecs.0041"), wrong.is)
		Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
