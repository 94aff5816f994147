package scan

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// String validates the string at i, whatever its rules are.
func (s *Scan) String(i int, r *Text) int {
	if s.Peek(i) != '"' {
		if b := s.b; r.Null && i >= 0 && len(b)-i >= 4 && binary.LittleEndian.Uint32(b[i:]) == null {
			return i + 4
		}
		return s.Other(i, &r.Rule, "a string")
	}
	t, next := s.text(i)
	if next >= 0 {
		s.checkText(i, t, r)
	}
	return next
}

// null is the word as bytes.
const null = 'n' | 'u'<<8 | 'l'<<16 | 'l'<<24

func (s *Scan) checkText(i int, t text, r *Text) {
	if t.runes < r.Min {
		s.add(raw{at: i, kind: minLength, rule: &r.Rule, text: r})
	}
	if t.runes > r.Max {
		s.add(raw{at: i, kind: maxLength, rule: &r.Rule, text: r})
	}
	c := s.chars(t)
	if r.MaxBytes > 0 && len(c) > r.MaxBytes {
		s.add(raw{at: i, kind: maxBytes, rule: &r.Rule, text: r})
	}
	switch {
	case r.Enum != nil && !r.Enum.has(c):
		s.add(raw{at: i, kind: listing(r.Const), rule: &r.Rule, text: r})
	case r.Format != nil && !r.Format.Match(c):
		s.add(raw{at: i, kind: format, rule: &r.Rule, text: r})
	case r.Encoding != nil && !r.Encoding.Match(c):
		s.add(raw{at: i, kind: encoding, rule: &r.Rule, text: r})
	case r.Class != nil && !r.Class.Match(c), r.Shape != nil && !r.Shape.Match(c),
		r.Machine != nil && !r.Machine.Match(c), r.Pattern != nil && !r.Pattern.Match(c):
		s.add(raw{at: i, kind: pattern, rule: &r.Rule, text: r})
	case r.MaxDecoded > 0 && decodedLen(c) > r.MaxDecoded:
		s.add(raw{at: i, kind: maxDecoded, rule: &r.Rule, text: r})
	}
}

// listing is the kind of a value that is not listed.
func listing(one bool) kind {
	if one {
		return constant
	}
	return enum
}

// Plain validates the string at i, which has no rules but its length. Here as in
// the methods below the common case is decided where the value lies; whatever
// else stands there takes the long way.
func (s *Scan) Plain(i int, r *Text) int {
	if b := s.b; uint(i) < uint(len(b)) && b[i] == '"' {
		// This is plain, which costs a call; two words at a time spare most strings a
		// second round.
		j := i + 1
		for ; j <= len(b)-16; j += 16 {
			q := (*[16]byte)(b[j : j+16 : j+16])
			m := special(binary.LittleEndian.Uint64(q[:])) & highs
			second := special(binary.LittleEndian.Uint64(q[8:])) & highs
			if m|second == 0 {
				continue
			}
			if m == 0 {
				j, m = j+8, second
			}
			j += bits.TrailingZeros64(m) >> 3
			if n := j - i - 1; b[j] == '"' && n >= r.Min && n <= r.Max && (r.MaxBytes == 0 || n <= r.MaxBytes) {
				return j + 1
			}
			return s.String(i, r)
		}
		j = plain(b, j)
		if n := j - i - 1; j < len(b) && b[j] == '"' && n >= r.Min && n <= r.Max && (r.MaxBytes == 0 || n <= r.MaxBytes) {
			return j + 1
		}
	}
	return s.String(i, r)
}

// Word validates the string at i, whose only rule is a list of values.
func (s *Scan) Word(i int, r *Text) int {
	b := s.b
	if uint(i) < uint(len(b)) && b[i] == '"' {
		if p := b[i+1:]; len(p) >= 8 {
			// Most values end within a word.
			w := binary.LittleEndian.Uint64(p)
			if m := special(w) & highs; m != 0 {
				n := bits.TrailingZeros64(m) >> 3
				if p[n] == '"' && r.Enum.short(w, n) {
					return i + n + 2
				}
				return s.String(i, r)
			}
		}
		j := plain(b, i+1)
		if j < len(b) && b[j] == '"' && r.Enum.has(b[i+1:j]) {
			return j + 1
		}
	}
	return s.String(i, r)
}

// Chars validates the string at i, whose only rules are a class and its length.
func (s *Scan) Chars(i int, r *Text) int {
	b := s.b
	if uint(i) < uint(len(b)) && b[i] == '"' {
		c := r.Class
		j := i + 1
		for j < len(b) && c.plain(b[j]) {
			j++
		}
		n := j - i - 1
		if j < len(b) && b[j] == '"' && n >= c.Min && n <= c.Max && n >= r.Min && n <= r.Max {
			return j + 1
		}
	}
	return s.String(i, r)
}

// Shaped validates the string at i, whose only rules are a shape and a format.
func (s *Scan) Shaped(i int, r *Text) int {
	b, p := s.b, r.Shape
	if end := i + 1 + p.size; uint(end) < uint(len(b)) && b[end] == '"' && b[i] == '"' && p.at(b, i+1) {
		if r.Format == nil || r.Format.Match(b[i+1:end]) {
			return end + 1
		}
	}
	return s.String(i, r)
}

// Automaton validates the string at i, whose only rules are a machine and its length.
func (s *Scan) Automaton(i int, r *Text) int {
	b := s.b
	if uint(i) < uint(len(b)) && b[i] == '"' {
		j := plain(b, i+1)
		if n := j - i - 1; j < len(b) && b[j] == '"' && n >= r.Min && n <= r.Max && r.Machine.Match(b[i+1:j]) {
			return j + 1
		}
	}
	return s.String(i, r)
}

// UUID validates the string at i, whose only rule is the form of a UUID.
func (s *Scan) UUID(i int, r *Text) int {
	if b := s.b; uint(i) < uint(len(b)) && len(b)-i >= 38 && b[i] == '"' && b[i+37] == '"' && isUUID(b[i+1:i+37]) {
		return i + 38
	}
	return s.String(i, r)
}

// Time validates the string at i, whose only rule is a date and time.
func (s *Scan) Time(i int, r *Text) int {
	if b := s.b; uint(i) < uint(len(b)) && len(b)-i >= 22 && b[i] == '"' && isSecond(b[i+1:]) {
		j := i + 20
		if b[j] == '.' {
			for j++; j < len(b) && b[j]-'0' < 10; j++ {
			}
			if j == i+21 {
				return s.String(i, r)
			}
		}
		if j+1 < len(b) && b[j] == 'Z' && b[j+1] == '"' {
			return j + 2
		}
	}
	return s.String(i, r)
}

// Second validates the string at i, whose only rule is a date and time in UTC without
// a fraction.
func (s *Scan) Second(i int, r *Text) int {
	if b := s.b; uint(i) < uint(len(b)) && len(b)-i >= 22 && b[i] == '"' && b[i+20] == 'Z' && b[i+21] == '"' && isSecond(b[i+1:]) {
		return i + 22
	}
	return s.String(i, r)
}

// Hex32 validates the string at i, whose only rule is 32 lower hexadecimal digits.
func (s *Scan) Hex32(i int, r *Text) int {
	b := s.b
	if uint(i) < uint(len(b)) && len(b)-i >= 34 && b[i] == '"' && b[i+33] == '"' {
		p := b[i+1 : i+33]
		if hexWord(binary.LittleEndian.Uint64(p)) && hexWord(binary.LittleEndian.Uint64(p[8:])) &&
			hexWord(binary.LittleEndian.Uint64(p[16:])) && hexWord(binary.LittleEndian.Uint64(p[24:])) {
			return i + 34
		}
	}
	return s.String(i, r)
}

// Integer validates the integer at i.
func (s *Scan) Integer(i int, r *Int) int {
	b := s.b
	// A short number without a sign, and a separator behind it.
	if uint(i) < uint(len(b)) && b[i]-'0' < 10 {
		v, j := int64(b[i]-'0'), i+1
		for j < len(b) && b[j]-'0' < 10 && j < i+18 {
			v = v*10 + int64(b[j]-'0')
			j++
		}
		if j < len(b) && (b[j] == ',' || b[j] == '}' || b[j] == ']') && (b[i] != '0' || j == i+1) {
			s.checkInt(i, v, r)
			return j
		}
	}
	return s.integer(i, r)
}

func (s *Scan) integer(i int, r *Int) int {
	if c := s.Peek(i); c != '-' && c-'0' >= 10 {
		return s.Other(i, &r.Rule, "an integer")
	}
	n, next := s.number(i)
	if next < 0 {
		return -1
	}
	if !n.integer {
		// 1.0 and 1e3 are integers to JSON Schema.
		d := s.decimal(n.Span)
		if !d.whole {
			s.add(raw{at: i, kind: wrongType, rule: &r.Rule, want: "an integer"})
			return next
		}
		n.value, n.fits = d.value, d.fits
	}
	if n.fits {
		s.checkInt(i, n.value, r)
		return next
	}
	// Beyond 64 bits: further from zero than any bound.
	negative := s.b[i] == '-'
	s.brokenInt(i, r, r.Bits > 0, negative && r.HasMin, !negative && r.HasMax, false, r.Enum != nil)
	return next
}

func (s *Scan) checkInt(i int, v int64, r *Int) {
	wide, low, high := r.Bits == 32 && v != int64(int32(v)), r.HasMin && v < r.Min, r.HasMax && v > r.Max
	odd, unlisted := r.Multiple != 0 && v%r.Multiple != 0, r.Enum != nil && !slices.Contains(r.Enum, v)
	if wide || low || high || odd || unlisted {
		s.brokenInt(i, r, wide, low, high, odd, unlisted)
	}
}

func (s *Scan) brokenInt(i int, r *Int, wide, low, high, odd, unlisted bool) {
	least, most := minimum, maximum
	if r.OpenMin {
		least = openMinimum
	}
	if r.OpenMax {
		most = openMaximum
	}
	for _, x := range []struct {
		broken bool
		kind   kind
	}{{wide, overflow}, {low, least}, {high, most}, {odd, multiple}, {unlisted, listing(r.Const)}} {
		if x.broken {
			s.add(raw{at: i, kind: x.kind, rule: &r.Rule, int: r})
		}
	}
}

// Number validates the number at i.
func (s *Scan) Number(i int, r *Num) int {
	if c := s.Peek(i); c != '-' && c-'0' >= 10 {
		return s.Other(i, &r.Rule, "a number")
	}
	n, next := s.number(i)
	if next < 0 {
		return -1
	}
	if !r.HasMin && !r.HasMax && r.Multiple == 0 && r.Enum == nil {
		return next
	}
	v := s.float(n.Span)
	switch {
	case r.HasMin && r.OpenMin && v <= r.Min:
		s.add(raw{at: i, kind: openMinimum, rule: &r.Rule, num: r})
	case r.HasMin && v < r.Min:
		s.add(raw{at: i, kind: minimum, rule: &r.Rule, num: r})
	case r.HasMax && r.OpenMax && v >= r.Max:
		s.add(raw{at: i, kind: openMaximum, rule: &r.Rule, num: r})
	case r.HasMax && v > r.Max:
		s.add(raw{at: i, kind: maximum, rule: &r.Rule, num: r})
	}
	if r.Multiple != 0 && v/r.Multiple != float64(int64(v/r.Multiple)) {
		s.add(raw{at: i, kind: multiple, rule: &r.Rule, num: r})
	}
	if r.Enum != nil && !slices.Contains(r.Enum, v) {
		s.add(raw{at: i, kind: listing(r.Const), rule: &r.Rule, num: r})
	}
	return next
}

// Bool validates the boolean at i.
func (s *Scan) Bool(i int, r *Flag) int {
	var next int
	switch s.Peek(i) {
	case 't':
		next = s.word(i, "true")
	case 'f':
		next = s.word(i, "false")
	default:
		return s.Other(i, &r.Rule, "a boolean")
	}
	if next > 0 && r.Only != "" && string(s.b[i:next]) != r.Only {
		s.add(raw{at: i, kind: constant, rule: &r.Rule, want: r.Only})
	}
	return next
}

// Null validates the null at i.
func (s *Scan) Null(i int, r *Rule) int {
	if s.Peek(i) == 'n' {
		return s.word(i, "null")
	}
	return s.Other(i, r, "null")
}

// Other is the way of a value of another type: null where that is allowed, a
// finding otherwise.
func (s *Scan) Other(i int, r *Rule, want string) int {
	if r.Null && s.Peek(i) == 'n' {
		return s.word(i, "null")
	}
	mark := len(s.found)
	next := s.Skip(i)
	if next >= 0 {
		s.insert(mark, raw{at: i, kind: wrongType, rule: r, want: want})
	}
	return next
}
