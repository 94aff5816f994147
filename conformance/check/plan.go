package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Documented is the range of microversions that the contract describes; what
// an endpoint offers beyond it is nobody's promise (ecs 6.1.2 example).
var Documented = microversion.Between("2.1", "2.60")

// Offer is what an endpoint offers, as its operator claims it.
type Offer struct {
	// Profile is the claimed profile, for the reasons.
	Profile string
	// Has are the needs that the endpoint meets.
	Has map[Need]bool
	// Rulings are the ids of the rulings that the profile states.
	Rulings []string
	// Versions is the range of its compute API; the zero Range means not known yet.
	Versions microversion.Range
	// Servers is how many servers may exist at once.
	Servers int
}

// Item is one check at one microversion, and whether it will run.
type Item struct {
	Check Check
	// Version is zero where the check has none.
	Version microversion.Version
	// Verdict is empty for what will run, else Unsupported or Excluded.
	Verdict report.Verdict
	// Reason says why it will not run.
	Reason string
}

// Name is the id, with the version behind it if there is one: "a.b.c@2.26", as in report.Check.Name.
func (i Item) Name() string {
	if i.Version.IsZero() {
		return i.Check.ID
	}
	return i.Check.ID + "@" + i.Version.String()
}

// Plan is what a run will do: every selected check, each at the versions of
// its sweep, with a reason where it will not run. Naming a check by id never
// opens a gate. The order is that of ids, then versions.
func Plan(r *Registry, s Selection, o Offer) ([]Item, error) {
	chosen, err := s.Choose(r.Checks())
	if err != nil {
		return nil, err
	}
	var plan []Item
	for _, c := range chosen {
		plan = append(plan, expand(c, s, o)...)
	}
	return plan, nil
}

func expand(c Check, s Selection, o Offer) []Item {
	if why := s.excluded(c); why != "" {
		return []Item{{Check: c, Verdict: report.Excluded, Reason: why}}
	}
	if why := unsupported(c, o); why != "" {
		return []Item{{Check: c, Verdict: report.Unsupported, Reason: why}}
	}
	if !c.Versioned() {
		return []Item{{Check: c}}
	}
	// The ranges, narrowest reason first, so that the reason names whose bound it was.
	meet := Documented
	for _, bound := range []struct {
		of string
		r  microversion.Range
	}{
		{"the check holds for", c.Versions},
		{"the endpoint has", o.Versions},
		{"the run is limited to", s.Versions},
	} {
		m, ok := meet.Meet(bound.r)
		if !ok {
			return []Item{{Check: c, Verdict: report.Unsupported,
				Reason: fmt.Sprintf("%s microversions %s, which do not meet %s", bound.of, bound.r, meet)}}
		}
		meet = m
	}
	versions := c.At.Versions(meet)
	if len(versions) == 0 {
		return []Item{{Check: c, Verdict: report.Unsupported,
			Reason: fmt.Sprintf("the check runs at microversions %s, and none of them lies in %s", c.At, meet)}}
	}
	items := make([]Item, 0, len(versions))
	for _, v := range versions {
		items = append(items, Item{Check: c, Version: v})
	}
	return items
}

// unsupported is why an endpoint cannot be asked; "" if it can.
func unsupported(c Check, o Offer) string {
	needs := c.Needs
	if c.Creates > 0 {
		needs = append(slices.Clone(needs), Image, Flavor)
		if slices.Contains(needs, ECS) {
			needs = append(needs, VPC)
		} else {
			needs = append(needs, Network)
		}
	}
	var apis, things []string
	for _, n := range needs {
		switch {
		case o.Has[n]:
		case n.API():
			apis = append(apis, n.missing(o.Profile))
		default:
			things = append(things, n.missing(o.Profile))
		}
	}
	// Without the API nobody wants to hear of the things that it would use.
	if len(apis) > 0 {
		return strings.Join(apis, "; ")
	}
	if len(things) > 0 {
		return strings.Join(things, "; ")
	}
	for _, r := range c.Disclaimed {
		if slices.Contains(o.Rulings, r) {
			return fmt.Sprintf("the profile %s does not promise it (ruling %s)", o.Profile, r)
		}
	}
	if c.Creates > o.Servers {
		return fmt.Sprintf("the check has %d servers at once, and limits.servers allows %d", c.Creates, o.Servers)
	}
	return ""
}
