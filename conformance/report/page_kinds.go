package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// A real endpoint repeats itself: a community Nova leaves the same members out of every
// answer that shows a server. So the page says once, as a kind, what such
// findings have in common; a check names its kinds and how often it met each, and
// the places wait with its exchanges.

// kindKey is what findings of one kind agree in.
type kindKey struct {
	severity                                                 validate.Severity
	class                                                    validate.Class
	keyword, pattern, direction, source, ruling, requirement string
	expected                                                 string
	check, message                                           string // of findings that have no place
}

// kindView is one kind of finding.
type kindView struct {
	Finding // the first of them
	Index   int
	Pattern string
	// Count is how many there are, Checks how many checks met one.
	Count, Checks int
	Operations    []string
	// Gots are the different things that were found, OtherGots counts findings with
	// yet another one.
	Gots      []gotView
	OtherGots int

	RequirementText, RequirementPlace string
	RulingText                        string

	last *Check
}

type gotView struct {
	Text  string
	Count int
}

// metKind is a kind as one check met it.
type metKind struct {
	*kindView
	// Times is how often.
	Times int
}

// kindGroup is the deviations that one ruling tolerates, the violations, or the notes.
type kindGroup struct {
	Severity      validate.Severity
	Ruling, Text  string
	Count, Checks int
	Open          bool
	Kinds         []*kindView
}

// kinds sorts the findings of a run.
type kinds struct {
	by   map[kindKey]*kindView
	list []*kindView
	// of has the kind of each finding of a check, in the order of the check.
	of map[*Check][]*kindView
}

func newKinds(checks []Check) *kinds {
	k := &kinds{by: map[kindKey]*kindView{}, of: map[*Check][]*kindView{}}
	for i := range checks {
		c := &checks[i]
		texts := map[string]Requirement{}
		for _, r := range slices.Concat(c.Cited, c.Requirements) {
			texts[r.ID] = r
		}
		for n := range c.Findings {
			k.of[c] = append(k.of[c], k.add(c, &c.Findings[n], texts))
		}
	}
	slices.SortStableFunc(k.list, func(a, b *kindView) int {
		return cmp.Or(rank(a.Severity)-rank(b.Severity), b.Count-a.Count)
	})
	for i, v := range k.list {
		v.Index = i + 1
	}
	return k
}

func (k *kinds) add(c *Check, f *Finding, texts map[string]Requirement) *kindView {
	key := kindKey{severity: f.Severity, class: f.Class, keyword: f.Keyword, pattern: pattern(f.Pointer), direction: f.Direction,
		source: f.Source, ruling: f.Ruling, requirement: f.Requirement, expected: f.Expected}
	if f.Class == "" || f.Expected == "" && f.Got == "" {
		key.check, key.message = c.ID, f.Message // its words alone say what it is about
	}
	v, ok := k.by[key]
	if !ok {
		v = &kindView{Finding: *f, Pattern: key.pattern, RequirementText: texts[f.Requirement].Text,
			RequirementPlace: texts[f.Requirement].Source, RulingText: texts[f.Ruling].Text}
		k.by[key] = v
		k.list = append(k.list, v)
	}
	v.Count++
	if v.last != c {
		v.last = c
		v.Checks++
	}
	if f.Operation != "" && !slices.Contains(v.Operations, f.Operation) {
		v.Operations = append(v.Operations, f.Operation)
	}
	v.found(f.Got)
	return v
}

// manyGots is how many different things a kind lists as found; at its place each finding
// says its own.
const manyGots = 8

func (v *kindView) found(text string) {
	at := slices.IndexFunc(v.Gots, func(g gotView) bool { return g.Text == text })
	switch {
	case at >= 0:
		v.Gots[at].Count++
	case len(v.Gots) < manyGots:
		v.Gots = append(v.Gots, gotView{text, 1})
	default:
		v.OtherGots++
	}
}

// varies reports whether a finding has to say itself what was found.
func (v *kindView) varies() bool { return len(v.Gots) > 1 }

// items are the parts of a pointer that differ from answer to answer: places in a
// list, and ids that are keys.
var items = regexp.MustCompile(`/(?:[0-9]+|[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})(/|$)`)

// pattern is a pointer with a star for each item: /servers/*/name of /servers/7/name.
func pattern(pointer string) string {
	for {
		// Neighbours share a slash, so one pass sees every other one.
		next := items.ReplaceAllString(pointer, "/*$1")
		if next == pointer {
			return next
		}
		pointer = next
	}
}

// met is the kinds of a check, worst first, with how often it met each.
func (k *kinds) met(c *Check) []metKind {
	var met []metKind
	at := map[*kindView]int{}
	for _, v := range k.of[c] {
		if n, ok := at[v]; ok {
			met[n].Times++
			continue
		}
		at[v] = len(met)
		met = append(met, metKind{v, 1})
	}
	slices.SortStableFunc(met, func(a, b metKind) int { return rank(a.Severity) - rank(b.Severity) })
	return met
}

// manyKinds is how many violations of the contract are listed without a click.
const manyKinds = 60

// groups gathers the deviations by ruling, and all violations and all notes:
// worst and most frequent first.
func (k *kinds) groups() []kindGroup {
	type key struct {
		severity validate.Severity
		ruling   string
	}
	of := func(v *kindView) key {
		if v.Severity == validate.Deviation {
			return key{v.Severity, v.Ruling}
		}
		return key{v.Severity, ""}
	}
	var groups []kindGroup
	at := map[key]int{}
	for _, v := range k.list {
		n, ok := at[of(v)]
		if !ok {
			n = len(groups)
			at[of(v)] = n
			groups = append(groups, kindGroup{Severity: v.Severity, Ruling: of(v).ruling})
		}
		g := &groups[n]
		g.Count += v.Count
		g.Kinds = append(g.Kinds, v)
		if g.Ruling != "" && g.Text == "" {
			g.Text = v.RulingText
		}
		g.Open = v.Severity == validate.Violation && len(g.Kinds) <= manyKinds
	}
	for _, met := range k.of {
		seen := map[int]bool{}
		for _, v := range met {
			if n := at[of(v)]; !seen[n] {
				seen[n] = true
				groups[n].Checks++
			}
		}
	}
	slices.SortStableFunc(groups, func(a, b kindGroup) int {
		return cmp.Or(rank(a.Severity)-rank(b.Severity), b.Count-a.Count)
	})
	return groups
}

// said counts the findings of a run in a sentence.
func (k *kinds) said() string {
	counts := map[validate.Severity]int{}
	all := 0
	for _, v := range k.list {
		counts[v.Severity] += v.Count
		all += v.Count
	}
	if all == 0 {
		return ""
	}
	s := count(all, "finding")
	if len(k.list) < all {
		s += " of " + count(len(k.list), "kind")
	}
	s += ":"
	for i, severity := range []validate.Severity{validate.Violation, validate.Deviation, validate.Note} {
		if i > 0 {
			s += ","
		}
		s += " " + count(counts[severity], string(severity))
	}
	return fmt.Sprintf("%s. A violation breaks the contract, a deviation is tolerated by the ruling it names, a note decides nothing.", s)
}

// Wants is what was expected and what came instead, in one line.
func (v *kindView) Wants() string {
	switch {
	case v.Expected == "" && v.Got == "":
		return clip(oneLine(v.Message), manyRunes)
	case v.varies():
		return clip("expected "+oneLine(orWord(v.Expected, "?")), manyRunes)
	}
	return clip("expected "+oneLine(orWord(v.Expected, "?")), manyRunes) + clip(", got "+oneLine(orWord(v.Got, "?")), manyRunes)
}

// manyRunes is how long each half of a kind's line may be; the kind itself has all of it.
const manyRunes = 90

// Where is what a kind's findings are about.
func (v *kindView) Where() string {
	switch {
	case v.Pattern != "":
		return v.Pattern
	case v.Direction != "":
		return "the whole body"
	}
	return "the scenario"
}
