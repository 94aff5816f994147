package exchange

import (
	"regexp"
	"strings"
)

var (
	// refusal is how Nova quotes what it refuses; the value may hold anything.
	refusal = regexp.MustCompile(`(?s)(field/attribute ([A-Za-z0-9_:.-]{1,80})\. Value: )(.+)`)
	pem     = regexp.MustCompile(`(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|"|$)`)
	fernet  = regexp.MustCompile(`\bgAAAA[A-Za-z0-9_-]{40,}={0,2}`)
	bearer  = regexp.MustCompile(`(?i)\b(bearer )([A-Za-z0-9+/=._~-]{8,})`)
)

// text redacts s, whatever it is. A nil m only looks for names. The words that
// are looked for first spare most texts the slow expressions.
func (r *Redactor) text(m *matcher, s string, cut bool, nested int, seen func(label, value string)) string {
	s = m.known(s, cut)
	if strings.Contains(s, "PRIVATE KEY") {
		s = pem.ReplaceAllStringFunc(s, func(key string) string {
			key, quote := strings.CutSuffix(key, `"`)
			if seen != nil {
				seen("PRIVATE_KEY", key)
			}
			if quote {
				return placeholder("PRIVATE_KEY") + `"`
			}
			return placeholder("PRIVATE_KEY")
		})
	}
	if strings.Contains(s, "gAAAA") {
		s = fernet.ReplaceAllString(s, placeholder("TOKEN"))
	}
	if strings.Contains(s, "earer ") || strings.Contains(s, "EARER ") {
		s = bearer.ReplaceAllString(s, "${1}"+placeholder("TOKEN"))
	}
	s = r.links(m, s, seen)
	if strings.ContainsAny(s, "{[") {
		w := walk{r: r, m: m, s: s, out: &strings.Builder{}, seen: seen, nested: nested}
		w.out.Grow(len(s))
		w.run()
		s = w.out.String()
	}
	if strings.Contains(s, "field/attribute ") {
		s = refusal.ReplaceAllStringFunc(s, func(text string) string {
			part := refusal.FindStringSubmatch(text)
			label, secret := r.label(part[2])
			if !secret {
				return text
			}
			return part[1] + placeholder(label) + closing(part[3])
		})
	}
	return r.assignments(s, seen)
}

// closing is the end of the JSON document that a refusal stood in, so that the
// evidence stays readable.
func closing(rest string) string {
	if at := strings.LastIndexByte(rest, '"'); at >= 0 && strings.Trim(rest[at+1:], "}] \r\n\t") == "" {
		return rest[at:]
	}
	return ""
}

// links redacts the addresses in a text.
func (r *Redactor) links(m *matcher, s string, seen func(label, value string)) string {
	if !strings.Contains(s, "://") {
		return s
	}
	var b strings.Builder
	for {
		at := strings.Index(s, "://")
		if at < 0 {
			b.WriteString(s)
			return b.String()
		}
		end := at + 3
		for end < len(s) && !strings.ContainsRune(" \t\r\n\"'<>\\", rune(s[end])) {
			end++
		}
		from := at
		for from > 0 && wordByte(s[from-1]) {
			from--
		}
		b.WriteString(s[:from])
		b.WriteString(r.url(m, s[from:end], seen))
		s = s[end:]
	}
}

// wordByte reports a byte of the names that assignments and schemes have.
func wordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == ':' || c == '-'
}

// longestName is how far before a sign a name is looked for.
const longestName = 81

// assignments redacts name=value, name: value and <name>value outside of JSON.
func (r *Redactor) assignments(s string, seen func(label, value string)) string {
	var spans []span
	for i := 0; i < len(s); i++ {
		if s[i] != '=' && s[i] != ':' && s[i] != '>' {
			continue
		}
		from, to := valueAfter(s, i)
		if from == to {
			continue
		}
		value := s[from:to]
		if strings.HasPrefix(value, "***") || value == "null" || value == "true" || value == "false" {
			continue
		}
		label, secret := r.label(nameBefore(s, i))
		if !secret {
			continue
		}
		if seen != nil {
			seen(label, value)
		}
		spans = append(spans, span{from, to, label})
		i = to - 1
	}
	return replace(s, spans)
}

// nameBefore is the name that a sign at i follows, quotes and blanks between allowed.
func nameBefore(s string, i int) string {
	for i > 0 && (s[i-1] == ' ' || s[i-1] == '\t') {
		i--
	}
	if i > 0 && (s[i-1] == '"' || s[i-1] == '\'') {
		i--
	}
	from := i
	for from > 0 && i-from < longestName && wordByte(s[from-1]) {
		from--
	}
	return s[from:i]
}

// valueAfter is where the value behind a sign at i stands; from equals to if there is none.
func valueAfter(s string, i int) (from, to int) {
	i++
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	if i < len(s) && (s[i] == '"' || s[i] == '\'') {
		i++
	}
	from = i
	for i < len(s) && !strings.ContainsRune(" \t\r\n\"'&<>,;{}[]\\", rune(s[i])) {
		i++
	}
	return from, i
}
