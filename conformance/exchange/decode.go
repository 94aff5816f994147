package exchange

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// levels is how often a text is decoded to look for a value: JSON in a JSON
// string in a URL is three deep.
const levels = 3

// known replaces every known value in s, plain or escaped with backslashes,
// percent signs or HTML entities, mixed and nested. With tail, s may end in the
// middle of a value.
func (m *matcher) known(s string, tail bool) string {
	if m == nil || len(m.byHead) == 0 {
		return s
	}
	spans := m.find(s, tail)
	d := decoded{text: s}
	for range levels {
		var changed bool
		if d, changed = d.next(); !changed {
			break
		}
		for _, p := range m.find(d.text, tail) {
			spans = append(spans, span{d.source(p.from), d.source(p.to), p.label})
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	return replace(s, spans)
}

// decoded is a text and where in the original each of its bytes began.
type decoded struct {
	text string
	// at has one entry for each byte and one for the end; nil means text is the original.
	at []int
}

func (d decoded) source(i int) int {
	if d.at == nil {
		return i
	}
	return d.at[i]
}

// next undoes one level of escapes.
func (d decoded) next() (decoded, bool) {
	s := d.text
	if !strings.ContainsAny(s, `\%&`) {
		return d, false
	}
	var b strings.Builder
	b.Grow(len(s))
	at := make([]int, 0, len(s)+1)
	changed := false
	for i := 0; i < len(s); {
		text, width := unescape(s[i:])
		if width == 0 {
			text, width = s[i:i+1], 1
		} else {
			changed = true
		}
		b.WriteString(text)
		for range len(text) {
			at = append(at, d.source(i))
		}
		i += width
	}
	return decoded{b.String(), append(at, d.source(len(s)))}, changed
}

// unescape reads one escape at the beginning of s; width 0 means there is none.
func unescape(s string) (text string, width int) {
	switch s[0] {
	case '\\':
		return backslash(s)
	case '%':
		if c, ok := hexByte(s, 1); ok {
			return string([]byte{c}), 3
		}
	case '&':
		if end := strings.IndexByte(s[:min(len(s), 12)], ';'); end > 0 {
			if text := html.UnescapeString(s[:end+1]); text != s[:end+1] {
				return text, end + 1
			}
		}
	}
	return "", 0
}

func backslash(s string) (text string, width int) {
	if len(s) < 2 {
		return "", 0
	}
	switch s[1] {
	case '"', '\\', '/', '\'':
		return s[1:2], 2
	case 'b':
		return "\b", 2
	case 'f':
		return "\f", 2
	case 'n':
		return "\n", 2
	case 'r':
		return "\r", 2
	case 't':
		return "\t", 2
	case 'x':
		if c, ok := hexByte(s, 2); ok {
			return string([]byte{c}), 4
		}
	case 'u':
		a, ok := hexRune(s)
		if !ok {
			return "", 0
		}
		if utf16.IsSurrogate(a) {
			if len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
				if b, ok := hexRune(s[6:]); ok {
					if r := utf16.DecodeRune(a, b); r != utf8.RuneError {
						return string(r), 12
					}
				}
			}
		}
		return string(a), 6
	}
	return "", 0
}

// hexByte reads two hexadecimal digits at s[i:].
func hexByte(s string, i int) (byte, bool) {
	if len(s) < i+2 {
		return 0, false
	}
	a, okA := digit(s[i])
	b, okB := digit(s[i+1])
	return a<<4 | b, okA && okB
}

// hexRune reads the four digits of an escape like \u0041 at the beginning of s.
func hexRune(s string) (rune, bool) {
	a, okA := hexByte(s, 2)
	b, okB := hexByte(s, 4)
	return rune(a)<<8 | rune(b), okA && okB
}

func digit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
