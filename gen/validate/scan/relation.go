package scan

import (
	"bytes"
	"strconv"
)

// RelationKind is what a relation demands.
type RelationKind uint8

// The kinds of spec/README.md.
const (
	Counts RelationKind = iota
	Ordered
	Unique
	EndsIn
	ExactlyOne
	When
)

// Relation is what a schema cannot say: members that must agree.
type Relation struct {
	Rule
	Kind RelationKind
	// Says is the demand in words.
	Says string
	// Subject is what the finding points to; Other what it is held against.
	Subject, Other Path
	// Among are the paths of ExactlyOne.
	Among []Path
	// When and Then are conditions; EndsIn has When for its `where`.
	When, Then []Condition
}

// Path leads from an object to values: the slot of the member that the object
// kept, and the tokens below it; "*" stands for every item.
type Path struct {
	Slot  int
	Below []string
	// Text is the whole pointer: "/links/0/href".
	Text string
}

// Condition is what a value must be.
type Condition struct {
	Path
	// Demand is "null" (absent is null too), "present" (not null), "absent" or "one of".
	Demand string
	// Values are the accepted values of "one of" as JSON.
	Values []string
}

// Kept says where an object's members are: the offsets of their values by
// slot, 0 where a member is absent. The generated code fills it.
type Kept = []int

// Keep remembers the span of a value for the list around the object: items
// must differ in it. Group tells several such members of an item apart.
func (s *Scan) Keep(group, begin, end int) {
	if end > begin {
		s.spans = append(s.spans, keptSpan{Span{begin, end}, group})
	}
}

// Kept is the number of spans that are remembered.
func (s *Scan) Kept() int { return len(s.spans) }

// Forget forgets the spans since mark.
func (s *Scan) Forget(mark int) { s.spans = s.spans[:mark] }

// Distinct records the spans of a group since mark that hold a value twice.
func (s *Scan) Distinct(mark, group int, r *Relation) {
	if len(s.spans)-mark < 2 {
		return
	}
	scope := s.keys.open()
	for _, p := range s.spans[mark:] {
		if p.group == group && !s.keys.add(scope, s.b[p.Begin:p.End]) {
			s.add(raw{at: p.Begin, kind: relation, rule: &r.Rule, want: r.Says})
		}
	}
}

// Counted records a count at offset at, the value of an integer, that is not n.
func (s *Scan) Counted(at, n int, r *Relation) {
	if at == 0 || n < 0 {
		return
	}
	if c := s.b[at]; c != '-' && c-'0' >= 10 {
		return // no number, which is told elsewhere
	}
	text := s.b[at:s.scalarEnd(at)]
	if v, err := strconv.ParseFloat(string(text), 64); err != nil || v != float64(n) {
		s.add(raw{at: at, kind: relation, rule: &r.Rule, want: r.Says})
	}
}

// Relate tests the relations of the object at begin, whose members are in kept.
func (s *Scan) Relate(begin int, kept Kept, relations []Relation) {
	for r := range relations {
		rel := &relations[r]
		switch rel.Kind {
		case Ordered:
			a, b := s.at(kept, rel.Subject), s.at(kept, rel.Other)
			if a > 0 && b > 0 && s.after(a, b) {
				s.add(raw{at: a, kind: relation, rule: &rel.Rule, want: rel.Says})
			}
		case EndsIn:
			s.endsIn(kept, rel)
		case ExactlyOne:
			n := 0
			for _, p := range rel.Among {
				if v := s.at(kept, p); v > 0 && s.b[v] != 'n' {
					n++
				}
			}
			if n != 1 {
				s.add(raw{at: begin, kind: relation, rule: &rel.Rule, want: rel.Says})
			}
		case When:
			if !s.hold(kept, rel.When) {
				continue
			}
			for c := range rel.Then {
				if !s.holds(kept, &rel.Then[c]) {
					r := raw{at: begin, kind: relation, rule: &rel.Rule, want: rel.Says}
					if v := s.at(kept, rel.Then[c].Path); v > 0 {
						r.at = v
					} else {
						r.under = rel.Then[c].Text
					}
					s.add(r)
				}
			}
		}
	}
}

func (s *Scan) hold(kept Kept, conditions []Condition) bool {
	for c := range conditions {
		if !s.holds(kept, &conditions[c]) {
			return false
		}
	}
	return true
}

func (s *Scan) holds(kept Kept, c *Condition) bool {
	v := s.at(kept, c.Path)
	null := v > 0 && s.b[v] == 'n'
	switch c.Demand {
	case "null":
		return v == 0 || null
	case "present":
		return v > 0 && !null
	case "absent":
		return v == 0
	}
	if v == 0 {
		return false
	}
	got := s.b[v:s.scalarEnd(v)]
	for _, want := range c.Values {
		if string(got) == want {
			return true
		}
	}
	return false
}

// at is the offset of the value that p leads to, 0 if there is none. The
// first item stands for "*".
func (s *Scan) at(kept Kept, p Path) int {
	v := kept[p.Slot]
	for _, token := range p.Below {
		if v == 0 {
			return 0
		}
		v = s.below(v, token)
	}
	return v
}

// below is the offset of a member or item of the value at i, 0 if there is none.
func (s *Scan) below(i int, token string) int {
	b := s.b
	switch b[i] {
	case '{':
		for i = s.Space(i + 1); i < len(b) && b[i] == '"'; i = s.Space(i + 1) {
			end := s.scalarEnd(i)
			name := b[i+1 : end-1]
			i = s.Space(s.Space(end) + 1)
			if string(name) == token {
				return i
			}
			if i = s.Space(s.valueEnd(i)); i >= len(b) || b[i] != ',' {
				return 0
			}
		}
	case '[':
		n, err := strconv.Atoi(token)
		if token != "*" && err != nil {
			return 0
		}
		for i = s.Space(i + 1); i < len(b) && b[i] != ']'; i = s.Space(i + 1) {
			if n == 0 {
				return i
			}
			n--
			if i = s.Space(s.valueEnd(i)); i >= len(b) || b[i] != ',' {
				return 0
			}
		}
	}
	return 0
}

// endsIn holds every text under Subject's list, where the conditions beside it
// hold, against the text at Other: /links/*/href of /id where /links/*/rel.
func (s *Scan) endsIn(kept Kept, rel *Relation) {
	of := s.at(kept, rel.Other)
	if of == 0 || s.b[of] != '"' {
		return
	}
	want := s.b[of+1 : s.scalarEnd(of)-1]
	list := kept[rel.Subject.Slot]
	if len(rel.Subject.Below) == 0 || rel.Subject.Below[0] != "*" {
		s.endIn(s.at(kept, rel.Subject), want, rel)
		return
	}
	if list == 0 || s.b[list] != '[' {
		return
	}
	b := s.b
	for i := s.Space(list + 1); i < len(b) && b[i] != ']'; i = s.Space(i + 1) {
		matches := true
		for c := range rel.When {
			v := i
			for _, token := range rel.When[c].Below[1:] {
				if v = s.below(v, token); v == 0 {
					break
				}
			}
			matches = matches && v > 0 && s.isOne(v, rel.When[c].Values)
		}
		if matches {
			v := i
			for _, token := range rel.Subject.Below[1:] {
				if v = s.below(v, token); v == 0 {
					break
				}
			}
			s.endIn(v, want, rel)
		}
		if i = s.Space(s.valueEnd(i)); i >= len(b) || b[i] != ',' {
			return
		}
	}
}

func (s *Scan) isOne(v int, values []string) bool {
	got := s.b[v:s.scalarEnd(v)]
	for _, want := range values {
		if string(got) == want {
			return true
		}
	}
	return false
}

func (s *Scan) endIn(v int, want []byte, rel *Relation) {
	if v == 0 || s.b[v] != '"' {
		return
	}
	if !bytes.HasSuffix(s.b[v+1:s.scalarEnd(v)-1], want) {
		s.add(raw{at: v, kind: relation, rule: &rel.Rule, want: rel.Says})
	}
}

// after reports whether the value at a comes after the one at b: numbers by
// value, RFC 3339 times in UTC by their text, other times not at all.
func (s *Scan) after(a, b int) bool {
	x, y := s.b[a:s.scalarEnd(a)], s.b[b:s.scalarEnd(b)]
	if x[0] == '"' && y[0] == '"' {
		return timeAfter(x[1:len(x)-1], y[1:len(y)-1])
	}
	if x[0] == '"' || y[0] == '"' || x[0] == 'n' || y[0] == 'n' {
		return false
	}
	p, errP := strconv.ParseFloat(string(x), 64)
	q, errQ := strconv.ParseFloat(string(y), 64)
	return errP == nil && errQ == nil && p > q
}

// timeAfter compares times. In UTC the text decides, without a fraction or
// with one; a zone makes them instants.
func timeAfter(x, y []byte) bool {
	if len(x) < 19 || len(y) < 19 {
		return false
	}
	if utc(x) == utc(y) && utc(x) {
		if c := bytes.Compare(x[:19], y[:19]); c != 0 {
			return c > 0
		}
		return fractionAfter(x[19:], y[19:])
	}
	p, okP := instant(x)
	q, okQ := instant(y)
	return okP && okQ && p.After(q)
}

func utc(x []byte) bool {
	c := x[len(x)-1]
	return c == 'Z' || c == 'z' || c-'0' < 10 && len(x) >= 19 && !zoned(x)
}

func zoned(x []byte) bool {
	return len(x) > 6 && (x[len(x)-6] == '+' || x[len(x)-6] == '-') && x[len(x)-3] == ':'
}

func fractionAfter(x, y []byte) bool {
	digit := func(b []byte, i int) byte {
		if i < len(b) && b[0] == '.' && b[i]-'0' < 10 {
			return b[i]
		}
		return '0'
	}
	for i := 1; i < max(len(x), len(y)); i++ {
		if p, q := digit(x, i), digit(y, i); p != q {
			return p > q
		}
	}
	return false
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
