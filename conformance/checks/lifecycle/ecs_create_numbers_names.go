package lifecycle

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/attempt"
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Where the count begins is not said, so only that it goes up by one is asked.
var _ = check.It(check.Decl{
	ID:      "lifecycle.ecs-create.numbers-names",
	Says:    "several servers of one call bear the given name with four digits behind it, counting up",
	Proves:  []string{"ECS-5.1.1-name-numbered"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	ginkgo.By("asking for two servers")
	created := attempt.CreateByECS(ctx, t, 2, func(attempt.Body) {})
	Expect(created).To(expect.JobSucceeds())

	var numbers []int
	for _, s := range look.Named(ctx, t, created.Name) {
		digits, found := strings.CutPrefix(s.Name, created.Name+"-")
		n, err := strconv.Atoi(digits)
		Expect(found && err == nil && len(digits) == 4).To(expect.Be(true), "the name "+s.Name+" is the given one with four digits")
		numbers = append(numbers, n)
	}
	Expect(numbers).To(expect.HaveLen(2))
	slices.Sort(numbers)
	Expect(numbers[1]).To(expect.Be(numbers[0] + 1))
})
