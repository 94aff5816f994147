package mutant

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// unquote is the text of a JSON string.
func unquote(v sample.Value) string {
	var s string
	if raw, ok := v.(sample.Raw); ok && json.Unmarshal([]byte(raw), &s) == nil {
		return s
	}
	return ""
}

// text is a string that keeps format, pattern and lengths.
func (m *Maker) text(s *model.Schema) (sample.Value, error) {
	for try := range 400 {
		var t string
		switch {
		case s.Format != "" && known(s.Format):
			t = m.formatted(s.Format, try)
		case s.ContentEncoding == "base64":
			t = base64.StdEncoding.EncodeToString([]byte(m.letters(s, m.Rand.IntN(40))))
		case s.Pattern != nil && try < 2:
			// Patterns for times also match what is no time.
			t = strings.TrimSuffix(m.formatted("date-time", 0), "Z") + []string{".000000", ""}[try]
		case s.Pattern != nil:
			re, err := syntax.Parse(s.Pattern.String(), syntax.Perl)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.At, err)
			}
			var b strings.Builder
			// Now and then as long as it may be.
			m.match(re, &b, []int{2, 8, 40, length(s.MinLength, 0)}[try%4])
			t = b.String()
		default:
			t = m.letters(s, 6+m.Rand.IntN(6))
		}
		if fitsText(s, t) {
			return sample.Text(t), nil
		}
	}
	return nil, fmt.Errorf("%s: no string was found that fits", s.At)
}

func length(n *int, otherwise int) int {
	if n == nil {
		return otherwise
	}
	return *n
}

// fitsText holds a string against everything but its format.
func fitsText(s *model.Schema, t string) bool {
	n := utf8.RuneCountInString(t)
	return n >= length(s.MinLength, 0) && n <= length(s.MaxLength, n) && len(t) <= length(s.MaxBytes, len(t)) &&
		(s.Pattern == nil || s.Pattern.MatchString(t))
}

// letters are n characters, or as many as the schema allows.
func (m *Maker) letters(s *model.Schema, n int) string {
	n = max(n, length(s.MinLength, 0))
	n = min(n, length(s.MaxLength, n), length(s.MaxBytes, n))
	var b strings.Builder
	for b.Len() < n {
		b.WriteByte("abcdefghijklmnopqrstuvwxyz0123456789"[m.Rand.IntN(36)])
	}
	return b.String()
}

func known(format string) bool {
	switch format {
	case "uuid", "date-time", "date", "ipv4", "ipv6", "ip", "cidr", "mac", "uri", "uri-reference", "hostname", "byte", "base64":
		return true
	}
	return false
}

// formatted is a value of a format, of one of its spellings.
func (m *Maker) formatted(format string, try int) string {
	r := m.Rand
	hex := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("0123456789abcdef"[r.IntN(16)])
		}
		return b.String()
	}
	day := fmt.Sprintf("20%02d-%02d-%02d", r.IntN(100), 1+r.IntN(12), 1+r.IntN(28))
	clock := fmt.Sprintf("%02d:%02d:%02d", r.IntN(24), r.IntN(60), r.IntN(60))
	four := fmt.Sprintf("%d.%d.%d.%d", r.IntN(256), r.IntN(256), r.IntN(256), r.IntN(256))
	six := fmt.Sprintf("2001:db8::%x:%x", r.IntN(1<<16), r.IntN(1<<16))
	switch format {
	case "uuid":
		return hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12)
	case "date-time":
		return day + "T" + clock + []string{"Z", "." + fmt.Sprintf("%03d", r.IntN(1000)) + "Z", "." + fmt.Sprintf("%06d", r.IntN(1000000)) + "Z", "+08:00", "-03:30"}[try%5]
	case "date":
		return day
	case "ipv4":
		return four
	case "ipv6":
		return six
	case "ip":
		return []string{four, six}[try%2]
	case "cidr":
		return []string{four + "/24", six + "/64"}[try%2]
	case "mac":
		return fmt.Sprintf("fa:16:3e:%s:%s:%s", hex(2), hex(2), hex(2))
	case "uri":
		return "https://ecs.example.com/" + hex(6)
	case "uri-reference":
		return "/v2.1/" + hex(6)
	case "hostname":
		return "host-" + hex(4) + ".example.com"
	}
	return base64.StdEncoding.EncodeToString([]byte(hex(r.IntN(12))))
}

// match writes a text that a pattern matches. Repeats come at most so often.
func (m *Maker) match(re *syntax.Regexp, b *strings.Builder, most int) {
	times := func(low, high int) {
		if high < 0 || high > low+most {
			high = low + most
		}
		for range low + m.Rand.IntN(high-low+1) {
			m.match(re.Sub[0], b, most)
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(m.rune(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteRune(m.rune([]rune{'a', 'z', '0', '9', 0x4e00, 0x4eff}))
	case syntax.OpStar:
		times(0, -1)
	case syntax.OpPlus:
		times(1, -1)
	case syntax.OpQuest:
		times(0, 1)
	case syntax.OpRepeat:
		times(re.Min, re.Max)
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			m.match(sub, b, most)
		}
	case syntax.OpAlternate:
		m.match(re.Sub[m.Rand.IntN(len(re.Sub))], b, most)
	}
}

// rune picks a printable character of a class.
func (m *Maker) rune(class []rune) rune {
	for range 50 {
		k := m.Rand.IntN(len(class)/2) * 2
		low, high := class[k], min(class[k+1], class[k]+200)
		if r := low + rune(m.Rand.IntN(int(high-low)+1)); unicode.IsPrint(r) && utf8.ValidRune(r) {
			return r
		}
	}
	return class[0]
}
