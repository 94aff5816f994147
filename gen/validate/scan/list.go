package scan

// Items is an array being read:
//
//	var a scan.Items
//	for i = s.OpenList(&a, i, &list); a.More; i = s.Item(&a, i) {
//		i = item(s, i)
//	}
//	return s.CloseList(&a, i)
type Items struct {
	// More says that there is an item to validate.
	More bool
	// n is the number of items so far.
	n     int
	list  *List
	begin int
	// last is where the last item began.
	last  int
	scope uint64
}

// OpenList begins the array at i and returns the offset of its first item. If
// there is no array the reason is recorded and the value passed over.
func (s *Scan) OpenList(a *Items, i int, l *List) int {
	if s.Peek(i) != '[' {
		a.begin = -1
		return s.Other(i, &l.Rule, "an array")
	}
	if !s.enter(i) {
		a.begin = -1
		return -1
	}
	a.list, a.begin = l, i
	if l.Unique {
		a.scope = s.keys.open()
	}
	if i = s.Space(i + 1); s.Peek(i) == ']' {
		return i + 1
	}
	a.More, a.n, a.last = true, 1, i
	return i
}

// Item goes on behind an item that ended at i, like OpenList.
func (s *Scan) Item(a *Items, i int) int {
	b := s.b
	if i < 0 {
		a.More, a.begin = false, -1
		return -1
	}
	if a.list.Unique && !s.keys.add(a.scope, s.canonical(Span{a.last, i})) {
		s.add(raw{at: a.last, kind: uniqueItems, rule: &a.list.Rule})
	}
	if i >= len(b) || b[i] != ',' {
		i = s.Space(i)
		switch s.Peek(i) {
		case ',':
		case ']':
			a.More = false
			return i + 1
		default:
			s.broken(i, "a comma or the end of the array")
			a.More, a.begin = false, -1
			return -1
		}
	}
	i++
	if i < len(b) && b[i] <= ' ' {
		i = s.Space(i)
	}
	a.n++
	a.last = i
	return i
}

// CloseList ends the array, whose reading came to i, and returns the offset after it.
func (s *Scan) CloseList(a *Items, i int) int {
	if a.begin < 0 {
		return i
	}
	s.depth--
	s.count = a.n
	l := a.list
	if a.n < l.Min {
		s.add(raw{at: a.begin, kind: minItems, rule: &l.Rule, limit: l.Min, n: a.n})
	}
	if a.n > l.Max {
		s.add(raw{at: a.begin, kind: maxItems, rule: &l.Rule, limit: l.Max, n: a.n})
	}
	return i
}
