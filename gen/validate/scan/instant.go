package scan

import "bytes"

// timeAfter reports whether one time comes after another. Times without a zone
// are compared with each other only; what is no time is never after anything.
func timeAfter(x, y []byte) bool {
	if len(x) < 19 || len(y) < 19 {
		return false
	}
	if len(x) == len(y) && x[len(x)-1] == 'Z' && y[len(y)-1] == 'Z' && x[10] == 'T' && y[10] == 'T' {
		// Of one length in UTC the text decides. What is no time is told elsewhere.
		return bytes.Compare(x, y) > 0
	}
	p, ok := instant(x)
	q, alsoOK := instant(y)
	if !ok || !alsoOK || p.zoned != q.zoned {
		return false
	}
	if p.second != q.second {
		return p.second > q.second
	}
	return fractionAfter(p.fraction, q.fraction)
}

// moment is a point in time: seconds since the year 0 and the digits behind the
// decimal point.
type moment struct {
	second   int64
	fraction []byte
	zoned    bool
}

func instant(x []byte) (m moment, ok bool) {
	if x[10]|0x20 != 't' && x[10] != ' ' || !isDate(x[:10]) || !isClock(x[11:19]) {
		return m, false
	}
	y, mon, d := two(x, 0)*100+two(x, 2), two(x, 5), two(x, 8)
	m.second = ((days(y, mon, d)*24+int64(two(x, 11)))*60+int64(two(x, 14)))*60 + int64(two(x, 17))
	z := x[19:]
	if len(z) > 1 && z[0] == '.' {
		n := 1
		for n < len(z) && z[n]-'0' < 10 {
			n++
		}
		m.fraction, z = z[1:n], z[n:]
	}
	switch {
	case len(z) == 0:
		return m, true
	case len(z) == 1 && z[0]|0x20 == 'z':
		m.zoned = true
		return m, true
	case len(z) == 6 && z[3] == ':' && two(z, 1) < 24 && two(z, 4) < 60:
		offset := int64(two(z, 1)*60+two(z, 4)) * 60
		switch m.zoned = true; z[0] {
		case '+':
			m.second -= offset
			return m, true
		case '-':
			m.second += offset
			return m, true
		}
	}
	return m, false
}

// days counts from the first day of the year 0.
func days(y, m, d int) int64 {
	n := int64(y) * 365
	if y > 0 {
		n += int64((y-1)/4 - (y-1)/100 + (y-1)/400 + 1) // leap days of the years before
	}
	for k := 1; k < m; k++ {
		n += int64(daysIn(y, k))
	}
	return n + int64(d) - 1
}

// fractionAfter compares the digits behind decimal points.
func fractionAfter(x, y []byte) bool {
	for i := range max(len(x), len(y)) {
		p, q := byte('0'), byte('0')
		if i < len(x) {
			p = x[i]
		}
		if i < len(y) {
			q = y[i]
		}
		if p != q {
			return p > q
		}
	}
	return false
}
