package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

func everything() Offer {
	o := Offer{Profile: "ecs", Servers: 10, Versions: microversion.Between("2.1", "2.93"), Has: map[Need]bool{}}
	for _, n := range []Need{IAM, ECS, Nova, Image, Flavor, Network, VPC, SecondFlavor, Zone, AccessKey, Password} {
		o.Has[n] = true
	}
	return o
}

func planned(t *testing.T, s Selection, o Offer) []Item {
	t.Helper()
	plan, err := Plan(shelf(t), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestPlanExpandsSweeps(t *testing.T) {
	var names []string
	for _, i := range planned(t, Selection{}, everything()) {
		if i.Verdict != "" {
			t.Errorf("%s: %s, %s", i.Name(), i.Verdict, i.Reason)
		}
		names = append(names, i.Name())
	}
	const want = "jobs.job.unknown-refused lifecycle.create.counts@2.60 lifecycle.create.reaches-active@2.60 " +
		"lifecycle.delete.disappears@2.60 microversions.gate.server-detail@2.2 microversions.gate.server-detail@2.3 " +
		"microversions.gate.server-detail@2.8 microversions.gate.server-detail@2.9"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPlanSaysWhyNot(t *testing.T) {
	without := func(n Need) Offer { o := everything(); delete(o.Has, n); return o }
	few := everything()
	few.Servers = 2
	old := everything()
	old.Versions = microversion.Between("2.70", "2.93")
	for name, c := range map[string]struct {
		s       Selection
		o       Offer
		id      string
		verdict report.Verdict
		want    string
	}{
		"an api":        {Selection{}, without(ECS), "jobs.job.unknown-refused", report.Unsupported, "the profile ecs does not claim the API ecs"},
		"an image":      {Selection{}, without(Image), "lifecycle.create.reaches-active", report.Unsupported, "names no resources.image"},
		"a network":     {Selection{}, without(Network), "lifecycle.create.reaches-active", report.Unsupported, "names no resources.network"},
		"a vpc":         {Selection{}, without(VPC), "lifecycle.create.counts", report.Unsupported, "resources.vpc and resources.subnet"},
		"too many":      {Selection{}, few, "lifecycle.create.counts", report.Unsupported, "3 servers at once, and limits.servers allows 2"},
		"other version": {Selection{}, old, "lifecycle.create.reaches-active", report.Unsupported, "the endpoint has microversions 2.70..2.93, which do not meet 2.1..2.60"},
		"no gate in reach": {Selection{Versions: microversion.Since("2.30")}, everything(), "microversions.gate.server-detail",
			report.Unsupported, "gates 2.3 2.9, and none of them lies in 2.30..2.60"},
		"read-only": {Selection{ReadOnly: true}, everything(), "lifecycle.create.counts", report.Excluded, "the run is read-only"},
		"exclusion": {Selection{Exclude: []Exclusion{{"jobs.*", "bug 7"}}}, everything(), "jobs.job.unknown-refused", report.Excluded, "bug 7"},
		// Naming an id never opens a gate.
		"focused": {Selection{IDs: []string{"lifecycle.create.counts"}}, few, "lifecycle.create.counts", report.Unsupported, "limits.servers allows 2"},
	} {
		found := false
		for _, i := range planned(t, c.s, c.o) {
			if i.Check.ID == c.id {
				found = true
				if i.Verdict != c.verdict || !strings.Contains(i.Reason, c.want) {
					t.Errorf("%s: got %s %q, want %s %q", name, i.Verdict, i.Reason, c.verdict, c.want)
				}
			}
		}
		if !found {
			t.Errorf("%s: %s is not in the plan", name, c.id)
		}
	}
}

func TestPlanKnowsWhatAProfileDisclaims(t *testing.T) {
	r := NewRegistry()
	d := sound("a.b.c")
	d.Disclaimed = []string{"R-900"}
	r.It(d, nothing)
	for ruling, want := range map[string]report.Verdict{"R-900": report.Unsupported, "R-901": ""} {
		o := everything()
		o.Rulings = []string{ruling}
		plan, err := Plan(r, Selection{}, o)
		if err != nil || len(plan) != 1 || plan[0].Verdict != want {
			t.Errorf("with %s: got %+v (%v), want verdict %q", ruling, plan, err, want)
		}
	}
}

func TestSweeps(t *testing.T) {
	for name, c := range map[string]struct {
		s    Sweep
		r    microversion.Range
		want string
	}{
		"newest":             {Sweep{}, microversion.Between("2.1", "2.60"), "[2.60]"},
		"newest of open":     {Sweep{}, microversion.Since("2.1"), "[]"},
		"oldest":             {Oldest(), microversion.Between("2.9", "2.60"), "[2.9]"},
		"ends":               {Ends(), microversion.Between("2.1", "2.60"), "[2.1 2.60]"},
		"ends of one":        {Ends(), microversion.Between("2.26", "2.26"), "[2.26]"},
		"gates":              {Gates("2.10", "2.9"), microversion.Range{}, "[2.8 2.9 2.10]"},
		"gate at the bottom": {Gates("2.3"), microversion.Since("2.3"), "[2.3]"},
		"exactly":            {Exactly("2.37", "2.60"), microversion.Until("2.40"), "[2.37]"},
	} {
		if got := fmt.Sprint(c.s.Versions(c.r)); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
