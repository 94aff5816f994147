package errors

import (
	"context"
	"net/http"

	"github.com/google/uuid"
	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// What a community Nova answers is what a compatible endpoint answers.
var _ = check.It(check.Decl{
	ID:      "errors.create.network-unknown",
	Says:    "a native creation in a network that does not exist is refused with 400 and creates nothing",
	Proves:  []string{"ECS-6.2.1-community-compatible"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByNova(ctx, t, func(body attempt.Body) {
		attempt.Server(body)["networks"] = []any{attempt.Body{"uuid": uuid.NewString()}}
	})
	Expect(created.Reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
