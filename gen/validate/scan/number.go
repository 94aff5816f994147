package scan

import "strconv"

// number is the syntax of a JSON number in the body.
type number struct {
	Span
	// integer says that it has neither fraction nor exponent.
	integer bool
	// value is its value if integer and fits says so.
	value int64
	// fits says that an integer fits into 64 bits.
	fits bool
}

// number reads the number at i, or records that it is none.
func (s *Scan) number(i int) (n number, next int) {
	b := s.b
	n.Begin = i
	negative := false
	if i < len(b) && b[i] == '-' {
		negative = true
		i++
	}
	first := i
	var u uint64
	over := false
	for i < len(b) && b[i]-'0' < 10 {
		if u > (1<<64-10)/10 {
			over = true
		}
		u = u*10 + uint64(b[i]-'0')
		i++
	}
	if i == first || (b[first] == '0' && i > first+1) {
		s.broken(first, "a number")
		return n, -1
	}
	n.integer = true
	if i < len(b) && b[i] == '.' {
		n.integer = false
		if i = digits(b, i+1); b[i-1] == '.' {
			s.broken(i, "a digit after the decimal point")
			return n, -1
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		n.integer = false
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		first := i
		if i = digits(b, i); i == first {
			s.broken(i, "a digit in the exponent")
			return n, -1
		}
	}
	n.End = i
	if n.integer && !over {
		n.value, n.fits = signed(u, negative)
	}
	return n, i
}

// digits is the offset after the digits at i.
func digits(b []byte, i int) int {
	for i < len(b) && b[i]-'0' < 10 {
		i++
	}
	return i
}

func signed(u uint64, negative bool) (v int64, fits bool) {
	if negative {
		return -int64(u), u <= 1<<63
	}
	return int64(u), u <= 1<<63-1
}

// decimal is the exact value of a number.
type decimal struct {
	negative bool
	// whole says that it is an integer: 1.0 and 1e3 are.
	whole bool
	// value is that integer if fits says that it fits into 64 bits.
	value int64
	fits  bool
}

// decimal is the value of the number at p, which is JSON.
func (s *Scan) decimal(p Span) (d decimal) {
	b := s.b[p.Begin:p.End]
	if b[0] == '-' {
		d.negative = true
		b = b[1:]
	}
	// The digits that count, and by how many powers of ten they are shifted.
	var u uint64
	count, zeros, shift, point, over := 0, 0, 0, false, false
	k := 0
	for ; k < len(b) && b[k]|0x20 != 'e'; k++ {
		if b[k] == '.' {
			point = true
			continue
		}
		if point {
			shift--
		}
		switch c := b[k] - '0'; {
		case c == 0 && count > 0:
			zeros++
		case c > 0:
			for ; zeros > 0; zeros-- {
				u, over = times(u, 0, over)
				count++
			}
			u, over = times(u, uint64(c), over)
			count++
		}
	}
	if count == 0 {
		d.whole, d.fits = true, true
		return d
	}
	shift += zeros
	if k < len(b) {
		shift += exponent(b[k+1:])
	}
	d.whole = shift >= 0
	for ; shift > 0 && !over; shift-- {
		u, over = times(u, 0, over)
	}
	if d.whole && !over {
		d.value, d.fits = signed(u, d.negative)
	}
	return d
}

// times appends a decimal digit.
func times(u, digit uint64, over bool) (uint64, bool) {
	if over || u > (1<<64-10)/10 {
		return u, true
	}
	return u*10 + digit, false
}

// exponent reads an exponent. What is larger than any body is long is all the same.
func exponent(b []byte) int {
	negative := b[0] == '-'
	if b[0] == '-' || b[0] == '+' {
		b = b[1:]
	}
	v := 0
	for _, c := range b {
		if v = v*10 + int(c-'0'); v > 1<<40 {
			v = 1 << 40
			break
		}
	}
	if negative {
		return -v
	}
	return v
}

// float is the number at p, which is JSON, as near as a float64 comes; ±Inf where
// it is beyond.
func (s *Scan) float(p Span) float64 {
	v, err := strconv.ParseFloat(string(s.b[p.Begin:p.End]), 64)
	if err != nil {
		return v // out of range
	}
	return v
}
