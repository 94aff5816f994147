package report

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// A real endpoint repeats itself: a community Nova leaves the same members out of every
// answer that shows a server. So the page says once, as a kind, what such
// findings have in common; a check names its kinds and how often it met each, and
// the places wait with its exchanges. The terminal and JUnit say it once for each check.

// Kind is what findings agree in that say the same, wherever and however often: two of
// one kind have equal Kinds.
type Kind struct {
	severity                                                 validate.Severity
	class                                                    validate.Class
	keyword, pattern, direction, source, ruling, requirement string
	expected                                                 string
	// message is that of a finding whose words alone say what it is about, else "".
	message string
}

// KindOf is the kind of a finding.
func KindOf(f *Finding) Kind {
	k := Kind{severity: f.Severity, class: f.Class, keyword: f.Keyword, pattern: pattern(f.Pointer), direction: f.Direction,
		source: f.Source, ruling: f.Ruling, requirement: f.Requirement, expected: f.Expected}
	if f.Class == "" || f.Expected == "" && f.Got == "" {
		k.message = f.Message
	}
	return k
}

// kindKey is a kind on the page; what is known by its words only is so in its check only.
type kindKey struct {
	Kind
	check string
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

	group *kindGroup
	last  *Check
}

type gotView struct {
	Text  string
	Count int
}

// kindGroup is the deviations that one ruling tolerates, the violations, or the notes.
type kindGroup struct {
	Index         int
	Severity      validate.Severity
	Ruling, Text  string
	Count, Checks int
	Open          bool
	Kinds         []*kindView
}

// metGroup is a group as one check met it.
type metGroup struct {
	*kindGroup
	Kinds []metKind
	// Times is how often the check met any of them.
	Times int
}

type metKind struct {
	*kindView
	Times int
}

// manyApart is how many violations a check lists one by one.
const manyApart = 20

// Apart reports whether its kinds are listed one by one: where somebody has to
// act, and where there is only one.
func (g metGroup) Apart() bool {
	return len(g.Kinds) == 1 || g.Severity == validate.Violation && len(g.Kinds) <= manyApart
}

// kinds sorts the findings of a run.
type kinds struct {
	by     map[kindKey]*kindView
	list   []*kindView
	groups []*kindGroup
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
	k.group()
	return k
}

func (k *kinds) add(c *Check, f *Finding, texts map[string]Requirement) *kindView {
	key := kindKey{Kind: KindOf(f)}
	if key.message != "" {
		key.check = c.ID
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

// manyKinds is how many violations of the contract are listed without a click.
const manyKinds = 60

// group gathers the deviations by ruling, and all violations and all notes:
// worst and most frequent first.
func (k *kinds) group() {
	type key struct {
		severity validate.Severity
		ruling   string
	}
	by := map[key]*kindGroup{}
	for _, v := range k.list {
		of := key{severity: v.Severity}
		if v.Severity == validate.Deviation {
			of.ruling = v.Ruling
		}
		g, ok := by[of]
		if !ok {
			g = &kindGroup{Severity: of.severity, Ruling: of.ruling}
			by[of] = g
			k.groups = append(k.groups, g)
		}
		v.group = g
		g.Count += v.Count
		g.Kinds = append(g.Kinds, v)
		if g.Ruling != "" && g.Text == "" {
			g.Text = v.RulingText
		}
		g.Open = v.Severity == validate.Violation && len(g.Kinds) <= manyKinds
	}
	slices.SortStableFunc(k.groups, func(a, b *kindGroup) int {
		return cmp.Or(rank(a.Severity)-rank(b.Severity), b.Count-a.Count)
	})
	for i, g := range k.groups {
		g.Index = i + 1
	}
	for c := range k.of {
		for _, m := range k.met(c) {
			m.Checks++
		}
	}
}

// met is the groups of a check in their order, with how often it met each kind of them.
func (k *kinds) met(c *Check) []metGroup {
	times := map[*kindView]int{}
	for _, v := range k.of[c] {
		times[v]++
	}
	by := map[*kindGroup]*metGroup{}
	for _, v := range slices.SortedFunc(maps.Keys(times), func(a, b *kindView) int { return a.Index - b.Index }) {
		if by[v.group] == nil {
			by[v.group] = &metGroup{kindGroup: v.group}
		}
		m := by[v.group]
		m.Kinds = append(m.Kinds, metKind{v, times[v]})
		m.Times += times[v]
	}
	var met []metGroup
	for _, m := range by {
		met = append(met, *m)
	}
	slices.SortFunc(met, func(a, b metGroup) int { return a.Index - b.Index })
	return met
}

// alike is the first of the findings of a check that are of one kind.
type alike struct {
	Finding
	times int
	// also are the further exchanges that such a finding is about.
	also []string
}

// foundAll is what was found at any of its places.
func (v *kindView) foundAll() string {
	var texts []string
	for _, g := range v.Gots {
		texts = append(texts, orWord(g.Text, "(not stated)"))
	}
	s := strings.Join(texts, " or ")
	if v.OtherGots > 0 {
		s += fmt.Sprintf(" or something else, %d times", v.OtherGots)
	}
	return s
}

// alikes is the findings of a check without repetition, worst first and else in their order.
func alikes(c *Check) []alike {
	var list []alike
	at := map[*kindView]int{}
	one := []Check{*c}
	for i, v := range newKinds(one).of[&one[0]] {
		f := &c.Findings[i]
		n, ok := at[v]
		if !ok {
			n = len(list)
			at[v] = n
			list = append(list, alike{Finding: *f})
			if v.varies() {
				list[n].Got = v.foundAll()
			}
		}
		a := &list[n]
		a.times++
		if f.Exchange != "" && f.Exchange != a.Exchange && !slices.Contains(a.also, f.Exchange) {
			a.also = append(a.also, f.Exchange)
		}
	}
	slices.SortStableFunc(list, func(a, b alike) int { return rank(a.Severity) - rank(b.Severity) })
	return list
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

// Short is the beginning of what a group's ruling says.
func (g *kindGroup) Short() string { return clip(oneLine(g.Text), manyRunes) }

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
