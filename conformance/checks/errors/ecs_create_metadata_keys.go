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

// No code of A.2 is about metadata.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.metadata-keys",
	Says:    "a creation with a metadata key that is empty, too long or has a slash is refused and creates nothing",
	Proves:  []string{"ECS-5.1.1-metadata-keys"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"an empty key", func(body attempt.Body) { attempt.Server(body)["metadata"] = attempt.Body{"": "value"} }},
		{"256 characters", func(body attempt.Body) {
			attempt.Server(body)["metadata"] = attempt.Body{strings.Repeat("k", 256): "value"}
		}},
		{"a slash", func(body attempt.Body) { attempt.Server(body)["metadata"] = attempt.Body{"a/b": "value"} }},
	} {
		ginkgo.By("asking with " + wrong.is)
		created := attempt.CreateByECS(target.Intended(ctx), t, 1, wrong.alter)
		Expect(created).To(expect.BeDeclined("Ecs.0005", "Ecs.0000"), wrong.is)
		Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
