package check

import (
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Sweep chooses at which microversions a check runs. The zero Sweep is the
// newest version of the range. A check never loops over versions itself.
type Sweep struct {
	how   how
	gates []microversion.Version
}

type how int

const (
	newest how = iota
	oldest
	ends
	gates
	exactly
)

// Oldest is the first version of the range.
func Oldest() Sweep { return Sweep{how: oldest} }

// Ends are the first and the last version of the range.
func Ends() Sweep { return Sweep{how: ends} }

// Gates are, for each version at which something changes, the version itself
// and the one before it.
func Gates(v ...string) Sweep { return Sweep{how: gates, gates: parse(v)} }

// Exactly are the given versions and no others.
func Exactly(v ...string) Sweep { return Sweep{how: exactly, gates: parse(v)} }

func parse(v []string) []microversion.Version {
	out := make([]microversion.Version, 0, len(v))
	for _, s := range v {
		out = append(out, microversion.MustParse(s))
	}
	return out
}

// Versions are the chosen versions that lie in r, ascending, without
// repetition. Where a bound of r is open it cannot be chosen.
func (s Sweep) Versions(r microversion.Range) []microversion.Version {
	var out []microversion.Version
	add := func(v microversion.Version) {
		if !v.IsZero() && r.Contains(v) {
			out = append(out, v)
		}
	}
	switch s.how {
	case newest:
		add(r.Max)
	case oldest:
		add(r.Min)
	case ends:
		add(r.Min)
		add(r.Max)
	case gates:
		for _, v := range s.gates {
			if v.Minor > 0 {
				add(microversion.Version{Major: v.Major, Minor: v.Minor - 1})
			}
			add(v)
		}
	case exactly:
		for _, v := range s.gates {
			add(v)
		}
	}
	slices.SortFunc(out, microversion.Version.Compare)
	return slices.Compact(out)
}

// String says it in words: "newest", "gates 2.3 2.9".
func (s Sweep) String() string {
	words := []string{[...]string{"newest", "oldest", "ends", "gates", "exactly"}[s.how]}
	for _, v := range s.gates {
		words = append(words, v.String())
	}
	return strings.Join(words, " ")
}
