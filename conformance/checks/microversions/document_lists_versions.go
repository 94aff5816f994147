package microversions

import (
	"context"
	"net/http"
	"slices"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "microversions.document.lists-versions",
	Says:     "the version document lists v2.1, not deprecated, with its bounds in order",
	Proves:   []string{"ECS-6.1.1-lists-versions", "ECS-6.1.1-current-version", "ECS-6.1.1-range-of-microversions"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	reply := target.Got(t.Nova.ListVersionsWithResponse(ctx))
	Expect(reply).To(expect.Status(http.StatusOK))
	i := slices.IndexFunc(reply.JSON200.Versions, func(v nova.VersionSummary) bool { return v.ID == "v2.1" })
	Expect(i >= 0).To(expect.Be(true), "v2.1 is in the list")
	v := reply.JSON200.Versions[i]
	Expect(v.Status).To(expect.BeOneOf("CURRENT", "SUPPORTED"))

	low, errLow := microversion.Parse(v.MinVersion)
	high, errHigh := microversion.Parse(v.Version)
	Expect(errLow == nil && errHigh == nil).To(expect.Be(true), "both bounds are microversions")
	Expect(low.Compare(high) <= 0).To(expect.Be(true), "the smallest is not above the greatest")
})
