package scan

// Items is an array being read:
//
//	a := s.OpenList(i, &list)
//	for s.Item(&a) {
//		a.I = item(s, a.I)
//	}
//	return s.CloseList(&a)
type Items struct {
	// I is the offset of the value, and after it the offset behind the value.
	I int
	// N is the number of items so far.
	N     int
	list  *List
	begin int
	last  int
	scope uint64
	state state
}

type state uint8

const (
	first state = iota
	within
	done
)

// OpenList begins the array at i. If there is none the reason is recorded and
// the value passed over.
func (s *Scan) OpenList(i int, l *List) Items {
	a := Items{I: i, list: l, begin: i}
	if s.Peek(i) != '[' {
		a.state = done
		a.begin = -1
		a.I = s.Other(i, &l.Rule, "an array")
		return a
	}
	if !s.enter(i) {
		a.state, a.I, a.begin = done, -1, -1
		return a
	}
	if l.Unique {
		a.scope = s.keys.open()
	}
	a.I = i + 1
	return a
}

// Item reports whether there is a further item; it begins at a.I.
func (s *Scan) Item(a *Items) bool {
	switch a.state {
	case done:
		return false
	case first:
		a.I = s.Space(a.I)
		if s.Peek(a.I) == ']' {
			a.I++
			a.state = done
			return false
		}
		a.state = within
	case within:
		if a.I < 0 {
			a.state, a.begin = done, -1
			return false
		}
		if a.list.Unique && !s.keys.add(a.scope, s.b[a.last:a.I]) {
			s.add(raw{at: a.last, kind: uniqueItems, rule: &a.list.Rule})
		}
		i := a.I
		if s.Peek(i) != ',' {
			i = s.Space(i)
		}
		switch s.Peek(i) {
		case ',':
			a.I = s.Space(i + 1)
		case ']':
			a.I = i + 1
			a.state = done
			return false
		default:
			s.broken(i, "a comma or the end of the array")
			a.I, a.begin, a.state = -1, -1, done
			return false
		}
	}
	a.N++
	a.last = a.I
	return true
}

// CloseList ends the array and returns the offset after it.
func (s *Scan) CloseList(a *Items) int {
	if a.begin < 0 {
		return a.I
	}
	s.depth--
	s.count = a.N
	l := a.list
	if a.N < l.Min {
		s.add(raw{at: a.begin, kind: minItems, rule: &l.Rule, list: l, n: a.N})
	}
	if (l.Limited || l.Max > 0) && a.N > l.Max {
		s.add(raw{at: a.begin, kind: maxItems, rule: &l.Rule, list: l, n: a.N})
	}
	return a.I
}
