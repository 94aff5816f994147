package scan

// Names describes the member names of a map.
type Names struct {
	Rule
	// Name is the rule for a member's name; nil allows all.
	Name *Text
	// Min and Max count members; Max is NoLimit if there is none.
	Min, Max int
}

// Entries is a map being read, an object whose member names are data:
//
//	var m scan.Entries
//	for i = s.OpenMap(&m, i, &names); m.More; i = s.Entry(&m, i) {
//		i = value(s, i)
//	}
//	return s.CloseMap(&m, i)
type Entries struct {
	// More says that there is a value to validate.
	More  bool
	rule  *Names
	n     int
	begin int
	names names
}

// OpenMap begins the map at i and returns the offset of its first value. If
// there is no object the reason is recorded and the value passed over.
func (s *Scan) OpenMap(m *Entries, i int, n *Names) int {
	if s.Peek(i) != '{' {
		m.begin = -1
		return s.Other(i, &n.Rule, "an object")
	}
	if !s.enter(i) {
		m.begin = -1
		return -1
	}
	m.rule, m.begin = n, i
	m.names = s.openNames()
	if i = s.Space(i + 1); s.Peek(i) == '}' {
		return i + 1
	}
	return s.entry(m, i)
}

// Entry goes on behind a value that ended at i, like OpenMap.
func (s *Scan) Entry(m *Entries, i int) int {
	if i < 0 {
		return m.stop()
	}
	if b := s.b; i >= len(b) || b[i] <= ' ' {
		i = s.Space(i)
	}
	switch s.Peek(i) {
	case ',':
		return s.entry(m, s.Space(i+1))
	case '}':
		m.More = false
		return i + 1
	}
	s.broken(i, "a comma or the end of the object")
	return m.stop()
}

// stop ends the reading of a body that is no JSON.
func (m *Entries) stop() int {
	m.More, m.begin = false, -1
	return -1
}

// entry reads the name at i and the colon after it.
func (s *Scan) entry(m *Entries, i int) int {
	b := s.b
	if uint(i) >= uint(len(b)) || b[i] != '"' {
		return s.oddEntry(m, i)
	}
	j := plain(b, i+1)
	if j >= len(b)-1 || b[j] != '"' || b[j+1] != ':' {
		return s.oddEntry(m, i)
	}
	m.More = true
	m.n++
	if t := (text{Span{i + 1, j}, j - i - 1, false}); m.n == 1 {
		s.names = append(s.names, t.Span)
		s.checkName(i, t, m.rule.Name)
	} else {
		s.name(m, i, t)
	}
	if j += 2; j < len(b) && b[j] <= ' ' {
		return s.Space(j)
	}
	return j
}

// name checks one more name.
func (s *Scan) name(m *Entries, i int, t text) {
	if !s.newName(&m.names, t) {
		s.add(raw{at: i, kind: duplicateMember, rule: &m.rule.Rule})
	}
	s.checkName(i, t, m.rule.Name)
}

// oddEntry is entry for names that are not plain, or no names.
func (s *Scan) oddEntry(m *Entries, i int) int {
	if s.Peek(i) != '"' {
		s.broken(i, "a member name")
		return m.stop()
	}
	t, j := s.text(i)
	if j < 0 {
		return m.stop()
	}
	s.name(m, i, t)
	if j = s.Space(j); s.Peek(j) != ':' {
		s.broken(j, "a colon")
		return m.stop()
	}
	m.More = true
	m.n++
	return s.Space(j + 1)
}

// CloseMap ends the map, whose reading came to i, and returns the offset after it.
func (s *Scan) CloseMap(m *Entries, i int) int {
	if m.begin < 0 {
		return i
	}
	s.depth--
	s.closeNames(&m.names)
	n := m.rule
	if m.n < n.Min {
		s.add(raw{at: m.begin, kind: minProperties, rule: &n.Rule, n: m.n, limit: n.Min})
	}
	if m.n > n.Max {
		s.add(raw{at: m.begin, kind: maxProperties, rule: &n.Rule, n: m.n, limit: n.Max})
	}
	return i
}

// checkName holds the name of a member against its rule, if there is one.
func (s *Scan) checkName(i int, t text, r *Text) {
	if r == nil {
		return
	}
	before := len(s.found)
	s.checkText(i, t, r)
	for k := before; k < len(s.found); k++ {
		// One keyword for all that can be wrong with a name.
		s.found[k].want = s.expected(&s.found[k])
		s.found[k].kind = memberName
	}
}
