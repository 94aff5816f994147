package errors

import (
	"context"
	"encoding/base64"
	"net/http"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// The limit is 32 KB before the encoding, and 65535 characters after it on a
// community cloud; data above both is sent.
var _ = check.It(check.Decl{
	ID:      "errors.create.user-data-too-large",
	Says:    "a native creation with user data that decodes to more than 48 KiB is refused with 400 and creates nothing",
	Proves:  []string{"ECS-6.2.1-user-data-length"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for it")
	created := attempt.CreateByNova(target.Intended(ctx), t, func(body attempt.Body) {
		attempt.Server(body)["user_data"] = base64.StdEncoding.EncodeToString(make([]byte, 48<<10+3))
	})
	Expect(created.Reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))

	ginkgo.By("looking for a server")
	Expect(created.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
