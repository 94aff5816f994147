package errors

import (
	"context"
	"net/http"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// The limit is 85 characters, and 255 on a community cloud; a text above
// both is sent.
var _ = check.It(check.Decl{
	ID:       "errors.create.description-too-long",
	Says:     "a native creation with a description of 256 characters is refused with 400 and creates nothing",
	Proves:   []string{"ECS-6.2.1-description-length"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Since("2.19"),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByNova(target.Intended(ctx), t, func(body attempt.Body) {
		attempt.Server(body)["description"] = strings.Repeat("d", 256)
	})
	Expect(created.Reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
