package exchange

import (
	"encoding/json"
	"strings"
)

// deepest is how many containers the walk remembers; JSON in strings counts.
// What lies deeper is still searched for names and known values, only the shape
// of its container is forgotten.
const deepest = 512

// walk goes over a text as if it were JSON, without asking that it be: truncated
// and malformed bodies are what a conformance tool meets. seen is called with the
// name and the decoded text of each secret value; if out is not nil the text is
// copied there with the secrets replaced.
type walk struct {
	r     *Redactor
	m     *matcher
	s     string
	i     int
	out   *strings.Builder
	seen  func(label, value string)
	stack []container
	// name is the member whose value comes next, "" in arrays.
	name string
	// nested is how many strings this text was unpacked from.
	nested int
}

// container is an open object or array.
type container struct {
	object bool
	// name is the member that the container is the value of.
	name string
	// shape is the folded name if only some members of the object are secret.
	shape string
	// hide is the label that all direct values of the container get.
	hide string
}

func (w *walk) run() {
	for w.i < len(w.s) {
		switch c := w.s[w.i]; c {
		case ' ', '\t', '\r', '\n', ':':
			w.step()
		case ',':
			if top := w.top(); top.object {
				w.name = ""
			}
			w.step()
		case '{', '[':
			w.open(c == '{')
		case '}', ']':
			w.close()
		case '"', '\'':
			w.quoted(c)
		default:
			w.bare()
		}
	}
}

func (w *walk) top() container {
	if len(w.stack) == 0 {
		return container{}
	}
	return w.stack[len(w.stack)-1]
}

// hidden is the label for a value that comes now, if it is a secret.
func (w *walk) hidden() (label string, secret bool) {
	top := w.top()
	if top.hide != "" {
		return top.hide, true
	}
	if w.name == "" {
		return "", false
	}
	switch f := fold(w.name); {
	case top.shape == "token" && f == "id":
		return "TOKEN", true
	case top.shape == "password" && f != "user":
		return "PASSWORD", true
	}
	return w.r.label(w.name)
}

func (w *walk) open(object bool) {
	next := container{object: object, name: w.name}
	if label, secret := w.hidden(); secret {
		switch f := fold(w.name); {
		case object && w.top().hide == "" && (f == "token" || f == "password"):
			// IAM's "password" holds the user and "token" the user, the roles and
			// the service catalogue (ecs 4.2, 4.3); only parts of them are secret.
			next.shape = f
		default:
			next.hide = label
		}
	} else if !object {
		next.shape = w.top().shape
	}
	w.step()
	if len(w.stack) < deepest {
		w.stack = append(w.stack, next)
	} else {
		w.stack[deepest-1] = next
	}
	if object {
		w.name = ""
	}
}

func (w *walk) close() {
	if n := len(w.stack); n > 0 {
		w.name = w.stack[n-1].name
		w.stack = w.stack[:n-1]
	}
	w.step()
}

// quoted reads a string, which is a name if a colon follows.
func (w *walk) quoted(quote byte) {
	end, closed := w.i+1, false
	for end < len(w.s) {
		if w.s[end] == '\\' {
			end += 2
			continue
		}
		if w.s[end] == quote {
			closed = true
			break
		}
		end++
	}
	end = min(end, len(w.s))
	inside := w.s[w.i+1 : end]
	after := end
	if closed {
		after++
	}
	if w.colon(after) {
		w.name = plain(inside)
		w.emit(w.s[w.i:w.i+1], w.m.known(inside, false), w.s[end:after])
		w.i = after
		return
	}
	if label, secret := w.hidden(); secret && inside != "" {
		w.tell(label, plain(inside))
		w.emit(w.s[w.i:w.i+1], mark(label, inside), w.s[end:after])
	} else {
		w.emit(w.s[w.i:w.i+1], w.content(inside, !closed), w.s[end:after])
	}
	w.i = after
}

// colon reports whether the next sign from i on is a colon.
func (w *walk) colon(i int) bool {
	for ; i < len(w.s); i++ {
		switch w.s[i] {
		case ' ', '\t', '\r', '\n':
		case ':':
			return true
		default:
			return false
		}
	}
	return false
}

// bare reads a number, a literal, or whatever stands there without quotes.
func (w *walk) bare() {
	end := w.i
	for end < len(w.s) && !strings.ContainsRune(" \t\r\n,:{}[]\"'", rune(w.s[end])) {
		end++
	}
	if end == w.i { // a byte that is part of a longer rune, or a sign that ends words
		end++
	}
	word := w.s[w.i:end]
	label, secret := w.hidden()
	switch {
	case word == "null" || word == "true" || word == "false":
		w.emit(word)
	case w.colon(end) && len(w.stack) > 0: // a name without quotes
		w.name = word
		w.emit(w.m.known(word, false))
	case secret:
		w.tell(label, word)
		if w.top().object || len(w.stack) > 0 {
			w.emit(`"`, mark(label, word), `"`)
		} else {
			w.emit(mark(label, word))
		}
	default:
		w.emit(w.m.known(word, end == len(w.s)))
	}
	w.i = end
}

// content redacts what a string that is no secret itself holds: JSON or a URL
// inside it, or text.
func (w *walk) content(inside string, cut bool) string {
	if w.nested >= levels || !strings.ContainsAny(inside, `{=:&-`) {
		return w.m.known(inside, cut)
	}
	text := plain(inside)
	clean := w.r.text(w.m, text, cut, w.nested+1, w.seen)
	if clean == text {
		return w.m.known(inside, cut)
	}
	if text == inside && !strings.ContainsAny(clean, "\"\\\n\r\t") {
		return clean
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(clean); err != nil { // strings always encode
		return mark("TEXT", inside)
	}
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(b.String(), "\n"), `"`), `"`)
}

// plain is the text that a JSON string stands for, as far as it can be told.
func plain(inside string) string {
	d, _ := decoded{text: inside}.next('\\')
	return d.text
}

func (w *walk) tell(label, value string) {
	if w.seen != nil {
		w.seen(label, value)
	}
}

// step copies one byte.
func (w *walk) step() {
	w.emit(w.s[w.i : w.i+1])
	w.i++
}

func (w *walk) emit(parts ...string) {
	if w.out == nil {
		return
	}
	for _, p := range parts {
		w.out.WriteString(p)
	}
}

// mark is the placeholder for a value; one that is a placeholder already stays.
func mark(label, value string) string {
	if isPlaceholder(value) {
		return value
	}
	return placeholder(label)
}

func isPlaceholder(s string) bool {
	word, ok := strings.CutPrefix(s, "***")
	if !ok {
		return false
	}
	word, ok = strings.CutSuffix(word, "***")
	return ok && word != "" && variable(word) == word
}
