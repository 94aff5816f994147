package flavors

import (
	"context"
	"net/http"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// What a flavor says of a zone stands in cond:operation:az, of the region in
// cond:operation:status (ecs 5.4.1 table 5-41).
var _ = check.It(check.Decl{
	ID:       "flavors.ecs-list.zone-filter",
	Says:     "with an availability zone only the flavors that can be used there are listed",
	Proves:   []string{"ECS-5.4.1-zone-filter"},
	Level:    check.Must,
	Needs:    []check.Need{check.ECS, check.Zone},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	zone := t.Resources.AvailabilityZone
	all := target.Got(t.ECS.ListFlavorsWithResponse(ctx, t.Project, &ecs.ListFlavorsParams{}))
	Expect(all).To(expect.Status(http.StatusOK))
	here := target.Got(t.ECS.ListFlavorsWithResponse(ctx, t.Project, &ecs.ListFlavorsParams{AvailabilityZone: &zone}))
	Expect(here).To(expect.Status(http.StatusOK))

	var want, got []string
	for _, f := range all.JSON200.Flavors {
		if usable(f, zone) {
			want = append(want, f.ID)
		}
	}
	for _, f := range here.JSON200.Flavors {
		got = append(got, f.ID)
		Expect(usable(f, zone)).To(expect.Be(true), "flavor "+f.ID+" can be used in the zone")
	}
	Expect(want).NotTo(expect.HaveLen(0))
	for _, id := range want {
		Expect(got).To(expect.Contain(id))
	}
})

// usable reports whether a flavor can be used in a zone: its state there, or
// else in the region, is normal, obt or promotion.
func usable(f ecs.Flavor, zone string) bool {
	state := "normal"
	if s := f.OsExtraSpecs.CondOperationStatus; s != nil {
		state = string(*s)
	}
	if zones := f.OsExtraSpecs.CondOperationAz; zones != nil {
		for entry := range strings.SplitSeq(*zones, ",") {
			if name, rest, ok := strings.Cut(strings.TrimSpace(entry), "("); ok && name == zone {
				state = strings.TrimSuffix(rest, ")")
			}
		}
	}
	return state == "normal" || state == "obt" || state == "promotion"
}
