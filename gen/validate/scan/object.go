package scan

import (
	"encoding/binary"
	"math/bits"
	"sync/atomic"
)

// MaxMembers is how many members an Object may list.
const MaxMembers = 192

// Set is a set of members of an Object.
type Set [MaxMembers / 64]uint64

// SetOf is the set of the given members.
func SetOf(members ...int) (t Set) {
	for _, m := range members {
		t[m>>6] |= 1 << (m & 63)
	}
	return t
}

// Has reports whether m is in the set.
func (t *Set) Has(m int) bool { return t[m>>6]>>(m&63)&1 != 0 }

// Epoch is what an Object looks like between two gates.
type Epoch struct {
	// Gated are the members outside of their range, Required those that must be there.
	Gated, Required Set
}

// Object describes objects.
type Object struct {
	Rule
	// Members in the order of the document; the index is the member's number.
	Members []Member
	// Epochs by the number of the epoch; one Epoch stands for all if nothing is gated.
	Epochs []Epoch
	// Open says that further members have a schema of their own and come as member Extra.
	Open bool
	// Name is the rule for the names of such members; nil allows all.
	Name *Text
	// Min and Max count members; Max 0 is no limit.
	Min, Max int
	// Limited says that Max is a limit even if it is 0.
	Limited bool
	// Missing names the rulings under which a required member may be missing.
	Missing []Tolerance

	id    int     // slot in Scan.order
	byLen []uint8 // indices of Members ordered by length of name
	from  []uint8 // from[n] is where names of length n begin in byLen
}

// Tolerance is a ruling that turns a violation into a deviation.
type Tolerance struct {
	Ruling string
	// Members whose absence it tolerates.
	Members Set
	// Profiles it is limited to; nil means all.
	Profiles []string
}

func (t *Tolerance) applies(profile string) bool {
	if t.Profiles == nil {
		return true
	}
	for _, p := range t.Profiles {
		if p == profile {
			return true
		}
	}
	return false
}

// Member is one member of an Object.
type Member struct {
	Rule
	// Member is its name on the wire.
	Member string
	// Since and Until are its microversions, for messages; "" is open.
	Since, Until string

	words []uint64 // `"name":` as little-endian words
	last  uint64   // mask of the last word
	size  int
}

// Extra is the number of a member that the Object does not list.
const Extra = MaxMembers

// objects counts the types that were readied, so that each has a slot of its own.
var objects atomic.Int32

// NewObject readies o for use. The generated code calls it once for each type.
func NewObject(o Object) *Object {
	o.id = int(objects.Add(1)) - 1
	longest := 0
	for i := range o.Members {
		m := &o.Members[i]
		lit := `"` + m.Member + `":`
		m.size = len(lit)
		m.last = ^uint64(0)
		if r := len(lit) % 8; r != 0 {
			m.last = 1<<(8*r) - 1
		}
		padded := make([]byte, (len(lit)+7)/8*8)
		copy(padded, lit)
		for k := 0; k < len(padded); k += 8 {
			m.words = append(m.words, binary.LittleEndian.Uint64(padded[k:]))
		}
		longest = max(longest, len(m.Member))
	}
	o.from = make([]uint8, longest+2)
	for n := range longest + 1 {
		o.from[n] = uint8(len(o.byLen))
		for i := range o.Members {
			if len(o.Members[i].Member) == n {
				o.byLen = append(o.byLen, uint8(i))
			}
		}
	}
	o.from[longest+1] = uint8(len(o.byLen))
	if len(o.Epochs) == 0 {
		o.Epochs = []Epoch{{}}
	}
	return &o
}

// at reports whether the member's literal `"name":` stands at i.
func (m *Member) at(b []byte, i int) bool {
	n := len(m.words) * 8
	if len(b)-i < n {
		return false // the long way finds it
	}
	p := b[i : i+n]
	k := 0
	for ; k < len(m.words)-1; k++ {
		if binary.LittleEndian.Uint64(p[k*8:]) != m.words[k] {
			return false
		}
	}
	return (binary.LittleEndian.Uint64(p[k*8:])^m.words[k])&m.last == 0
}

// find is the number of the member of that name, -1 if there is none.
func (o *Object) find(name []byte) int {
	n := len(name)
	if n+1 >= len(o.from) {
		return -1
	}
	for _, m := range o.byLen[o.from[n]:o.from[n+1]] {
		if o.Members[m].Member == string(name) {
			return int(m)
		}
	}
	return -1
}

// Fields is an object being read:
//
//	f := s.Open(i, object)
//	for s.Next(&f) {
//		switch f.Member {
//		case 0:
//			f.I = s.String(f.I, &name)
//		}
//	}
//	return s.Close(&f)
type Fields struct {
	// I is the offset of the value, and after it the offset behind the value.
	I int
	// Member is the number of the member, or Extra.
	Member int
	// Seen are the members so far.
	Seen   Set
	object *Object
	epoch  *Epoch
	order  []uint8
	// Begin is the offset of the object, -1 if it is none.
	Begin  int
	prev   int
	extras int
	scope  uint64
	state  state
}

// Open begins the object at i. If there is none the reason is recorded and the
// value passed over.
func (s *Scan) Open(i int, o *Object) (f Fields) {
	f.object = o
	f.Begin = i
	if s.Peek(i) != '{' {
		f.state = done
		f.Begin = -1
		f.I = s.Other(i, &o.Rule, "an object")
		return f
	}
	if !s.enter(i) {
		f.state, f.I, f.Begin = done, -1, -1
		return f
	}
	f.epoch = &o.Epochs[0]
	if s.epoch < len(o.Epochs) {
		f.epoch = &o.Epochs[s.epoch]
	}
	if o.id < len(s.order) {
		f.order = s.order[o.id]
	}
	if f.order == nil {
		f.order = s.learn(o)
	}
	f.prev = 0
	f.I = i + 1
	return f
}

// learn begins with the order of the document.
func (s *Scan) learn(o *Object) []uint8 {
	for len(s.order) <= o.id {
		s.order = append(s.order, nil)
	}
	order := make([]uint8, len(o.Members)+1)
	for m := range o.Members {
		order[m] = uint8(m)
	}
	s.order[o.id] = order
	return order
}

// Next reports whether there is a further member to validate; its value begins
// at f.I. Members without a schema are dealt with on the way.
func (s *Scan) Next(f *Fields) bool {
	b := s.b
	i := f.I
	for {
		switch f.state {
		case done:
			return false
		case first:
			i = s.Space(i)
			if i < len(b) && b[i] == '}' {
				f.I, f.state = i+1, done
				return false
			}
			f.state = within
		case within:
			if i < 0 {
				f.I, f.Begin, f.state = -1, -1, done
				return false
			}
			if i >= len(b) || b[i] != ',' {
				i = s.Space(i)
				if i < len(b) && b[i] == '}' {
					f.I, f.state = i+1, done
					return false
				}
				if i >= len(b) || b[i] != ',' {
					s.broken(i, "a comma or the end of the object")
					f.I, f.Begin, f.state = -1, -1, done
					return false
				}
			}
			i++
			if i < len(b) && b[i] <= ' ' {
				i = s.Space(i)
			}
		}
		// The member that followed last time is tried first.
		o := f.object
		var m int
		at := i
		if p := int(f.order[f.prev]); p < len(o.Members) && o.Members[p].at(b, i) {
			m = p
			i += o.Members[p].size
		} else {
			if m, i = s.key(f, i); i < 0 {
				f.I, f.Begin, f.state = -1, -1, done
				return false
			}
			if m < len(o.Members) {
				f.order[f.prev] = uint8(m)
			}
		}
		if i < len(b) && b[i] <= ' ' {
			i = s.Space(i)
		}
		if m == Extra {
			f.extras++
			if f.object.Open {
				f.Member, f.I = Extra, i
				return true
			}
			i = s.Skip(i)
			continue
		}
		f.prev = m + 1
		w, bit := m>>6, uint64(1)<<(m&63)
		if f.Seen[w]&bit != 0 {
			s.add(raw{at: at, kind: duplicateMember, rule: &o.Members[m].Rule, member: &o.Members[m]})
		}
		f.Seen[w] |= bit
		if f.epoch.Gated[w]&bit != 0 {
			s.add(raw{at: i, kind: outsideVersion, rule: &o.Members[m].Rule, member: &o.Members[m]})
			i = s.Skip(i)
			continue
		}
		f.Member, f.I = m, i
		return true
	}
}

// key reads a member name that was not predicted and the colon after it.
func (s *Scan) key(f *Fields, i int) (m, next int) {
	if s.Peek(i) != '"' {
		s.broken(i, "a member name")
		return 0, -1
	}
	t, j := s.text(i)
	if j < 0 {
		return 0, -1
	}
	name := s.chars(t)
	m = f.object.find(name)
	if m < 0 {
		m = Extra
		if f.scope == 0 {
			f.scope = s.keys.open()
		}
		if !s.keys.add(f.scope, name) {
			s.add(raw{at: i, kind: duplicateMember, rule: &f.object.Rule})
		} else if f.object.Open {
			s.checkName(i, t, f.object.Name)
		} else {
			if k := f.object.fold(name); k >= 0 {
				s.add(raw{at: i, kind: wrongCase, rule: &f.object.Rule, member: &f.object.Members[k]})
			} else {
				s.add(raw{at: i, kind: undocumented, rule: &f.object.Rule})
			}
		}
	}
	if j >= len(s.b) || s.b[j] != ':' {
		if j = s.Space(j); s.Peek(j) != ':' {
			s.broken(j, "a colon")
			return 0, -1
		}
	}
	return m, j + 1
}

// fold is the number of the member whose name differs in case only, -1 if none does.
func (o *Object) fold(name []byte) int {
	for m := range o.Members {
		if w := o.Members[m].Member; len(w) == len(name) && equalFold(w, name) {
			return m
		}
	}
	return -1
}

func equalFold(a string, b []byte) bool {
	for i := range len(a) {
		x, y := a[i], b[i]
		if x == y {
			continue
		}
		if x|0x20 != y|0x20 || x|0x20 < 'a' || x|0x20 > 'z' {
			return false
		}
	}
	return true
}

// Close ends the object and returns the offset after it.
func (s *Scan) Close(f *Fields) int {
	if f.Begin < 0 {
		return f.I
	}
	s.depth--
	o := f.object
	for w, required := range f.epoch.Required {
		if missing := required &^ f.Seen[w]; missing != 0 {
			s.missing(f, w, missing)
		}
	}
	if o.Min > 0 || o.Max > 0 || o.Limited {
		n := f.extras
		for _, w := range f.Seen {
			n += bits.OnesCount64(w)
		}
		if n < o.Min {
			s.add(raw{at: f.Begin, kind: minProperties, rule: &o.Rule, n: n, object: o})
		}
		if (o.Limited || o.Max > 0) && n > o.Max {
			s.add(raw{at: f.Begin, kind: maxProperties, rule: &o.Rule, n: n, object: o})
		}
	}
	return f.I
}

func (s *Scan) missing(f *Fields, w int, missing uint64) {
	o := f.object
	for ; missing != 0; missing &= missing - 1 {
		m := w<<6 + bits.TrailingZeros64(missing)
		r := raw{at: f.Begin, kind: required, rule: &o.Members[m].Rule, member: &o.Members[m]}
		for t := range o.Missing {
			if o.Missing[t].Members.Has(m) && o.Missing[t].applies(s.profile) {
				r.ruling = o.Missing[t].Ruling
			}
		}
		s.add(r)
	}
}
