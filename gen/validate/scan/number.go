package scan

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
	digits := i
	var u uint64
	over := false
	for i < len(b) && b[i]-'0' < 10 {
		if u > (1<<64-10)/10 {
			over = true
		}
		u = u*10 + uint64(b[i]-'0')
		i++
	}
	if i == digits || (b[digits] == '0' && i > digits+1) {
		s.broken(digits, "a number")
		return n, -1
	}
	n.integer = true
	if i < len(b) && b[i] == '.' {
		n.integer = false
		i++
		first := i
		for i < len(b) && b[i]-'0' < 10 {
			i++
		}
		if i == first {
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
		for i < len(b) && b[i]-'0' < 10 {
			i++
		}
		if i == first {
			s.broken(i, "a digit in the exponent")
			return n, -1
		}
	}
	n.End = i
	if n.integer && !over {
		switch {
		case !negative && u <= 1<<63-1:
			n.value, n.fits = int64(u), true
		case negative && u <= 1<<63:
			n.value, n.fits = -int64(u), true
		}
	}
	return n, i
}
