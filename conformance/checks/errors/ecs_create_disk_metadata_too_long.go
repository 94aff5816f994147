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

// It is a dry run, because the disk would outlive its server. No code of A.2 is about metadata.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.disk-metadata-too-long",
	Says:    "a creation with disk metadata of 256 bytes is refused and creates nothing",
	Proves:  []string{"ECS-5.1.1-volume-metadata-size"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(target.Intended(ctx), t, 1, func(body attempt.Body) {
		attempt.Server(body)["data_volumes"] = []any{attempt.Body{"volumetype": "SSD", "size": 10,
			"metadata": attempt.Body{"note": strings.Repeat("v", 256)}}}
		body["dry_run"] = true
	})
	Expect(created).To(expect.BeDeclined("Ecs.0005", "Ecs.0000"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
