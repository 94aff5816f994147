package report

import (
	"bytes"
	"strings"
)

// color is the parameter of an SGR escape sequence; "" is none. Only the 16
// colours of the terminal's own theme are used.
type color string

const (
	plain  color = ""
	dim    color = "2"
	red    color = "31"
	green  color = "32"
	yellow color = "33"
	purple color = "35"
	cyan   color = "36"
)

func verdictColor(v Verdict) color {
	switch v {
	case Pass:
		return green
	case Fail:
		return red
	case Error:
		return purple
	case NotRun:
		return yellow
	case Unsupported, Excluded:
		return cyan
	}
	return plain
}

func (t *Terminal) paint(c color, s string) string {
	if !t.o.Color || c == plain || s == "" {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}

// verdict is the word in a column of n; what needs a look is in capitals, so
// that it stands out without colour.
func (t *Terminal) verdict(v Verdict, n int) string {
	word := oneLine(string(v))
	if v == Fail || v == Error {
		word = strings.ToUpper(word)
	}
	return t.paint(verdictColor(v), pad(word, n))
}

// hang writes text behind a label, wrapped to the width, further lines below
// the first word of the text.
func (t *Terminal) hang(b *bytes.Buffer, indent, label, text string) {
	if text == "" && label == "" {
		return
	}
	first := indent + label
	rest := indent + strings.Repeat(" ", width(label))
	room := t.o.Width - width(rest)
	switch {
	case t.o.Width <= 0:
		room = 1 << 30
	case room < 20: // too narrow for a column of its own
		first, rest, text = "  ", "  ", label+text
		room = max(t.o.Width-2, 8)
	}
	for i, line := range wrap(text, room) {
		if i == 0 {
			b.WriteString(first)
		} else {
			b.WriteString(rest)
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
}

// longest is how much of one value a terminal shows; all of it is on the page.
const longest = 600

// wrap breaks s at blanks into lines of at most n runes; longer words are cut
// across lines. There is always one line.
func wrap(s string, n int) []string {
	s, n = clip(s, longest), max(n, 1)
	var lines []string
	line, length := "", 0
	for _, word := range strings.Fields(s) {
		w := width(word)
		if length > 0 && length+1+w > n {
			lines = append(lines, line)
			line, length = "", 0
		}
		for w > n {
			head := string([]rune(word)[:n])
			lines = append(lines, head)
			word = word[len(head):]
			w = width(word)
		}
		if length > 0 {
			line += " "
			length++
		}
		line += word
		length += w
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// clip cuts s to n runes and says so with an ellipsis.
func clip(s string, n int) string {
	if n <= 0 || width(s) <= n {
		return s
	}
	return string([]rune(s)[:max(n-1, 0)]) + "…"
}

// anchor is a name as the fragment of a URL.
func anchor(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~@", c) >= 0:
			b.WriteByte(c)
		default:
			const hex = "0123456789ABCDEF"
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
