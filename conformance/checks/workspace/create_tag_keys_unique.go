package workspace

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:     "workspace.create.tag-keys-unique",
	Says:   "a group with two tags of one key is refused and creates nothing",
	Proves: []string{"APPGROUP-CREATE-tag-keys-unique"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	tried := attempt.CreateAppGroup(target.Intended(ctx), t, func(body attempt.Body) {
		body["tags"] = []any{attempt.Body{"key": "key", "value": "one"}, attempt.Body{"key": "key", "value": "two"}}
	})
	Expect(tried.Reply).To(expect.BeRefused(http.StatusBadRequest))
	Expect(tried.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
