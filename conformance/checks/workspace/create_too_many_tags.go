package workspace

import (
	"context"
	"fmt"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:     "workspace.create.too-many-tags",
	Says:   "a group with 21 tags is refused and creates nothing",
	Proves: []string{"APPGROUP-CREATE-max-tags"},
	Level:  check.Must,
	Needs:  []check.Need{check.Workspace, check.Apps, check.VPC, check.Lasting},
}, func(ctx context.Context, t *target.Target) {
	tried := attempt.CreateAppGroup(target.Intended(ctx), t, func(body attempt.Body) {
		var tags []any
		for i := range 21 {
			tags = append(tags, attempt.Body{"key": fmt.Sprintf("key-%d", i), "value": "v"})
		}
		body["tags"] = tags
	})
	Expect(tried.Reply).To(expect.BeRefused(http.StatusBadRequest))
	Expect(tried.Left(ctx)).To(expect.Be(0), "a refused creation must leave no trace")
})
