package schema

import (
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep objects and arrays may nest.
const maxDepth = 256

// value is one JSON value as it stands in a body: in order, exact, with
// everything that encoding/json would smooth over.
type value struct {
	// kind is a JSON type name.
	kind string
	// text is the string itself, or the literal of a number or word.
	text string
	// at and end are the offsets of the value in the body.
	at, end int
	items   []value
	members []member
}

type member struct {
	name  string
	at    int
	value value
	// again says that an earlier member has the same name.
	again bool
}

// member is the last one of that name, nil if there is none.
func (v *value) member(name string) *value {
	for i := len(v.members) - 1; i >= 0; i-- {
		if v.members[i].name == name {
			return &v.members[i].value
		}
	}
	return nil
}

// broken is why a body is no JSON.
type broken struct {
	at   int
	want string
	got  string
}

// parse reads a whole body.
func parse(body []byte) (value, *broken) {
	p := parser{b: body}
	p.space()
	v := p.value(0)
	if p.broken == nil {
		p.space()
		if p.i < len(p.b) {
			p.fail("nothing after the JSON value")
		}
	}
	return v, p.broken
}

type parser struct {
	b      []byte
	i      int
	broken *broken
}

func (p *parser) fail(want string) {
	if p.broken != nil {
		return
	}
	got := "the end of the body at byte " + strconv.Itoa(len(p.b))
	if p.i < len(p.b) {
		if c := p.b[p.i]; c > ' ' && c < 0x7F {
			got = strconv.QuoteRune(rune(c)) + " at byte " + strconv.Itoa(p.i)
		} else {
			got = fmt.Sprintf("0x%02X at byte %d", c, p.i)
		}
	}
	p.broken = &broken{at: p.i, want: want, got: got}
}

func (p *parser) space() {
	for p.i < len(p.b) && (p.b[p.i] == ' ' || p.b[p.i] == '\n' || p.b[p.i] == '\r' || p.b[p.i] == '\t') {
		p.i++
	}
}

func (p *parser) peek() byte {
	if p.i < len(p.b) {
		return p.b[p.i]
	}
	return 0
}

func (p *parser) value(depth int) value {
	v := value{at: p.i}
	switch c := p.peek(); {
	case c == '{' || c == '[':
		if depth >= maxDepth {
			p.fail("no deeper nesting")
			return v
		}
		if c == '{' {
			p.object(&v, depth)
		} else {
			p.array(&v, depth)
		}
	case c == '"':
		v.kind = "string"
		v.text = p.str()
	case c == '-' || c >= '0' && c <= '9':
		v.kind = "number"
		v.text = p.number()
	case c == 't':
		p.word(&v, "boolean", "true")
	case c == 'f':
		p.word(&v, "boolean", "false")
	case c == 'n':
		p.word(&v, "null", "null")
	default:
		p.fail("a JSON value")
	}
	v.end = p.i
	return v
}

func (p *parser) word(v *value, kind, word string) {
	for i := range len(word) {
		if p.peek() != word[i] {
			p.fail("a JSON value")
			return
		}
		p.i++
	}
	v.kind, v.text = kind, word
}

func (p *parser) object(v *value, depth int) {
	v.kind = "object"
	p.i++
	seen := map[string]bool{}
	for first := true; p.broken == nil; first = false {
		p.space()
		if p.peek() == '}' && first {
			break
		}
		if p.peek() != '"' {
			p.fail("a member name")
			return
		}
		m := member{at: p.i}
		m.name = p.str()
		p.space()
		if p.broken == nil && p.peek() != ':' {
			p.fail("a colon")
		}
		if p.broken != nil {
			return
		}
		p.i++
		p.space()
		m.value = p.value(depth + 1)
		m.again = seen[m.name]
		seen[m.name] = true
		v.members = append(v.members, m)
		p.space()
		if p.peek() == '}' {
			break
		}
		if p.peek() != ',' {
			p.fail("a comma or the end of the object")
			return
		}
		p.i++
	}
	p.i++
}

func (p *parser) array(v *value, depth int) {
	v.kind = "array"
	p.i++
	for first := true; p.broken == nil; first = false {
		p.space()
		if p.peek() == ']' && first {
			break
		}
		v.items = append(v.items, p.value(depth+1))
		p.space()
		if p.peek() == ']' {
			break
		}
		if p.peek() != ',' {
			p.fail("a comma or the end of the array")
			return
		}
		p.i++
	}
	p.i++
}

func (p *parser) digits(want string) {
	from := p.i
	for p.i < len(p.b) && p.b[p.i] >= '0' && p.b[p.i] <= '9' {
		p.i++
	}
	if p.i == from {
		p.fail(want)
	}
}

func (p *parser) number() string {
	from := p.i
	if p.peek() == '-' {
		p.i++
	}
	zero := p.i
	p.digits("a number")
	if p.broken == nil && p.b[zero] == '0' && p.i > zero+1 {
		p.i = zero
		p.fail("a number")
	}
	if p.peek() == '.' {
		p.i++
		p.digits("a digit after the decimal point")
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.i++
		if c := p.peek(); c == '+' || c == '-' {
			p.i++
		}
		p.digits("a digit in the exponent")
	}
	return string(p.b[from:p.i])
}

// str reads the string whose opening quote is next.
func (p *parser) str() string {
	p.i++
	from := p.i
	for p.i < len(p.b) && p.b[p.i] != '"' && p.b[p.i] != '\\' && p.b[p.i] >= ' ' && p.b[p.i] < utf8.RuneSelf {
		p.i++
	}
	s := p.b[from:p.i:p.i]
	for {
		if p.i >= len(p.b) {
			p.fail("the end of a string")
			return ""
		}
		switch c := p.b[p.i]; {
		case c == '"':
			p.i++
			return string(s)
		case c == '\\':
			r, n := p.escape()
			if n == 0 {
				p.fail("a valid escape in a string")
				return ""
			}
			s = utf8.AppendRune(s, r)
			p.i += n
		case c < ' ':
			p.fail("no raw control character in a string")
			return ""
		default:
			r, n := utf8.DecodeRune(p.b[p.i:])
			if r == utf8.RuneError && n < 2 {
				p.fail("valid UTF-8")
				return ""
			}
			s = append(s, p.b[p.i:p.i+n]...)
			p.i += n
		}
	}
}

// escape is the character of the escape that is next and its length, 0 if it
// is none. A lone surrogate becomes U+FFFD.
func (p *parser) escape() (rune, int) {
	if p.i+1 >= len(p.b) {
		return 0, 0
	}
	switch c := p.b[p.i+1]; c {
	case '"', '\\', '/':
		return rune(c), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r, ok := p.hex(p.i + 2)
		if !ok {
			return 0, 0
		}
		if p.i+7 < len(p.b) && p.b[p.i+6] == '\\' && p.b[p.i+7] == 'u' {
			if low, ok := p.hex(p.i + 8); ok {
				if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
					return pair, 12
				}
			}
		}
		return r, 6 // AppendRune writes a surrogate as U+FFFD
	}
	return 0, 0
}

func (p *parser) hex(i int) (rune, bool) {
	if i+4 > len(p.b) {
		return 0, false
	}
	u, err := strconv.ParseUint(string(p.b[i:i+4]), 16, 16)
	return rune(u), err == nil && p.b[i] != '+' && p.b[i] != '-'
}
