package judge

import "encoding/json"

// mostKeys and mostBytes bound the search for the key of an action.
const (
	mostKeys  = 64
	mostBytes = 1 << 20
)

// topText is the text that the object has under name, which body begins with.
func topText(body []byte, name string) (text string, ok bool) {
	topMembers(body, func(key string, value *scanner) bool {
		if key != name {
			return true
		}
		ahead := *value
		ahead.space()
		text, ok = ahead.text()
		return false
	})
	return text, ok
}

// topKeys calls f with the keys of the object that body begins with, in order,
// until f returns false or something is no JSON any more. What is nested, however
// deep, is passed over without being built.
func topKeys(body []byte, f func(key string) bool) {
	topMembers(body, func(key string, _ *scanner) bool { return f(key) })
}

// topMembers calls f with each key and the place of its value.
func topMembers(body []byte, f func(key string, value *scanner) bool) {
	s := scanner{b: body[:min(len(body), mostBytes)]}
	s.space()
	if !s.take('{') {
		return
	}
	for range mostKeys {
		s.space()
		key, ok := s.text()
		if !ok {
			return
		}
		s.space()
		if !s.take(':') || !f(key, &s) {
			return
		}
		s.space()
		if !s.value() {
			return
		}
		s.space()
		if !s.take(',') {
			return
		}
	}
}

type scanner struct {
	b []byte
	i int
}

func (s *scanner) space() {
	for s.i < len(s.b) && (s.b[s.i] == ' ' || s.b[s.i] == '\t' || s.b[s.i] == '\n' || s.b[s.i] == '\r') {
		s.i++
	}
}

func (s *scanner) take(c byte) bool {
	if s.i < len(s.b) && s.b[s.i] == c {
		s.i++
		return true
	}
	return false
}

// quoted passes over a string.
func (s *scanner) quoted() (raw []byte, escaped, ok bool) {
	if !s.take('"') {
		return nil, false, false
	}
	from := s.i
	for s.i < len(s.b) {
		switch s.b[s.i] {
		case '"':
			s.i++
			return s.b[from : s.i-1], escaped, true
		case '\\':
			escaped = true
			s.i++
		}
		s.i++
	}
	return nil, escaped, false
}

func (s *scanner) text() (string, bool) {
	from := s.i
	raw, escaped, ok := s.quoted()
	if !ok || !escaped {
		return string(raw), ok
	}
	var key string
	err := json.Unmarshal(s.b[from:s.i], &key)
	return key, err == nil
}

// value passes over any value.
func (s *scanner) value() bool {
	depth := 0
	for s.i < len(s.b) {
		switch s.b[s.i] {
		case '"':
			if _, _, ok := s.quoted(); !ok {
				return false
			}
			if depth == 0 {
				return true
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return true // the end of the object, after a bare value
			}
			if depth--; depth == 0 {
				s.i++
				return true
			}
		case ',':
			if depth == 0 {
				return true
			}
		}
		s.i++
	}
	return false
}
