package lifecycle

import (
	"context"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Below 2.19 there is no description; that it is refused there is
// errors.create.description-too-early.
var _ = check.It(check.Decl{
	ID:       "lifecycle.create.keeps-description",
	Says:     "a server that was asked for with a description shows it",
	Proves:   []string{"ECS-6.2.1-description-from-2.19"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	Versions: microversion.Since("2.19"),
	At:       check.Oldest(),
	Creates:  1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for a server with a description")
	created := attempt.CreateByNova(ctx, t, func(body attempt.Body) {
		attempt.Server(body)["description"] = "made by a conformance check"
	})
	Expect(created.Reply).To(expect.Status(http.StatusAccepted, http.StatusOK)) // 200 is a deviation

	Expect(t.Wait.ServerIs(ctx, created.ID, "ACTIVE").Status).To(expect.Be("ACTIVE"))
	Expect(look.Server(ctx, t, created.ID).Description).To(expect.Be("made by a conformance check"))
})
