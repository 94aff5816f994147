package scan

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sync/atomic"

	"github.com/ecsconform/ecsconform/gen/microversion"
)

// MaxMembers is how many members an Object may list.
const MaxMembers = 192

// Set is a set of members of an Object. It has room for every uint8, so that one
// can index it unchecked.
type Set [4]uint64

// SetOf is the set of the given members.
func SetOf(members ...int) (t Set) {
	for _, m := range members {
		t[m>>6] |= 1 << (m & 63)
	}
	return t
}

// Has reports whether m is in the set.
func (t *Set) Has(m int) bool { return t[m>>6&3]>>(m&63)&1 != 0 }

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
	// Min and Max count members; Max is NoLimit if there is none.
	Min, Max int
	// Missing names the rulings under which a required member may be missing.
	Missing []Tolerance

	// id is the slot in Scan.order.
	id int
	// keys are the members' names as they stand in a body. slots finds them by a
	// hash, others leads on to one with the same hash.
	keys          []key
	slots, others []uint8
	mix           uint64
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
	return t.Profiles == nil || slices.Contains(t.Profiles, profile)
}

// Outside is a ruling under which something may exist at microversions outside of
// its range.
type Outside struct {
	Ruling string
	At     microversion.Range
	// Profiles it is limited to; nil means all.
	Profiles []string
}

// ToleratedAt is the first ruling of the list that applies, "" if none does.
func ToleratedAt(list []Outside, v microversion.Version, profile string) string {
	for i := range list {
		if o := &list[i]; o.At.Contains(v) && (o.Profiles == nil || slices.Contains(o.Profiles, profile)) {
			return o.Ruling
		}
	}
	return ""
}

// Member is one member of an Object.
type Member struct {
	Rule
	// Member is its name on the wire.
	Member string
	// Since and Until are its microversions, for messages; "" is open.
	Since, Until string
	// Outside are the rulings that tolerate it elsewhere.
	Outside []Outside
	// Text is the rule of its value if that is a string with no rules but its length.
	// Next validates such a value on the way, and does not return it.
	Text *Text
}

// Extra is the number of a member that the Object does not list.
const Extra = MaxMembers

// objects counts the types that were readied, so that each has a slot of its own.
var objects atomic.Int32

// NewObject readies o for use. The generated code calls it once for each type.
func NewObject(o Object) *Object {
	o.id = int(objects.Add(1)) - 1
	for i := range o.Members {
		o.keys = append(o.keys, newKey(&o.Members[i], i))
	}
	o.hash()
	if len(o.Epochs) == 0 {
		o.Epochs = []Epoch{{}}
	}
	return &o
}

// Fields is an object being read:
//
//	var f scan.Fields
//	m, i := s.Open(&f, i, object)
//	for ; m >= 0; m, i = s.Next(&f, i) {
//		switch m {
//		case 0:
//			i = s.String(i, &name)
//		}
//	}
//	return s.Close(&f, i)
type Fields struct {
	object *Object
	epoch  *Epoch
	order  *order
	// Begin is the offset of the object, -1 if it is none.
	Begin int
	// barred are the members that must not come any more: those so far, and those
	// outside of their range, of which late are those so far; nil is none.
	barred Set
	late   *Set
	// prev is one more than the last member.
	prev uint8
	// extras is the number of members that are not listed or outside of their range.
	extras int
	// names are those of the members that are not listed, if named.
	names names
	named bool
}

// order remembers which member of an object followed which; 0 stands for the
// beginning, otherwise the index is one more than the member.
type order [256]uint8

// Open begins the object at i. It returns its first member that is to be
// validated and the offset of the member's value. If there is no object the
// reason is recorded and the value passed over; m is -1 where there is no member.
func (s *Scan) Open(f *Fields, i int, o *Object) (m, next int) {
	b := s.b
	if uint(i) >= uint(len(b)) || b[i] != '{' {
		f.Begin = -1
		return -1, s.Other(i, &o.Rule, "an object")
	}
	if s.depth >= MaxDepth {
		s.broken(i, "no deeper nesting")
		f.Begin = -1
		return -1, -1
	}
	s.depth++
	f.object, f.Begin = o, i
	f.epoch = &o.Epochs[0]
	if s.epoch < len(o.Epochs) {
		f.epoch = &o.Epochs[s.epoch]
	}
	f.barred = f.epoch.Gated
	if o.id < len(s.order) {
		f.order = s.order[o.id]
	}
	if f.order == nil {
		f.order = s.learn(o)
	}
	if i+1 < len(b) && b[i+1] != '"' {
		if j := s.Space(i + 1); s.Peek(j) == '}' {
			return -1, j + 1
		}
	}
	return s.Next(f, i)
}

// learn begins with the order of the document.
func (s *Scan) learn(o *Object) *order {
	for len(s.order) <= o.id {
		s.order = append(s.order, nil)
	}
	var l order
	for m := range l {
		l[m] = uint8(m)
	}
	l[len(o.Members)] = none
	s.order[o.id] = &l
	return &l
}

// Next goes on behind a value that ended at i, like Open. The member that followed
// last time is tried first. What is not as it mostly is others deal with: nothing is
// called from here that comes back, which keeps the loop in registers.
func (s *Scan) Next(f *Fields, i int) (m, next int) {
	b, keys, order := s.b, f.object.keys, f.order
	prev, barred := f.prev, f.barred[0]
members:
	for i >= 0 && i <= len(b)-8*keyWords && (b[i] == ',' || i == f.Begin) {
		at, q := i, (*[8 * keyWords]byte)(b[i:i+8*keyWords:i+8*keyWords])
		if q[1] <= ' ' {
			if at = s.Space(i+1) - 1; at > len(b)-8*keyWords {
				break
			}
			q = (*[8 * keyWords]byte)(b[at : at+8*keyWords : at+8*keyWords])
		}
		p := order[prev]
		if int(p) >= len(keys) {
			break
		}
		k := &keys[p]
		d := (binary.LittleEndian.Uint64(q[:])^k.text[0])&k.mask[0] | (binary.LittleEndian.Uint64(q[8:])^k.text[1])&k.mask[1]
		if k.long {
			d |= (binary.LittleEndian.Uint64(q[16:])^k.text[2])&k.mask[2] |
				(binary.LittleEndian.Uint64(q[24:])^k.text[3])&k.mask[3] | (binary.LittleEndian.Uint64(q[32:])^k.text[4])&k.mask[4]
		}
		if d != 0 || barred&k.bit != 0 {
			break
		}
		barred |= k.bit
		prev = p + 1
		if i = at + k.size; uint(i) >= uint(len(b)) {
			f.prev, f.barred[0] = prev, barred
			return s.value(f, i, p)
		}
		if c := b[i]; c != '"' || k.rule == nil {
			if c > ' ' && k.rule == nil {
				f.prev, f.barred[0] = prev, barred
				return int(p), i
			}
			if c <= ' ' {
				i = s.Space(i)
			}
			if k.rule == nil || i >= len(b) || b[i] != '"' {
				if k.rule != nil && k.rule.Null && len(b)-i >= 4 && binary.LittleEndian.Uint32(b[i:]) == null {
					i += 4
					continue
				}
				f.prev, f.barred[0] = prev, barred
				return s.value(f, i, p)
			}
		}
		// As in Plain.
		for j := i + 1; j <= len(b)-16; j += 16 {
			q := (*[16]byte)(b[j : j+16 : j+16])
			m := special(binary.LittleEndian.Uint64(q[:])) & highs
			second := special(binary.LittleEndian.Uint64(q[8:])) & highs
			if m|second == 0 {
				continue
			}
			if m == 0 {
				j, m = j+8, second
			}
			if j += bits.TrailingZeros64(m) >> 3; b[j] == '"' && uint(j-i)-k.least <= k.room {
				i = j + 1
				continue members
			}
			break
		}
		f.prev, f.barred[0] = prev, barred
		return s.value(f, i, p)
	}
	f.prev, f.barred[0] = prev, barred
	if uint(i) < uint(len(b)) && b[i] == '}' {
		return -1, i + 1
	}
	return s.behind(f, i)
}

// value goes on at i with the value of the member p, for which there was no short way.
func (s *Scan) value(f *Fields, i int, p uint8) (m, next int) {
	r := f.object.keys[p].rule
	if r == nil {
		return int(p), i
	}
	return s.behind(f, s.Plain(i, r))
}

// behind goes on behind a value that ended at i.
func (s *Scan) behind(f *Fields, i int) (m, next int) {
	if i != f.Begin {
		if i = s.comma(f, i); i < 0 || s.b[i] == '}' {
			return -1, i + 1
		}
	}
	return s.unpredicted(f, s.Space(i+1))
}

// unpredicted goes on with the name at i.
func (s *Scan) unpredicted(f *Fields, i int) (m, next int) {
	for {
		if m, i = s.seek(f, i); m != again {
			return m, i
		}
		if i = s.comma(f, i); i < 0 || s.b[i] == '}' {
			return -1, i + 1
		}
		i = s.Space(i + 1)
	}
}

// again is what seek returns when it dealt with a member itself.
const again = -2

// comma is the offset of the comma or the end of the object that follows at i, -2 if
// none does.
func (s *Scan) comma(f *Fields, i int) int {
	if i >= 0 {
		i = s.Space(i)
		if c := s.Peek(i); c == ',' || c == '}' {
			return i
		}
		s.broken(i, "a comma or the end of the object")
	}
	f.Begin = -1
	return -2
}

// seek reads the name at i, which was not predicted. Members that Next does not
// return are dealt with.
func (s *Scan) seek(f *Fields, i int) (m, next int) {
	o, at := f.object, i
	if m, i = s.key(f, i); i < 0 {
		return again, -1
	}
	if i < len(s.b) && s.b[i] <= ' ' {
		i = s.Space(i)
	}
	if m == Extra {
		f.extras++
		if o.Open {
			return m, i
		}
		return again, s.Skip(i)
	}
	f.order[f.prev] = uint8(m)
	f.prev = uint8(m) + 1
	fresh := !f.barred.Has(m)
	f.barred[m>>6&3] |= 1 << (m & 63)
	if !fresh && s.repeated(f, m, at, i) {
		return again, s.Skip(i)
	}
	if r := o.keys[m].rule; r != nil {
		return again, s.Plain(i, r)
	}
	return m, i
}

// repeated records a member that was there before, or is outside of its range. It
// reports whether the value is nobody's business: that of a member that exists at
// other microversions only, where no ruling tolerates it.
func (s *Scan) repeated(f *Fields, m, at, i int) (skip bool) {
	o := f.object
	outside := f.epoch.Gated.Has(m)
	if !outside || f.late != nil && f.late.Has(m) {
		s.add(raw{at: at, kind: duplicateMember, rule: &o.Members[m].Rule, member: &o.Members[m]})
	}
	if outside {
		f.extras++
		if f.late == nil {
			f.late = &Set{}
		}
		f.late[m>>6&3] |= 1 << (m & 63)
		ruling := ToleratedAt(o.Members[m].Outside, s.version, s.profile)
		s.add(raw{at: i, kind: outsideVersion, rule: &o.Members[m].Rule, member: &o.Members[m], ruling: ruling})
		return ruling == ""
	}
	return false
}

// key reads a member name that was not predicted and the colon after it.
func (s *Scan) key(f *Fields, i int) (m, next int) {
	b, o := s.b, f.object
	if uint(i) < uint(len(b)) && b[i] == '"' {
		if p := f.order[f.prev]; i > len(b)-8*keyWords && int(p) < len(o.Members) {
			// Too near to the end for Next: that the member was predicted is still likely.
			name := o.Members[p].Member
			if j := i + 1 + len(name); j < len(b)-1 && string(b[i+1:j]) == name && b[j] == '"' && b[j+1] == ':' {
				return int(p), j + 2
			}
		}
		if j := plain(b, i+1); j < len(b)-1 && b[j] == '"' && b[j+1] == ':' {
			n := o.slots[o.slot(b[i+1:j])]
			if n != none && i <= len(b)-8*keyWords {
				k, q := &o.keys[n], (*[8 * keyWords]byte)(b[i-1:i-1+8*keyWords:i-1+8*keyWords])
				d := (binary.LittleEndian.Uint64(q[:])^k.text[0])&k.mask[0] | (binary.LittleEndian.Uint64(q[8:])^k.text[1])&k.mask[1]
				if k.long {
					d |= (binary.LittleEndian.Uint64(q[16:])^k.text[2])&k.mask[2] |
						(binary.LittleEndian.Uint64(q[24:])^k.text[3])&k.mask[3] | (binary.LittleEndian.Uint64(q[32:])^k.text[4])&k.mask[4]
				}
				if d == 0 {
					return int(n), j + 2
				}
			}
			for ; n != none; n = o.others[n] {
				if o.keys[n].size == j+3-i && o.Members[n].Member == string(b[i+1:j]) {
					return int(n), j + 2
				}
			}
		}
	}
	return s.oddKey(f, i)
}

// oddKey is key for names that are not listed, not plain, or no names.
func (s *Scan) oddKey(f *Fields, i int) (m, next int) {
	if s.Peek(i) != '"' {
		s.broken(i, "a member name")
		return 0, -1
	}
	t, j := s.text(i)
	if j < 0 {
		return 0, -1
	}
	if m = f.object.find(s.chars(t)); m < 0 {
		m = Extra
		s.unlisted(f, i, t)
	}
	if j = s.Space(j); s.Peek(j) != ':' {
		s.broken(j, "a colon")
		return 0, -1
	}
	return m, j + 1
}

// unlisted records what is wrong with a name that the object does not list.
func (s *Scan) unlisted(f *Fields, i int, t text) {
	o := f.object
	if !f.named {
		f.names, f.named = s.openNames(), true
	}
	if !s.newName(&f.names, t) {
		s.add(raw{at: i, kind: duplicateMember, rule: &o.Rule})
		return
	}
	if o.Open {
		s.checkName(i, t, o.Name)
		return
	}
	if k := o.fold(s.chars(t)); k >= 0 {
		s.add(raw{at: i, kind: wrongCase, rule: &o.Rule, member: &o.Members[k]})
	} else {
		s.add(raw{at: i, kind: undocumented, rule: &o.Rule})
	}
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

// Close ends the object, whose reading came to i, and returns the offset after it.
func (s *Scan) Close(f *Fields, i int) int {
	if f.Begin < 0 {
		return i
	}
	s.depth--
	o := f.object
	if r := &f.epoch.Required; r[0]&^f.barred[0]|r[1]&^f.barred[1]|r[2]&^f.barred[2]|r[3]&^f.barred[3] != 0 {
		s.missing(f)
	}
	if f.named {
		s.closeNames(&f.names)
	}
	if o.Min > 0 || o.Max != NoLimit {
		s.measure(f)
	}
	return i
}

func (s *Scan) measure(f *Fields) {
	o, n := f.object, f.extras
	for w := range f.barred {
		n += bits.OnesCount64(f.barred[w] &^ f.epoch.Gated[w])
	}
	if n < o.Min {
		s.add(raw{at: f.Begin, kind: minProperties, rule: &o.Rule, n: n, limit: o.Min})
	}
	if n > o.Max {
		s.add(raw{at: f.Begin, kind: maxProperties, rule: &o.Rule, n: n, limit: o.Max})
	}
}

func (s *Scan) missing(f *Fields) {
	o := f.object
	for m := range o.Members {
		if !f.epoch.Required.Has(m) || f.barred.Has(m) {
			continue
		}
		r := raw{at: f.Begin, kind: required, rule: &o.Members[m].Rule, member: &o.Members[m]}
		for t := range o.Missing {
			if o.Missing[t].Members.Has(m) && o.Missing[t].applies(s.profile) {
				r.ruling = o.Missing[t].Ruling
			}
		}
		s.add(r)
	}
}
