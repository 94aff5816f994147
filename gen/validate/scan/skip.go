package scan

// Skip checks that the value at i is JSON and nothing else about it.
func (s *Scan) Skip(i int) int {
	if i >= len(s.b) {
		s.broken(i, "a JSON value")
		return -1
	}
	switch c := s.b[i]; {
	case c == '"':
		_, i = s.text(i)
		return i
	case c == '{':
		return s.skipObject(i)
	case c == '[':
		return s.skipArray(i)
	case c == 't':
		return s.word(i, "true")
	case c == 'f':
		return s.word(i, "false")
	case c == 'n':
		return s.word(i, "null")
	case c == '-' || c >= '0' && c <= '9':
		_, i = s.number(i)
		return i
	}
	s.broken(i, "a JSON value")
	return -1
}

func (s *Scan) word(i int, w string) int {
	if len(s.b)-i >= len(w) && string(s.b[i:i+len(w)]) == w {
		return i + len(w)
	}
	for k := range len(w) {
		if i+k >= len(s.b) || s.b[i+k] != w[k] {
			s.broken(i+k, w)
			break
		}
	}
	return -1
}

func (s *Scan) skipObject(i int) int {
	if !s.enter(i) {
		return -1
	}
	names := s.openNames()
	i = s.Space(i + 1)
	if s.Peek(i) == '}' {
		s.depth--
		return i + 1
	}
	for {
		if s.Peek(i) != '"' {
			s.broken(i, "a member name")
			return -1
		}
		t, j := s.text(i)
		if j < 0 {
			return -1
		}
		if !s.newName(&names, t) {
			s.add(raw{at: i, kind: duplicateMember, rule: &anywhere})
		}
		if j = s.Space(j); s.Peek(j) != ':' {
			s.broken(j, "a colon")
			return -1
		}
		if i = s.Skip(s.Space(j + 1)); i < 0 {
			return -1
		}
		i = s.Space(i)
		switch s.Peek(i) {
		case ',':
			i = s.Space(i + 1)
		case '}':
			s.closeNames(&names)
			s.depth--
			return i + 1
		default:
			s.broken(i, "a comma or the end of the object")
			return -1
		}
	}
}

func (s *Scan) skipArray(i int) int {
	if !s.enter(i) {
		return -1
	}
	i = s.Space(i + 1)
	if s.Peek(i) == ']' {
		s.depth--
		return i + 1
	}
	for {
		if i = s.Skip(i); i < 0 {
			return -1
		}
		i = s.Space(i)
		switch s.Peek(i) {
		case ',':
			i = s.Space(i + 1)
		case ']':
			s.depth--
			return i + 1
		default:
			s.broken(i, "a comma or the end of the array")
			return -1
		}
	}
}
