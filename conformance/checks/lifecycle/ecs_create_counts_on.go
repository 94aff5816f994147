package lifecycle

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// That the given number itself is the first one, or the one before the first, is
// both a reading of the text; the servers count up from there.
var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-create.counts-on",
	Says:    "several servers whose name ends in a number are counted on from it",
	Proves:  []string{"ECS-5.1.1-name-numbered"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for two servers from 0041 on")
	created := attempt.CreateByECS(ctx, t, 2, func(body attempt.Body) {
		server := attempt.Server(body)
		server["name"] = server["name"].(string) + "-0041"
	})
	Expect(created).To(expect.JobSucceeds())

	var names []string
	for _, s := range look.Named(ctx, t, created.Name) {
		names = append(names, strings.TrimPrefix(s.Name, created.Name))
	}
	slices.Sort(names)
	Expect(names).To(expect.BeOneOf([]string{"-0041", "-0042"}, []string{"-0042", "-0043"}))
})
