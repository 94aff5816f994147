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
)

// The limit is 128 characters, and 255 on a community cloud; a name above
// both is asked for.
var _ = check.It(check.Decl{
	ID:      "errors.create.name-too-long",
	Says:    "a native creation with a name of 256 characters is refused with 400 and creates nothing",
	Proves:  []string{"ECS-6.2.1-name-length"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByNova(target.Intended(ctx), t, func(body attempt.Body) {
		attempt.Lengthen(body, "n", 256)
	})
	Expect(created.Reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
