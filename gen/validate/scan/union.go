package scan

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"
)

// Branch is one alternative of a value.
type Branch struct {
	Value Value
	// Takes are the first bytes of the values it may fit: `"` for strings, 0 for
	// numbers, t for booleans, n, [ and {.
	Takes string
	// Object is set for a branch that is an object with listed members, Map says that
	// it is a map.
	Object *Object
	Map    bool
	// Epochs in which the branch exists; nil means all.
	Epochs []bool
	// Since and Until are its microversions, for messages.
	Since, Until string
}

func (b *Branch) exists(epoch int) bool {
	return b.Epochs == nil || epoch < len(b.Epochs) && b.Epochs[epoch]
}

func (b *Branch) takes(c byte) bool { return strings.IndexByte(b.Takes, c) >= 0 }

// starts are the kinds of values by their first byte.
const starts = `"0tn[{`

// start is the kind of the value at i as an index of starts, -1 for no value.
func (s *Scan) start(i int) int {
	switch c := s.Peek(i); c {
	case '"':
		return 0
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return 1
	case 't', 'f':
		return 2
	case 'n':
		return 3
	case '[':
		return 4
	case '{':
		return 5
	}
	return -1
}

// Alternatives are the branches of anyOf or oneOf.
type Alternatives struct {
	Rule
	Branches []Branch
	// One says that exactly one branch must fit.
	One bool
	// Says names the branches.
	Says string

	// id is the slot in Scan.fitted.
	id int
	// only is the one branch to try by epoch and kind, many if there are more.
	only [][len(starts)]int8
	// excludes says of two branches that what the first leaves nothing to say
	// about can't fit the second.
	excludes [][]bool
}

const (
	many    = -1
	nothing = -2
)

// unions counts those that were readied, so that each has a slot of its own.
var unions atomic.Int32

// NewAlternatives readies a for use. The generated code calls it once for each union.
func NewAlternatives(a Alternatives) *Alternatives {
	a.id = int(unions.Add(1)) - 1
	epochs := 1
	for b := range a.Branches {
		epochs = max(epochs, len(a.Branches[b].Epochs))
	}
	a.only = make([][len(starts)]int8, epochs)
	for e := range a.only {
		for k := range starts {
			a.only[e][k] = a.single(e, starts[k])
		}
	}
	a.excludes = make([][]bool, len(a.Branches))
	for x := range a.Branches {
		a.excludes[x] = make([]bool, len(a.Branches))
		for y := range a.Branches {
			a.excludes[x][y] = apart(&a.Branches[x], &a.Branches[y])
		}
	}
	return &a
}

// single is the only branch that takes values of a kind. A value that fits none
// may have fitted one of another microversion, so those count.
func (a *Alternatives) single(epoch int, kind byte) int8 {
	found := int8(nothing)
	for b := range a.Branches {
		branch := &a.Branches[b]
		if !branch.takes(kind) {
			continue
		}
		if found != nothing || !branch.exists(epoch) {
			return many
		}
		found = int8(b)
	}
	return found
}

// apart reports whether an object of which x knows every member lacks one that y
// requires.
func apart(x, y *Branch) bool {
	if x.Object == nil || y.Object == nil || x.Object.Open {
		return false
	}
	if x.Takes != "{" || y.Takes != "{" {
		return false
	}
	for e := range y.Object.Epochs {
		if !demandsMore(&y.Object.Epochs[e], x.Object, y.Object) {
			return false
		}
	}
	return len(y.Object.Missing) == 0
}

func demandsMore(e *Epoch, x, y *Object) bool {
	for m := range y.Members {
		if e.Required.Has(m) && x.find([]byte(y.Members[m].Member)) < 0 {
			return true
		}
	}
	return false
}

// OneOf validates the value at i, which must fit one of the branches. The first
// byte of a value mostly leaves one to try, and what fitted last time is tried
// first. If none fits, the findings of the one that was meant are kept, if it can
// be told: the one that knows most of the members, then the one with the fewest
// findings.
func (s *Scan) OneOf(i int, a *Alternatives) int {
	s.held++
	next := s.oneOf(i, a)
	s.held--
	return next
}

func (s *Scan) oneOf(i int, a *Alternatives) int {
	k := s.start(i)
	if k < 0 {
		return s.noBranch(i, a, s.Mark())
	}
	epoch := min(s.epoch, len(a.only)-1)
	switch only := a.only[epoch][k]; only {
	case many:
		return s.guess(i, a, starts[k])
	case nothing:
		return s.noBranch(i, a, s.Mark())
	default:
		return a.Branches[only].Value(s, i)
	}
}

// guess tries the branch that fitted last time. If it leaves nothing to say and no
// other can fit too, that is all.
func (s *Scan) guess(i int, a *Alternatives, c byte) int {
	for len(s.fitted) <= a.id {
		s.fitted = append(s.fitted, 0)
	}
	g := int(s.fitted[a.id])
	if g < len(a.Branches) && a.Branches[g].exists(s.epoch) && a.Branches[g].takes(c) && !a.rival(g, s.epoch, c) {
		mark := s.Mark()
		next := a.Branches[g].Value(s, i)
		if next < 0 {
			return s.undecided(mark)
		}
		if s.clean(mark) {
			return next
		}
		s.Back(mark)
	}
	return s.tryBranches(i, a, c)
}

// undecided ends with a value that is no JSON: of what was found in it since the mark
// only that is kept, since the rest depends on the branch that was tried first.
func (s *Scan) undecided(mark Mark) int {
	found := s.found[min(mark.found, len(s.found)):]
	if at := slices.IndexFunc(found, func(r raw) bool { return r.kind == syntax }); at >= 0 {
		s.found = append(s.found[:mark.found], found[at])
		s.dropped = mark.dropped
	}
	return -1
}

// rival reports whether another branch may fit what g leaves nothing to say about,
// and must not.
func (a *Alternatives) rival(g, epoch int, c byte) bool {
	if !a.One {
		return false
	}
	for b := range a.Branches {
		branch := &a.Branches[b]
		if b != g && branch.exists(epoch) && branch.takes(c) && !a.excludes[g][b] {
			return true
		}
	}
	return false
}

// attempt is how well a branch explains a value that it does not fit: few fixed
// members of another value, then many members that it knows, then few findings.
type attempt struct{ branch, wrong, known, findings int }

func (a attempt) compare(b attempt) int {
	return cmp.Or(b.wrong-a.wrong, a.known-b.known, b.findings-a.findings)
}

func (s *Scan) tryBranches(i int, a *Alternatives, c byte) int {
	mark := s.Mark()
	best, fits, tie := attempt{branch: -1}, 0, false
	for b := range a.Branches {
		branch := &a.Branches[b]
		if !branch.exists(s.epoch) || !branch.takes(c) {
			continue
		}
		if branch.Value(s, i) < 0 {
			return s.undecided(mark)
		}
		n := attempt{branch: b, findings: len(s.found) - mark.found + s.dropped - mark.dropped}
		if !s.Severe(mark) {
			if fits++; fits == 1 || n.findings < best.findings {
				best = n
			}
			s.Back(mark)
			continue
		}
		if fits == 0 {
			n.wrong, n.known = s.likeness(i, branch, s.found[mark.found:])
			switch {
			case best.branch < 0 || n.compare(best) > 0:
				best, tie = n, false
			case n.compare(best) == 0:
				tie = true
			}
		}
		s.Back(mark)
	}
	if fits > 0 {
		s.fitted[a.id] = uint8(best.branch)
		if a.One && fits > 1 {
			s.add(raw{at: i, kind: manyBranches, rule: &a.Rule, want: "just one of " + a.Says})
		}
		return a.Branches[best.branch].Value(s, i)
	}
	if next, ok := s.otherVersion(i, a, c); ok {
		return next
	}
	if best.branch >= 0 && !tie {
		return a.Branches[best.branch].Value(s, i)
	}
	return s.noBranch(i, a, mark)
}

// otherVersion records a value that only fits at other microversions.
func (s *Scan) otherVersion(i int, a *Alternatives, c byte) (next int, ok bool) {
	mark := s.Mark()
	for b := range a.Branches {
		branch := &a.Branches[b]
		if branch.exists(s.epoch) || !branch.takes(c) {
			continue
		}
		next = branch.Value(s, i)
		fit := next >= 0 && !s.Severe(mark)
		s.Back(mark)
		if fit {
			s.add(raw{at: i, kind: outsideVersion, rule: &a.Rule, member: &Member{Since: branch.Since, Until: branch.Until}})
			return next, true
		}
	}
	return 0, false
}

// noBranch records a value that fits none of the branches.
func (s *Scan) noBranch(i int, a *Alternatives, mark Mark) int {
	next := s.Skip(i)
	if next >= 0 {
		kind := noBranch
		if a.One {
			kind = manyBranches
		}
		s.insert(mark.found, raw{at: i, kind: kind, rule: &a.Rule, want: a.Says})
	}
	return next
}

// likeness counts the members of the object at i that a branch knows, and those of
// them that have another value than the few that are allowed: a name for the kind
// of object, mostly.
func (s *Scan) likeness(i int, branch *Branch, found []raw) (wrong, known int) {
	b, o := s.b, branch.Object
	if o == nil && !branch.Map || s.Peek(i) != '{' {
		return 0, 0
	}
	for i = s.Space(i + 1); i < len(b) && b[i] == '"'; i = s.Space(i + 1) {
		end := s.scalarEnd(i)
		listed := o == nil || o.Open || end-1 > i && o.find(b[i+1:end-1]) >= 0
		i = s.Space(s.Space(end) + 1)
		if listed {
			known++
			if slices.ContainsFunc(found, func(r raw) bool { return r.at == i && (r.kind == enum || r.kind == constant) }) {
				wrong++
			}
		}
		if i = s.Space(s.valueEnd(i)); i >= len(b) || b[i] != ',' {
			break
		}
	}
	return wrong, known
}

// Deviation is what a ruling tolerates in place of a value.
type Deviation struct {
	Ruling   string
	Value    Value
	Profiles []string
	// Says is what is tolerated, in words.
	Says string
}

// Tally says how much was found, and kept, so far.
type Tally struct{ found, dropped, spans int }

// Tally is the present one.
func (s *Scan) Tally() Tally { return Tally{len(s.found), s.dropped, len(s.spans)} }

// Tolerate validates the value at i; a value that breaks its schema but fits a
// deviation is one finding with the ruling's id.
func (s *Scan) Tolerate(i int, value Value, deviations []Deviation) int {
	mark := s.Tally()
	s.held++
	next := value(s, i)
	s.held--
	return s.Tolerated(i, next, mark, deviations)
}

// Tolerated is the end of Tolerate: next is where the value ended, mark the tally before it.
func (s *Scan) Tolerated(i, next int, mark Tally, deviations []Deviation) int {
	if next < 0 || len(s.found) == mark.found && s.dropped == mark.dropped {
		return next
	}
	return s.tolerate(i, next, Mark{mark.found, mark.dropped, mark.spans, len(s.names), s.depth}, deviations)
}

func (s *Scan) tolerate(i, end int, mark Mark, deviations []Deviation) int {
	if !s.Severe(mark) {
		return end
	}
	broken, dropped := slices.Clone(s.found[mark.found:]), s.dropped
	first := -1
	for k := range broken {
		// What is wrong with a value as a whole is found at its end, but told first.
		if broken[k].severe() && (first < 0 || broken[k].at < broken[first].at) {
			first = k
		}
	}
	if first < 0 {
		return end // there was no room for what is severe
	}
	for d := range deviations {
		if p := deviations[d].Profiles; p != nil && !slices.Contains(p, s.profile) {
			continue
		}
		s.Back(mark)
		s.held++
		next := deviations[d].Value(s, i)
		s.held--
		if next >= 0 && !s.Severe(mark) {
			notes := slices.Clone(s.found[mark.found:])
			s.Back(mark)
			// What broke the schema is told, if only as a deviation; and members that
			// neither documents.
			broken[first].ruling = deviations[d].Ruling
			for k := range broken {
				if k == first || broken[k].kind == undocumented && slices.ContainsFunc(notes, func(n raw) bool { return n.at == broken[k].at }) {
					s.add(broken[k])
				}
			}
			return end
		}
	}
	s.Back(mark)
	s.found, s.dropped = append(s.found, broken...), dropped
	return end
}
