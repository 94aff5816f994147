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

// It is a dry run, because an endpoint that took it would make a disk of 32 TB. No
// code of A.2 is about sizes.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.data-disk-size",
	Says:    "a creation with a data disk of 9 or of 32769 GB is refused and creates nothing",
	Proves:  []string{"ECS-5.1.1-data-volume-size"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"9 GB", func(body attempt.Body) {
			attempt.Server(body)["data_volumes"] = []any{attempt.Body{"volumetype": "SSD", "size": 9}}
			body["dry_run"] = true
		}},
		{"32769 GB", func(body attempt.Body) {
			attempt.Server(body)["data_volumes"] = []any{attempt.Body{"volumetype": "SSD", "size": 32769}}
			body["dry_run"] = true
		}},
	} {
		ginkgo.By("asking with " + wrong.is)
		created := attempt.CreateByECS(target.Intended(ctx), t, 1, wrong.alter)
		Expect(created).To(expect.BeDeclined("Ecs.0005", "Ecs.0000"), wrong.is)
		Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
	}
})
