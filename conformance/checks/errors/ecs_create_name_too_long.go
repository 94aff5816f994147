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

// A Chinese character counts twice, so 80 that begin with our own word are more than 128.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.name-too-long",
	Says:    "a creation with a name of 129 characters, or of 80 that are mostly Chinese, is refused with Ecs.0914 and creates nothing",
	Proves:  []string{"ECS-5.1.1-name-length", "ECS-A.2-name-too-long"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"129 characters", func(body attempt.Body) { attempt.Lengthen(body, "n", 129) }},
		{"80 characters, most of them Chinese", func(body attempt.Body) { attempt.Lengthen(body, "云", 80) }},
	} {
		ginkgo.By("asking with " + wrong.is)
		created := attempt.CreateByECS(target.Intended(ctx), t, 1, wrong.alter)
		Expect(created).To(expect.BeDeclined("Ecs.0914"), wrong.is)
		Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
