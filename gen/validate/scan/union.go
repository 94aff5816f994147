package scan

import (
	"slices"
	"strings"
)

// Branch is one alternative of a value.
type Branch struct {
	Value Value
	// Takes are the first bytes of the values it may fit: `"` for strings, 0 for
	// numbers, t for booleans, n, [ and {.
	Takes string
	// Object is set for a branch that is an object with listed members.
	Object *Object
	// Epochs in which the branch exists; nil means all.
	Epochs []bool
	// Since and Until are its microversions, for messages.
	Since, Until string
}

func (b *Branch) exists(epoch int) bool {
	return b.Epochs == nil || epoch < len(b.Epochs) && b.Epochs[epoch]
}

func (b *Branch) takes(c byte) bool { return strings.IndexByte(b.Takes, c) >= 0 }

// start is the first byte of the kind of value at i.
func (s *Scan) start(i int) byte {
	switch c := s.Peek(i); {
	case c == '-' || c-'0' < 10:
		return '0'
	case c == 'f':
		return 't'
	default:
		return c
	}
}

// Alternatives are the branches of anyOf or oneOf.
type Alternatives struct {
	Rule
	Branches []Branch
	// One says that exactly one branch must fit.
	One bool
	// Says names the branches.
	Says string
}

// OneOf validates the value at i, which must fit one of the branches. The first
// byte of a value mostly leaves one to try. If none fits, the findings of the
// one that was meant are kept, if it can be told: the one that knows most of the
// members, then the one with the fewest findings.
func (s *Scan) OneOf(i int, a *Alternatives) int {
	c := s.start(i)
	only, candidates := -1, 0
	for b := range a.Branches {
		if branch := &a.Branches[b]; branch.exists(s.epoch) && branch.takes(c) {
			only = b
			candidates++
		}
	}
	if candidates == 1 && !s.gatedTwin(a, c) {
		return a.Branches[only].Value(s, i)
	}
	return s.tryBranches(i, a, c)
}

// gatedTwin reports whether a branch of another microversion takes c as well.
func (s *Scan) gatedTwin(a *Alternatives, c byte) bool {
	for b := range a.Branches {
		if branch := &a.Branches[b]; branch.Epochs != nil && !branch.exists(s.epoch) && branch.takes(c) {
			return true
		}
	}
	return false
}

func (s *Scan) tryBranches(i int, a *Alternatives, c byte) int {
	mark := s.Mark()
	best, bestShape, fewest, fits, tie, next := -1, 0, 0, 0, false, 0
	for b := range a.Branches {
		branch := &a.Branches[b]
		if !branch.exists(s.epoch) || !branch.takes(c) {
			continue
		}
		if next = branch.Value(s, i); next < 0 {
			return next
		}
		n := len(s.found) - mark.found + s.dropped - mark.dropped
		fit := !s.Severe(mark)
		s.Back(mark)
		if fit {
			if fits++; fits == 1 || n < fewest {
				best, fewest = b, n
			}
			continue
		}
		if fits > 0 {
			continue
		}
		shape := s.known(i, branch.Object)
		switch {
		case best < 0 || shape > bestShape || shape == bestShape && n < fewest:
			best, bestShape, fewest, tie = b, shape, n, false
		case shape == bestShape && n == fewest:
			tie = true
		}
	}
	if fits > 0 {
		if a.One && fits > 1 {
			s.add(raw{at: i, kind: manyBranches, rule: &a.Rule, want: "just one of " + a.Says})
		}
		return a.Branches[best].Value(s, i)
	}
	for b := range a.Branches {
		branch := &a.Branches[b]
		if branch.exists(s.epoch) || !branch.takes(c) {
			continue
		}
		next := branch.Value(s, i)
		fit := next >= 0 && !s.Severe(mark)
		s.Back(mark)
		if fit {
			s.add(raw{at: i, kind: outsideVersion, rule: &a.Rule, member: &Member{Since: branch.Since, Until: branch.Until}})
			return next
		}
	}
	if best >= 0 && !tie {
		return a.Branches[best].Value(s, i)
	}
	if next = s.Skip(i); next >= 0 {
		kind := noBranch
		if a.One {
			kind = manyBranches
		}
		s.insert(mark.found, raw{at: i, kind: kind, rule: &a.Rule, want: a.Says})
	}
	return next
}

// known counts the members of the object at i that o lists.
func (s *Scan) known(i int, o *Object) int {
	b := s.b
	if o == nil || s.Peek(i) != '{' {
		return 0
	}
	n := 0
	for i = s.Space(i + 1); i < len(b) && b[i] == '"'; i = s.Space(i + 1) {
		end := s.scalarEnd(i)
		if end-1 > i && o.find(b[i+1:end-1]) >= 0 {
			n++
		}
		i = s.Space(s.valueEnd(s.Space(s.Space(end) + 1)))
		if i >= len(b) || b[i] != ',' {
			break
		}
	}
	return n
}

// Deviation is what a ruling tolerates in place of a value.
type Deviation struct {
	Ruling   string
	Value    Value
	Profiles []string
	// Says is what is tolerated, in words.
	Says string
}

// Tolerate validates the value at i; a value that breaks its schema but fits a
// deviation is one finding with the ruling's id.
func (s *Scan) Tolerate(i int, r *Rule, value Value, deviations []Deviation) int {
	mark := s.Mark()
	next := value(s, i)
	if next < 0 || !s.Severe(mark) {
		return next
	}
	// What broke the schema is told, if only as a deviation.
	broken := slices.Clone(s.found[mark.found:])
	dropped := s.dropped
	for d := range deviations {
		if p := deviations[d].Profiles; p != nil && !slices.Contains(p, s.profile) {
			continue
		}
		s.Back(mark)
		if deviations[d].Value(s, i) >= 0 && !s.Severe(mark) {
			s.Back(mark)
			first := broken[0]
			first.ruling = deviations[d].Ruling
			s.add(first)
			return next
		}
	}
	s.Back(mark)
	s.found = append(s.found, broken...)
	s.dropped = dropped
	return next
}

// Names describes the member names of a map.
type Names struct {
	Rule
	// Name is the rule for a member's name; nil allows all.
	Name     *Text
	Min, Max int // Max 0 is no limit
	Limited  bool
}

// Entries is a map being read: an object whose member names are data.
//
//	m := s.OpenMap(i, &names)
//	for s.Entry(&m) {
//		m.I = value(s, m.I)
//	}
//	return s.CloseMap(&m)
type Entries struct {
	// I is the offset of the value, and after it the offset behind the value.
	I     int
	names *Names
	n     int
	begin int
	scope uint64
	state state
}

// OpenMap begins the map at i. If there is none the reason is recorded and the
// value passed over.
func (s *Scan) OpenMap(i int, n *Names) Entries {
	m := Entries{I: i, names: n, begin: i}
	if s.Peek(i) != '{' {
		m.state, m.begin = done, -1
		m.I = s.Other(i, &n.Rule, "an object")
		return m
	}
	if !s.enter(i) {
		m.state, m.I, m.begin = done, -1, -1
		return m
	}
	m.scope = s.keys.open()
	m.I = i + 1
	return m
}

// Entry reports whether there is a further member; its value begins at m.I.
func (s *Scan) Entry(m *Entries) bool {
	i := m.I
	switch m.state {
	case done:
		return false
	case first:
		i = s.Space(i)
		if s.Peek(i) == '}' {
			m.I, m.state = i+1, done
			return false
		}
		m.state = within
	case within:
		if i < 0 {
			m.begin, m.state = -1, done
			return false
		}
		i = s.Space(i)
		switch s.Peek(i) {
		case ',':
			i = s.Space(i + 1)
		case '}':
			m.I, m.state = i+1, done
			return false
		default:
			s.broken(i, "a comma or the end of the object")
			m.I, m.begin, m.state = -1, -1, done
			return false
		}
	}
	if i = s.entryName(m, i); i < 0 {
		m.I, m.begin, m.state = -1, -1, done
		return false
	}
	m.n++
	m.I = s.Space(i)
	return true
}

func (s *Scan) entryName(m *Entries, i int) int {
	if s.Peek(i) != '"' {
		s.broken(i, "a member name")
		return -1
	}
	t, j := s.text(i)
	if j < 0 {
		return -1
	}
	if !s.keys.add(m.scope, s.chars(t)) {
		s.add(raw{at: i, kind: duplicateMember, rule: &m.names.Rule})
	}
	s.checkName(i, t, m.names.Name)
	if j = s.Space(j); s.Peek(j) != ':' {
		s.broken(j, "a colon")
		return -1
	}
	return j + 1
}

// CloseMap ends the map and returns the offset after it.
func (s *Scan) CloseMap(m *Entries) int {
	if m.begin < 0 {
		return m.I
	}
	s.depth--
	n := m.names
	if m.n < n.Min {
		s.add(raw{at: m.begin, kind: minProperties, rule: &n.Rule, n: m.n, object: &Object{Min: n.Min}})
	}
	if (n.Limited || n.Max > 0) && m.n > n.Max {
		s.add(raw{at: m.begin, kind: maxProperties, rule: &n.Rule, n: m.n, object: &Object{Max: n.Max}})
	}
	return m.I
}

// checkName holds the name of a member against its rule, if there is one.
func (s *Scan) checkName(i int, t text, r *Text) {
	if r == nil {
		return
	}
	before := len(s.found)
	s.checkText(i, t, r)
	for k := before; k < len(s.found); k++ {
		// One keyword for all that can be wrong with a name.
		s.found[k].want = s.expected(&s.found[k])
		s.found[k].kind = memberName
	}
}
