package scan

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pointersOf are the JSON pointers of the values or member names at the given
// offsets, which ascend. Where a body is broken the pointer leads to the
// innermost value that was begun. Lists may have gaps.
func pointersOf(b []byte, offsets []int, gaps *live) []string {
	p := &pointers{b: b, offsets: offsets, out: make([]string, len(offsets)), gaps: gaps}
	if len(offsets) == 0 {
		return nil
	}
	p.value(p.space(0))
	for p.n < len(offsets) {
		p.emit()
	}
	return p.out
}

type pointers struct {
	b       []byte
	offsets []int
	n       int // the next offset to answer
	out     []string
	path    []step
	stop    bool
	gaps    *live
}

// step is one reference token: the offset of a member name, or an index.
type step struct {
	name  int // -1 for an index
	index int
}

// reach answers the offsets up to i.
func (p *pointers) reach(i int) {
	for p.n < len(p.offsets) && p.offsets[p.n] <= i {
		p.emit()
	}
	if p.n >= len(p.offsets) {
		p.stop = true
	}
}

func (p *pointers) emit() {
	var sb strings.Builder
	for _, s := range p.path {
		sb.WriteByte('/')
		if s.name < 0 {
			sb.WriteString(strconv.Itoa(s.index))
			continue
		}
		end := p.str(s.name)
		name := p.b[s.name+1 : max(s.name+1, min(end-1, len(p.b)))]
		if bytes.IndexByte(name, '\\') >= 0 && end <= len(p.b) && p.b[end-1] == '"' {
			name = unescapeSafe(name)
		}
		sb.WriteString(escapePointer(token(name)))
	}
	p.out[p.n] = sb.String()
	p.n++
}

// longestToken is how many bytes of a name a pointer shows: a hostile one must not fill
// a report.
const longestToken = 256

func token(name []byte) string {
	if len(name) <= longestToken {
		return strings.ToValidUTF8(string(name), "")
	}
	cut := longestToken - len("…")
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return strings.ToValidUTF8(string(name[:cut]), "") + "…"
}

// unescapeSafe is unescape for names that may hold broken escapes.
func unescapeSafe(name []byte) []byte {
	for i := 0; i < len(name); i++ {
		if name[i] == '\\' {
			n := escape(name, i)
			if n == 0 {
				return name
			}
			i += n - 1
		}
	}
	return unescape(nil, name)
}

func escapePointer(s string) string {
	if !strings.ContainsAny(s, "~/") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1")
}

func (p *pointers) space(i int) int {
	for i < len(p.b) && p.b[i] <= ' ' {
		i++
	}
	return i
}

// str is the offset after the string at i.
func (p *pointers) str(i int) int {
	b := p.b
	for i++; i < len(b); {
		i = plain(b, i)
		if i >= len(b) {
			break
		}
		switch b[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
		i++
	}
	return len(b)
}

// value walks the value at i and returns the offset after it.
func (p *pointers) value(i int) int {
	b := p.b
	p.reach(i)
	if p.stop || i >= len(b) {
		p.stop = true
		return i
	}
	switch b[i] {
	case '"':
		i = p.str(i)
	case '{', '[':
		return p.container(i)
	default:
		for i < len(b) && b[i] != ',' && b[i] != ']' && b[i] != '}' && b[i] > ' ' {
			i++
		}
	}
	// An offset inside of a scalar belongs to the scalar.
	p.reach(i - 1)
	return i
}

func (p *pointers) container(i int) int {
	b := p.b
	if len(p.path) > MaxDepth {
		p.stop = true
		return i
	}
	isObject := b[i] == '{'
	p.path = append(p.path, step{-1, 0})
	top := len(p.path) - 1
	i = p.space(i + 1)
	first := p.gaps.before(i)
	p.path[top].index = max(0, first-1)
	for n := first; !p.stop; n++ {
		if i >= len(b) {
			p.stop = true
			break
		}
		if b[i] == '}' || b[i] == ']' {
			p.path = p.path[:top]
			p.reach(i)
			return i + 1
		}
		if isObject {
			if b[i] != '"' {
				p.path = p.path[:top]
				p.stop = true
				return i
			}
			p.path[top] = step{i, 0}
			p.reach(i)
			i = p.space(p.str(i))
			if p.stop || i >= len(b) || b[i] != ':' {
				p.stop = true
				break
			}
			i = p.space(i + 1)
		} else {
			p.path[top] = step{-1, n}
		}
		if i = p.space(p.value(i)); p.stop {
			break
		}
		if i < len(b) && b[i] == ',' {
			p.reach(i)
			i = p.space(i + 1)
		} else if i >= len(b) || b[i] != '}' && b[i] != ']' {
			p.stop = true
		}
	}
	return i
}
