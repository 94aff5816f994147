package scan

import (
	"bytes"
	"strconv"
)

// Relation is what a schema cannot say: members that must agree. The methods
// below test one each; they take where the members' values stand, the zero Span
// for one that is absent.
type Relation struct {
	Rule
	// Says is the demand in words.
	Says string
}

// Kept is how many spans are kept for the objects around.
func (s *Scan) Kept() int { return len(s.spans) }

// Keep keeps the spans of an object's members for the object around its list. All
// items of a list keep equally many.
func (s *Scan) Keep(spans ...Span) { s.spans = append(s.spans, spans...) }

// Forget forgets the spans since mark.
func (s *Scan) Forget(mark int) { s.spans = s.spans[:mark] }

// Hold says that what the next value's lists are made of is needed in one piece until
// Release.
func (s *Scan) Hold() { s.held++ }

// Release ends Hold.
func (s *Scan) Release() { s.held-- }

func (s *Scan) relation(at int, r *Relation) {
	s.add(raw{at: at, kind: relation, rule: &r.Rule, want: r.Says})
}

// Counted demands that the integer at p is n; a negative n was never counted.
func (s *Scan) Counted(p Span, n int, r *Relation) {
	if p.End == 0 || n < 0 {
		return
	}
	if c := s.b[p.Begin]; c != '-' && c-'0' >= 10 {
		return // no number, which is told elsewhere
	}
	if v := s.decimal(p); !v.whole || !v.fits || v.value != int64(n) {
		s.relation(p.Begin, r)
	}
}

// Ordered demands that the value at a does not come after the one at b: numbers by
// value, RFC 3339 times by instant.
func (s *Scan) Ordered(a, b Span, r *Relation) {
	if a.End == 0 || b.End == 0 {
		return
	}
	x, y := s.b[a.Begin:a.End], s.b[b.Begin:b.End]
	switch {
	case x[0] == '"' && y[0] == '"':
		if timeAfter(x[1:len(x)-1], y[1:len(y)-1]) {
			s.relation(a.Begin, r)
		}
	case number0(x[0]) && number0(y[0]):
		p, q := s.decimal(a), s.decimal(b)
		after := p.value > q.value
		if !p.whole || !p.fits || !q.whole || !q.fits {
			after = s.float(a) > s.float(b)
		}
		if after {
			s.relation(a.Begin, r)
		}
	}
}

func number0(c byte) bool { return c == '-' || c-'0' < 10 }

// ExactlyOne demands that one of the values is there, and not null, in the object
// at begin.
func (s *Scan) ExactlyOne(begin int, r *Relation, among ...Span) {
	n := 0
	for _, p := range among {
		if s.Present(p) {
			n++
		}
	}
	if n != 1 {
		s.relation(begin, r)
	}
}

// EndsIn demands that the text at p ends in the text at of.
func (s *Scan) EndsIn(p, of Span, r *Relation) {
	if p.End == 0 || of.End == 0 || s.b[p.Begin] != '"' || s.b[of.Begin] != '"' {
		return
	}
	x, y := s.b[p.Begin+1:p.End-1], s.b[of.Begin+1:of.End-1]
	if bytes.HasSuffix(x, y) {
		return
	}
	if bytes.IndexByte(x, '\\') >= 0 || bytes.IndexByte(y, '\\') >= 0 {
		if bytes.HasSuffix(unescape(nil, x), unescape(nil, y)) {
			return
		}
	}
	s.relation(p.Begin, r)
}

// Record is what the item kept that begins at n of the kept spans.
func (s *Scan) Record(n, width int) []Span { return s.spans[n : n+width : n+width] }

// Demand demands that a condition holds for the value at p; where it is absent,
// under is where it would be, below the object at begin.
func (s *Scan) Demand(holds bool, p Span, begin int, under string, r *Relation) {
	switch {
	case holds:
	case p.End > 0:
		s.relation(p.Begin, r)
	default:
		s.add(raw{at: begin, kind: relation, rule: &r.Rule, want: r.Says, under: under})
	}
}

// Present reports that there is a value, and not null.
func (s *Scan) Present(p Span) bool { return p.End > 0 && s.b[p.Begin] != 'n' }

// Nil reports that there is no value, or null.
func (s *Scan) Nil(p Span) bool { return !s.Present(p) }

// Absent reports that there is no value.
func (s *Scan) Absent(p Span) bool { return p.End == 0 }

// Is reports that the value at p is one of the given, written as JSON.
func (s *Scan) Is(p Span, values ...string) bool {
	if p.End == 0 {
		return false
	}
	got := s.b[p.Begin:p.End]
	for _, want := range values {
		if string(got) == want {
			return true
		}
	}
	c := s.canonical(p)
	for _, want := range values {
		if string(c) == want {
			return true
		}
	}
	return false
}

// canonical is the scalar at p in the form that equal values share: characters
// without escapes, numbers without a fraction of zeros. Other values are as they
// are.
func (s *Scan) canonical(p Span) []byte {
	b := s.b[p.Begin:p.End]
	switch c := b[0]; {
	case c == '"':
		if bytes.IndexByte(b, '\\') < 0 {
			return b
		}
		s.buf = append(unescape(append(s.buf[:0], '"'), b[1:len(b)-1]), '"')
		return s.buf
	case number0(c) && bytes.ContainsAny(b, ".eE"):
		if v := s.decimal(p); v.whole && v.fits {
			s.buf = strconv.AppendInt(s.buf[:0], v.value, 10)
		} else {
			s.buf = strconv.AppendFloat(s.buf[:0], s.float(p), 'g', -1, 64)
		}
		return s.buf
	}
	return b
}

// Below is the member of the object at p that a path leads to. It is looked for,
// which costs a second reading: relations mostly stay among an object's own members.
func (s *Scan) Below(p Span, path ...string) Span {
	for _, name := range path {
		if p.End == 0 {
			break
		}
		p = s.below(p.Begin, name)
	}
	return p
}

func (s *Scan) below(i int, name string) Span {
	b := s.b
	if b[i] != '{' {
		return Span{}
	}
	for i = s.Space(i + 1); i < len(b) && b[i] == '"'; i = s.Space(i + 1) {
		end := s.scalarEnd(i)
		got := s.canonical(Span{i, end})
		found := string(got[1:len(got)-1]) == name
		i = s.Space(s.Space(end) + 1)
		if end = s.valueEnd(i); found {
			return Span{i, end}
		}
		if i = s.Space(end); i >= len(b) || b[i] != ',' {
			break
		}
	}
	return Span{}
}

// scalarEnd is the offset after the scalar at i of a body that is JSON so far.
func (s *Scan) scalarEnd(i int) int {
	b := s.b
	if i < len(b) && b[i] == '"' {
		for i++; i < len(b); i++ {
			i = plain(b, i)
			if i >= len(b) || b[i] == '"' {
				break
			}
			if b[i] == '\\' {
				i++
			}
		}
		return min(i+1, len(b))
	}
	for i < len(b) && b[i] != ',' && b[i] != '}' && b[i] != ']' && b[i] > ' ' {
		i++
	}
	return i
}

// valueEnd is the offset after the value at i of a body that is JSON so far.
func (s *Scan) valueEnd(i int) int {
	b := s.b
	if i >= len(b) || b[i] != '{' && b[i] != '[' {
		return s.scalarEnd(i)
	}
	for depth := 0; i < len(b); {
		switch b[i] {
		case '"':
			i = s.scalarEnd(i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		i++
	}
	return i
}
