package scan

import (
	"encoding/binary"
	"slices"
	"strconv"
)

// String validates the string at i.
func (s *Scan) String(i int, r *Text) int {
	if s.Peek(i) != '"' {
		return s.Other(i, &r.Rule, "a string")
	}
	t, next := s.text(i)
	if next < 0 {
		return -1
	}
	if r.Plain && t.runes <= r.Max {
		return next
	}
	s.checkText(i, t, r)
	return next
}

func (s *Scan) checkText(i int, t text, r *Text) {
	if t.runes < r.Min {
		s.add(raw{at: i, kind: minLength, rule: &r.Rule, text: r})
	}
	if r.Max > 0 && t.runes > r.Max {
		s.add(raw{at: i, kind: maxLength, rule: &r.Rule, text: r})
	}
	if r.Enum == nil && r.Format == nil && r.Class == nil && r.Pattern == nil && r.MaxBytes == 0 && r.MaxDecoded == 0 {
		return
	}
	c := s.chars(t)
	if r.MaxBytes > 0 && len(c) > r.MaxBytes {
		s.add(raw{at: i, kind: maxBytes, rule: &r.Rule, text: r})
	}
	if r.Enum != nil && !oneOf(r.Enum, c) {
		s.add(raw{at: i, kind: enum, rule: &r.Rule, text: r})
		return
	}
	if r.Format != nil && !r.Format.Match(c) {
		s.add(raw{at: i, kind: format, rule: &r.Rule, text: r})
		return
	}
	if r.Class != nil && !r.Class.Match(c) || r.Pattern != nil && !r.Pattern.Match(c) {
		s.add(raw{at: i, kind: pattern, rule: &r.Rule, text: r})
		return
	}
	if r.MaxDecoded > 0 && decodedLen(c) > r.MaxDecoded {
		s.add(raw{at: i, kind: maxDecoded, rule: &r.Rule, text: r})
	}
}

func oneOf(values []string, c []byte) bool {
	for _, v := range values {
		if len(v) == len(c) && v == string(c) {
			return true
		}
	}
	return false
}

// UUID validates the string at i, whose only rule is the form of a UUID. The
// shape is tested where it lies; whatever else stands there takes the long way.
func (s *Scan) UUID(i int, r *Text) int {
	if b := s.b; len(b)-i >= 38 && b[i] == '"' && b[i+37] == '"' && isUUID(b[i+1:i+37]) {
		return i + 38
	}
	return s.String(i, r)
}

// Time validates the string at i, whose only rule is a date and time.
func (s *Scan) Time(i int, r *Text) int {
	if b := s.b; len(b)-i >= 22 && b[i] == '"' && b[i+21] == '"' && isSecondZ(b[i+1:i+21]) {
		return i + 22
	}
	return s.String(i, r)
}

// Hex32 validates the string at i, whose only rule is 32 lower hexadecimal digits.
func (s *Scan) Hex32(i int, r *Text) int {
	b := s.b
	if len(b)-i >= 34 && b[i] == '"' && b[i+33] == '"' &&
		hexWord(binary.LittleEndian.Uint64(b[i+1:])) && hexWord(binary.LittleEndian.Uint64(b[i+9:])) &&
		hexWord(binary.LittleEndian.Uint64(b[i+17:])) && hexWord(binary.LittleEndian.Uint64(b[i+25:])) {
		return i + 34
	}
	return s.String(i, r)
}

// Integer validates the integer at i.
func (s *Scan) Integer(i int, r *Int) int {
	if c := s.Peek(i); c != '-' && c-'0' >= 10 {
		return s.Other(i, &r.Rule, "an integer")
	}
	n, next := s.number(i)
	if next < 0 {
		return -1
	}
	switch {
	case !n.integer && !s.whole(n):
		s.add(raw{at: i, kind: wrongType, rule: &r.Rule, want: "an integer"})
	case !n.integer:
		// 1.0 and 1e3 are integers to JSON Schema; their bounds are tested as numbers.
		s.checkInt(i, int64(s.float(n)), r)
	case !n.fits:
		if s.b[i] == '-' && r.HasMin || s.b[i] != '-' && r.HasMax || r.Bits > 0 {
			s.add(raw{at: i, kind: overflow, rule: &r.Rule, int: r})
		}
	default:
		s.checkInt(i, n.value, r)
	}
	return next
}

func (s *Scan) checkInt(i int, v int64, r *Int) {
	switch {
	case r.Bits == 32 && v != int64(int32(v)):
		s.add(raw{at: i, kind: overflow, rule: &r.Rule, int: r})
	case r.HasMin && v < r.Min:
		s.add(raw{at: i, kind: minimum, rule: &r.Rule, int: r})
	case r.HasMax && v > r.Max:
		s.add(raw{at: i, kind: maximum, rule: &r.Rule, int: r})
	case r.Multiple != 0 && v%r.Multiple != 0:
		s.add(raw{at: i, kind: multiple, rule: &r.Rule, int: r})
	case r.Enum != nil && !slices.Contains(r.Enum, v):
		s.add(raw{at: i, kind: enum, rule: &r.Rule, int: r})
	}
}

func (s *Scan) float(n number) float64 {
	v, err := strconv.ParseFloat(string(s.b[n.Begin:n.End]), 64)
	if err != nil {
		return v // ±Inf: out of range of a float64
	}
	return v
}

// whole reports whether a number with a fraction or exponent is an integer of
// at most 2⁵³: beyond, a float64 no longer tells.
func (s *Scan) whole(n number) bool {
	v := s.float(n)
	return v >= -1<<53 && v <= 1<<53 && v == float64(int64(v))
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
	v := s.float(n)
	switch {
	case r.HasMin && (v < r.Min || r.OpenMin && v == r.Min):
		s.add(raw{at: i, kind: minimum, rule: &r.Rule, num: r})
	case r.HasMax && (v > r.Max || r.OpenMax && v == r.Max):
		s.add(raw{at: i, kind: maximum, rule: &r.Rule, num: r})
	case r.Multiple != 0 && v/r.Multiple != float64(int64(v/r.Multiple)):
		s.add(raw{at: i, kind: multiple, rule: &r.Rule, num: r})
	case r.Enum != nil && !slices.Contains(r.Enum, v):
		s.add(raw{at: i, kind: enum, rule: &r.Rule, num: r})
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
