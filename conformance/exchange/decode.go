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
	var spans []span
	search := func(d decoded) {
		for _, p := range m.find(d.text, tail) {
			spans = append(spans, span{d.source(p.from), d.source(p.to), p.label})
		}
		half := halfEscape(d.text)
		if !tail || half == 0 {
			return
		}
		// What looks like the beginning of an escape may be one that the end cut off.
		text := d.text[:len(d.text)-half]
		for _, p := range m.find(text, tail) {
			if p.to == len(text) {
				spans = append(spans, span{d.source(p.from), len(s), p.label})
			}
		}
	}
	search(decoded{text: s})
	m.decoding(decoded{text: s}, levels, search)
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	return replace(s, spans)
}

// halfEscape is how many bytes at the end of s are an escape that was cut off.
func halfEscape(s string) int {
	at := strings.LastIndexAny(s[max(0, len(s)-8):], `\%&`)
	if at < 0 {
		return 0
	}
	rest := s[max(0, len(s)-8)+at:]
	if _, width := unescape(rest); width > 0 {
		return 0
	}
	for _, c := range rest[1:] {
		if c != 'u' && c != 'x' && c != '#' && (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			return 0
		}
	}
	return len(rest)
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

// kinds are the signs that begin an escape. They are undone one kind at a time
// and in every order: a value may hold what looks like an escape of another kind.
const kinds = `\%&`

// decoding calls f with d decoded once, twice, and so on.
func (m *matcher) decoding(d decoded, depth int, f func(decoded)) {
	if depth == 0 {
		return
	}
	for i := range len(kinds) {
		if next, changed := d.next(kinds[i]); changed {
			f(next)
			m.decoding(next, depth-1, f)
		}
	}
}

// next undoes one level of the escapes that begin with kind.
func (d decoded) next(kind byte) (decoded, bool) {
	s := d.text
	first := strings.IndexByte(s, kind)
	if first < 0 {
		return d, false
	}
	var b strings.Builder
	b.Grow(len(s))
	at := make([]int, 0, len(s)+1)
	changed := false
	for i := 0; i < len(s); {
		text, width := "", 0
		if s[i] == kind {
			text, width = unescape(s[i:])
		}
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
