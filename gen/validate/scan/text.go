package scan

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// special marks, in the high bit of each byte, the bytes of a word that end the
// plain part of a string: quote, backslash, control, non-ASCII. A byte above a
// marked one may be marked in error; the lowest mark is always right.
func special(w uint64) uint64 {
	// Quotes and controls meet below 0x21 once a bit is turned, blanks do not.
	return ((w ^ 2*lows) - 0x21*lows) | ((w ^ '\\'*lows) - lows) | w
}

// plain is the offset of the first byte from i on that ends the plain part of a
// string, or len(b).
func plain(b []byte, i int) int {
	for i+16 <= len(b) {
		p := b[i : i+16]
		if m := special(binary.LittleEndian.Uint64(p)) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		if m := special(binary.LittleEndian.Uint64(p[8:])) & highs; m != 0 {
			return i + 8 + bits.TrailingZeros64(m)>>3
		}
		i += 16
	}
	if i+8 <= len(b) {
		if m := special(binary.LittleEndian.Uint64(b[i:])) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		i += 8
	}
	for i < len(b) {
		if c := b[i]; c == '"' || c == '\\' || c < ' ' || c >= utf8.RuneSelf {
			return i
		}
		i++
	}
	return i
}

// text is a string of the body: the bytes between its quotes.
type text struct {
	Span
	// runes is the length in characters.
	runes int
	// escaped says that the bytes are not the characters.
	escaped bool
}

// text reads the string whose opening quote is at i. It returns the offset
// after the closing quote, or -1.
func (s *Scan) text(i int) (t text, next int) {
	b := s.b
	j := plain(b, i+1)
	if j < len(b) && b[j] == '"' {
		return text{Span{i + 1, j}, j - i - 1, false}, j + 1
	}
	return s.textSlow(i, j)
}

// textSlow goes on at j, where something else than the closing quote stands.
func (s *Scan) textSlow(i, j int) (t text, next int) {
	b := s.b
	t.Begin = i + 1
	runes := j - i - 1
	for {
		if j >= len(b) {
			s.broken(j, "the end of a string")
			return t, -1
		}
		switch c := b[j]; {
		case c == '"':
			t.End, t.runes = j, runes
			return t, j + 1
		case c == '\\':
			t.escaped = true
			n := escape(b, j)
			if n == 0 {
				s.broken(j, "a valid escape in a string")
				return t, -1
			}
			runes++
			j += n
		case c < ' ':
			s.broken(j, "no raw control character in a string")
			return t, -1
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(b[j:])
			if r == utf8.RuneError && n < 2 {
				s.broken(j, "valid UTF-8")
				return t, -1
			}
			runes++
			j += n
			continue // text that is not ASCII mostly goes on so
		}
		k := plain(b, j)
		runes += k - j
		j = k
	}
}

// escape is the length of the escape at j, 0 if it is none. A high and a low
// surrogate are one escape of twelve bytes, which stands for one character; so
// does a lone one, as U+FFFD.
func escape(b []byte, j int) int {
	if j+1 >= len(b) {
		return 0
	}
	switch b[j+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		u, ok := hex4(b, j+2)
		if !ok {
			return 0
		}
		if u >= 0xD800 && u < 0xDC00 && j+7 < len(b) && b[j+6] == '\\' && b[j+7] == 'u' {
			if l, ok := hex4(b, j+8); ok && l >= 0xDC00 && l < 0xE000 {
				return 12
			}
		}
		return 6
	}
	return 0
}

func hex4(b []byte, i int) (u rune, ok bool) {
	if i+4 > len(b) {
		return 0, false
	}
	for _, c := range b[i : i+4] {
		d, ok := nibble(c)
		if !ok {
			return 0, false
		}
		u = u<<4 | rune(d)
	}
	return u, true
}

// unescape appends the characters of a string's bytes to buf. A lone surrogate
// becomes U+FFFD.
func unescape(buf, b []byte) []byte {
	for i := 0; i < len(b); {
		if b[i] != '\\' {
			j := i + 1
			for j < len(b) && b[j] != '\\' {
				j++
			}
			buf = append(buf, b[i:j]...)
			i = j
			continue
		}
		switch b[i+1] {
		case 'b':
			buf = append(buf, '\b')
		case 'f':
			buf = append(buf, '\f')
		case 'n':
			buf = append(buf, '\n')
		case 'r':
			buf = append(buf, '\r')
		case 't':
			buf = append(buf, '\t')
		case 'u':
			n := escape(b, i)
			r, _ := hex4(b, i+2)
			if n == 12 {
				l, _ := hex4(b, i+8)
				r = (r-0xD800)<<10 + (l - 0xDC00) + 0x10000
			}
			buf = utf8.AppendRune(buf, r)
			i += n
			continue
		default:
			buf = append(buf, b[i+1])
		}
		i += 2
	}
	return buf
}

// chars are the characters of t as bytes; they are valid until the next call.
func (s *Scan) chars(t text) []byte {
	if !t.escaped {
		return s.b[t.Begin:t.End]
	}
	s.buf = unescape(s.buf[:0], s.b[t.Begin:t.End])
	return s.buf
}
