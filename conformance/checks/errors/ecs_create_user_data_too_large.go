package errors

import (
	"context"
	"encoding/base64"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// No code of A.2 is about user data, so the codes for a body that breaks the interface apply.
var _ = check.It(check.Decl{
	ID:      "errors.ecs-create.user-data-too-large",
	Says:    "a creation with user data of more than 32 KiB is refused and creates nothing",
	Proves:  []string{"ECS-5.1.1-user-data-size"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByECS(target.Intended(ctx), t, 1, func(body attempt.Body) {
		attempt.Server(body)["user_data"] = base64.StdEncoding.EncodeToString(make([]byte, 32<<10+1))
	})
	Expect(created).To(expect.BeDeclined("Ecs.0005", "Ecs.0000"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
