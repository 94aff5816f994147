package sample

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// Value is a JSON value: Object, List, Raw or nil for null.
type Value interface{ write(*writer) }

// Object is an object; names may come twice.
type Object []Member

// Member is one member of an Object.
type Member struct {
	Name  string
	Value Value
}

// List is an array.
type List []Value

// Raw is any other value as it is written, valid or not.
type Raw string

// Text is a JSON string.
func Text(s string) Raw {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			b.WriteString(`\u00` + strconv.FormatInt(int64(r>>4), 16) + strconv.FormatInt(int64(r&15), 16))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return Raw(b.String())
}

// Int is a JSON integer.
func Int(n int) Raw { return Raw(strconv.Itoa(n)) }

// Null is null.
const Null Raw = "null"

type writer struct {
	b      []byte
	indent bool
	depth  int
}

// JSON is v without white space.
func JSON(v Value) []byte {
	w := &writer{}
	v.write(w)
	return w.b
}

// Indented is v with a line for each member and item.
func Indented(v Value) []byte {
	w := &writer{indent: true}
	v.write(w)
	return w.b
}

func (w *writer) line() {
	if w.indent {
		w.b = append(w.b, '\n')
		for range w.depth {
			w.b = append(w.b, "  "...)
		}
	}
}

func (r Raw) write(w *writer) { w.b = append(w.b, r...) }

func (o Object) write(w *writer) {
	w.b = append(w.b, '{')
	w.depth++
	for i, m := range o {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.line()
		w.b = append(append(w.b, Text(m.Name)...), ':')
		if w.indent {
			w.b = append(w.b, ' ')
		}
		m.Value.write(w)
	}
	w.depth--
	if len(o) > 0 {
		w.line()
	}
	w.b = append(w.b, '}')
}

func (l List) write(w *writer) {
	w.b = append(w.b, '[')
	w.depth++
	for i, v := range l {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.line()
		v.write(w)
	}
	w.depth--
	if len(l) > 0 {
		w.line()
	}
	w.b = append(w.b, ']')
}

// Shuffled is v with the members of each object in an order of their own.
func Shuffled(v Value, r *rand.Rand) Value {
	switch v := v.(type) {
	case Object:
		out := make(Object, len(v))
		for i, to := range r.Perm(len(v)) {
			out[to] = Member{v[i].Name, Shuffled(v[i].Value, r)}
		}
		return out
	case List:
		out := make(List, len(v))
		for i := range v {
			out[i] = Shuffled(v[i], r)
		}
		return out
	}
	return v
}
