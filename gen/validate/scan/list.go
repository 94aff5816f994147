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
	last int
	// scope is that of the items, for a list of which no two may be alike.
	scope uint64
	watch watch
	// live says that the list may be left and gone on with (Stream); first is where its
	// first item began.
	live  bool
	first int
}

// Distinct demands that no two items of a list have the same value in a member that
// they keep.
type Distinct struct {
	// Kept is the place of the member among those that an item keeps.
	Kept     int
	Relation *Relation
}

// watch is what the list at an offset is watched for.
type watch struct {
	at    int
	rules []Distinct
	// keep says that what the items keep is needed after them.
	keep bool
	// scope is that of the first rule's values, the others' follow; kept is how much was
	// kept before the item.
	scope uint64
	kept  int
}

// Distinct has the list at i watched, if one is there. Keep says that what its items
// keep is needed after them.
func (s *Scan) Distinct(i int, keep bool, rules []Distinct) {
	s.watch = watch{at: i, rules: rules, keep: keep}
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
	if s.watch.rules != nil && s.watch.at == i {
		a.watch = s.watch
		a.watch.kept = len(s.spans)
	}
	i = s.Space(i + 1)
	if s.live == nil || !s.live.open(s, a, i) {
		a.scopes(&s.keys)
	}
	if s.Peek(i) == ']' {
		if a.live {
			s.live.commit(s, a, i)
		}
		return i + 1
	}
	a.More, a.last = true, i
	a.n++
	return i
}

// scopes opens those that the list needs.
func (a *Items) scopes(k *keySet) {
	if a.list.Unique {
		a.scope = k.open()
	}
	if a.watch.rules != nil {
		a.watch.scope = k.open()
		for range a.watch.rules[1:] {
			k.open()
		}
	}
}

// Item goes on behind an item that ended at i, like OpenList.
func (s *Scan) Item(a *Items, i int) int {
	b := s.b
	if i < 0 {
		a.More, a.begin = false, -1
		return -1
	}
	next := i
	if next >= len(b) || b[next] != ',' {
		next = s.Space(next)
		if c := s.Peek(next); c != ',' && c != ']' {
			s.broken(next, "a comma or the end of the array")
			a.More, a.begin = false, -1
			return -1
		}
	}
	closed := b[next] == ']'
	if !closed {
		if next++; next < len(b) && b[next] <= ' ' {
			next = s.Space(next)
		}
	}
	// With nothing behind the comma, or the wrong thing, this is no list.
	commit := a.live && (closed || next < len(b) && b[next] != ']')
	if a.list.Unique || a.watch.rules != nil {
		s.compare(a, i, commit || !a.live)
	}
	if commit {
		s.live.commit(s, a, next)
	}
	if closed {
		a.More = false
		return next + 1
	}
	a.n++
	a.last = next
	return next
}

// compare holds the item that ended at i against those before it. It is remembered for
// those behind it unless it will be read again.
func (s *Scan) compare(a *Items, i int, remember bool) {
	k := &s.keys
	if a.live {
		k = &s.live.keys
	}
	fresh := k.add
	if !remember {
		fresh = k.lacks
	}
	if a.list.Unique && !fresh(a.scope, s.canonical(Span{a.last, i})) {
		s.add(raw{at: a.last, kind: uniqueItems, rule: &a.list.Rule})
	}
	w := &a.watch
	if w.rules == nil {
		return
	}
	for n, r := range w.rules {
		at := w.kept + r.Kept
		if at >= len(s.spans) {
			continue // the item was no object
		}
		if p := s.spans[at]; p.End > 0 && !fresh(w.scope+uint64(n), s.canonical(p)) {
			s.relation(p.Begin, r.Relation)
		}
	}
	if !w.keep {
		s.spans = s.spans[:w.kept]
	}
	w.kept = len(s.spans)
}

// CloseList ends the array, whose reading came to i, and returns the offset after it.
func (s *Scan) CloseList(a *Items, i int) int {
	if a.live {
		s.live.inside = false
	}
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
