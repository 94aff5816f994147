package exchange

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
)

// shortest is the length below which a known value is not looked for: replacing
// every "a" would destroy the evidence. Members are redacted whatever their length.
const shortest = 4

// cutTail is how many bytes of a known value must stand at the very end of a
// text to be taken for a value that was cut off.
const cutTail = 6

// form is one way to write a known value.
type form struct{ text, label string }

// matcher finds many forms in one pass over a text.
type matcher struct {
	pairs   [1 << 16]bool // the first two bytes of any form
	byHead  map[uint32][]form
	longest int
}

func head(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func newMatcher(known map[string]string) *matcher {
	m := &matcher{byHead: map[uint32][]form{}}
	for value, label := range known {
		for _, text := range formsOf(value) {
			m.pairs[uint16(text[0])|uint16(text[1])<<8] = true
			m.byHead[head(text)] = append(m.byHead[head(text)], form{text, label})
			m.longest = max(m.longest, len(text))
		}
	}
	for _, forms := range m.byHead {
		slices.SortFunc(forms, func(a, b form) int {
			return cmp.Or(len(b.text)-len(a.text), strings.Compare(a.text, b.text), strings.Compare(a.label, b.label))
		})
	}
	return m
}

// formsOf are the value itself, hexadecimal, with plus signs for blanks, and what
// every base64 text that contains it contains too. Escapes with backslash,
// percent sign and ampersand are not listed: texts are searched decoded as well.
func formsOf(value string) []string {
	forms := []string{value}
	if strings.Contains(value, " ") {
		forms = append(forms, strings.ReplaceAll(value, " ", "+"), url.QueryEscape(value))
	}
	if len(value) >= 8 {
		low := hex.EncodeToString([]byte(value))
		forms = append(forms, low, strings.ToUpper(low))
		for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			for before := range 3 {
				forms = append(forms, core(e, value, before))
			}
		}
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// core is the part of the base64 text of before unknown bytes, value, and any
// bytes that depends on value alone.
func core(e *base64.Encoding, value string, before int) string {
	text := e.EncodeToString(append(make([]byte, before), value...))
	from := (before*8 + 5) / 6
	to := (before + len(value)) * 8 / 6
	return text[from:to]
}

// span is a place in a text and the label of what stands there.
type span struct {
	from, to int
	label    string
}

// find returns the places of s that hold a form, leftmost and longest, none
// overlapping. With tail a form that the end of s cuts off is one too.
func (m *matcher) find(s string, tail bool) []span {
	if m == nil || len(m.byHead) == 0 {
		return nil
	}
	var found []span
	for i := 0; i+shortest <= len(s); i++ {
		if !m.pairs[uint16(s[i])|uint16(s[i+1])<<8] {
			continue
		}
		rest := s[i:]
		for _, f := range m.byHead[head(rest)] {
			if strings.HasPrefix(rest, f.text) ||
				tail && len(rest) >= cutTail && len(rest) < len(f.text) && strings.HasPrefix(f.text, rest) {
				end := min(i+len(f.text), len(s))
				found = append(found, span{i, end, f.label})
				i = end - 1
				break
			}
		}
	}
	return found
}

// replace writes s with a placeholder at each span; spans are sorted and may overlap.
func replace(s string, spans []span) string {
	if len(spans) == 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, p := range spans {
		if p.from < at { // overlaps its predecessor
			at = max(at, p.to)
			continue
		}
		b.WriteString(s[at:p.from])
		b.WriteString(placeholder(p.label))
		at = p.to
	}
	b.WriteString(s[at:])
	return b.String()
}
