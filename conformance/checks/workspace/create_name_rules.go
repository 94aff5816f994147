package workspace

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
)

// The rules themselves are lost in the print; R-606 says where they are from.
var _ = check.It(check.Decl{
	ID:     "workspace.create.name-rules",
	Says:   "a group with an empty name, a name of 65 characters or one with a blank is refused",
	Proves: []string{"APPGROUP-CREATE-name"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	for _, wrong := range []struct {
		is    string
		alter func(body attempt.Body)
	}{
		{"an empty name", func(body attempt.Body) { body["name"] = "" }},
		{"65 characters", func(body attempt.Body) { body["name"] = strings.Repeat("n", 65) }},
		{"a blank", func(body attempt.Body) { body["name"] = "two words" }},
	} {
		ginkgo.By("asking with " + wrong.is)
		tried := attempt.CreateAppGroup(target.Intended(ctx), t, wrong.alter)
		Expect(tried.Reply).To(expect.BeRefused(http.StatusBadRequest), wrong.is)
	}
})
