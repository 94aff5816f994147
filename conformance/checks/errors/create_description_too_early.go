package errors

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// That it is taken from 2.19 on is lifecycle.create.keeps-description.
var _ = check.It(check.Decl{
	ID:       "errors.create.description-too-early",
	Says:     "a description of a new server is refused below 2.19, and nothing is created",
	Proves:   []string{"ECS-6.2.1-description-from-2.19"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Until("2.18"),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByNova(target.Intended(ctx), t, func(body attempt.Body) {
		attempt.Server(body)["description"] = "too early"
	})
	Expect(created.Reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
