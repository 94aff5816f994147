package scan

import (
	"fmt"
	"slices"

	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// How much of a body that comes in pieces is held.
const (
	// FirstWindow is how much is gathered before it is judged.
	FirstWindow = 64 << 10
	// MaxWindow is how much is held at most: what lies outside of the lists that are left
	// item by item, and the largest item.
	MaxWindow = 8 << 20
)

// tail is how near to the end of what is there a fault may come from what is missing:
// an escaped pair of surrogates is twelve bytes long.
const tail = 16

// Stream is the validation of a body that comes in pieces, with the same findings as
// Run has on the whole.
//
// It gathers a window and runs on it like on a body. Where that ends before the body
// does, the items of the outer lists that are complete are settled: their findings get
// their pointers, their bytes are taken out of the window, and a gap remembers how many
// they were. The next run begins at the beginning of the window again, which is short
// now, and goes on behind the gap as if the items were there. So there is no state in
// the middle of a value, and any function that judges a body judges a piece of it.
type Stream struct {
	s       *Scan
	live    live
	value   Value
	epoch   int
	version microversion.Version
	profile string
	// due is the length of the window at which it is run on.
	due, first, limit int
	// over says that the verdict is there and the rest of the body does not matter.
	over bool
}

// live is what is known of a body besides the window.
type live struct {
	// gaps are where items were taken out, ascending.
	gaps []gap
	// reached is the number of the next gap, points the lists that were reached in this
	// run, inside says that one is open.
	reached int
	points  []gap
	inside  bool
	// keys are the values of items that are compared with each other.
	keys keySet
	// found, dropped and least are those of Scan where the last item ended, saved those
	// where the last gap ends.
	found, saved []raw
	dropped      [2]int
	least        [2]uint8
}

// gap is the place of items that are not in the window.
type gap struct {
	// at is where they would begin, end where they ended as long as they are there.
	at, end int
	// items and bytes are how many were taken out, or are about to be.
	items, bytes int
	// scope and watched are those of Items.
	scope, watched uint64
}

// open begins or goes on with a list whose first item, in the window, is at i. It
// reports false for a list that is needed in one piece.
func (l *live) open(s *Scan, a *Items, i int) bool {
	if l.inside || s.held > 0 || i >= len(s.b) {
		return false
	}
	l.inside, a.live, a.first = true, true, i
	p := gap{at: i}
	if l.reached < len(l.gaps) && l.gaps[l.reached].at == i {
		p = l.gaps[l.reached]
		a.n, a.scope, a.watch.scope = p.items, p.scope, p.watched
		if l.reached++; l.reached == len(l.gaps) {
			s.found = append(s.found[:0], l.saved...)
			s.dropped, s.least = l.dropped[1], l.least[1]
		}
	} else {
		a.scopes(&l.keys)
		p.scope, p.watched = a.scope, a.watch.scope
	}
	p.end = i
	l.points = append(l.points, p)
	return true
}

// commit records that all items before i are complete.
func (l *live) commit(s *Scan, a *Items, i int) {
	p := &l.points[len(l.points)-1]
	p.end, p.items = i, a.n
	l.found = append(l.found[:0], s.found...)
	l.dropped[0], l.least[0] = s.dropped, s.least
}

// Begin begins a body, to be validated like Run does. What s held before is forgotten.
func (t *Stream) Begin(s *Scan, epoch int, v microversion.Version, profile string, value Value) {
	t.s, t.value, t.epoch, t.version, t.profile, t.over = s, value, epoch, v, profile, false
	if t.first <= 0 || t.limit <= 0 {
		t.first, t.limit = FirstWindow, MaxWindow
	}
	t.due = t.first
	l := &t.live
	l.gaps, l.found, l.saved = l.gaps[:0], l.found[:0], l.saved[:0]
	l.dropped, l.least = [2]int{}, [2]uint8{}
	l.keys.reset()
	s.window = s.window[:0]
	s.found, s.dropped = s.found[:0], 0
}

// Window sets how much is gathered before it is judged, and how much is held at most.
func (t *Stream) Window(first, limit int) { t.first, t.limit = first, limit }

// Write takes the next piece. It keeps nothing of p.
func (t *Stream) Write(p []byte) {
	for len(p) > 0 && !t.over {
		s := t.s
		n := min(len(p), t.due-len(s.window))
		s.window = append(s.window, p[:n]...)
		if p = p[n:]; len(s.window) < t.due {
			return
		}
		if t.run(false); t.over {
			return
		}
		t.shrink()
		if held := len(s.window); held >= t.limit {
			t.giveUp()
		} else {
			// At least half of what is run on is new.
			t.due = min(max(t.first, 2*held), t.limit)
		}
	}
}

// run judges the window; whole says that nothing comes after it.
func (t *Stream) run(whole bool) {
	s, l := t.s, &t.live
	l.reached, l.inside, l.points, l.found = 0, false, l.points[:0], l.found[:0]
	l.dropped[0], l.least[0] = 0, 0
	s.live = l
	s.Run(s.window, t.epoch, t.version, t.profile, t.value)
	s.live = nil
	if whole {
		t.over = true
		return
	}
	for i := range s.found {
		if r := &s.found[i]; r.done == nil && r.kind == syntax && r.at <= len(s.window)-tail {
			t.over = true // whatever comes
		}
	}
}

// shrink takes the items that are settled out of the window.
func (t *Stream) shrink() {
	s, l := t.s, &t.live
	if !slices.ContainsFunc(l.points, func(p gap) bool { return p.end > p.at }) {
		return
	}
	// Those of the last run come again, but for the ones in the items.
	s.found = append(s.found[:0], l.found...)
	s.dropped, s.least = l.dropped[0], l.least[0]
	s.live = l
	s.settle()
	s.live = nil
	l.saved = append(l.saved[:0], s.found...)
	l.dropped[1], l.least[1] = s.dropped, s.least
	removed := 0
	for i := range l.points {
		p := &l.points[i]
		size := p.end - p.at
		p.at, p.end, p.bytes = p.at-removed, 0, p.bytes+size
		s.window = slices.Delete(s.window, p.at, p.at+size)
		removed += size
	}
	l.points, l.gaps = l.gaps, slices.DeleteFunc(l.points, func(p gap) bool { return p.items == 0 })
	s.b = s.window
}

// absolute is the offset in the body of what is at an offset in the window.
func (l *live) absolute(at int) int {
	sum := at
	if l != nil {
		for i := range l.gaps {
			if g := &l.gaps[i]; g.at <= at {
				sum += g.bytes
			}
		}
	}
	return sum
}

// before is how many items were taken out where a list's first item is at an offset.
func (l *live) before(at int) int {
	if l != nil {
		for i := range l.gaps {
			if g := &l.gaps[i]; g.at == at {
				return g.items
			}
		}
	}
	return 0
}

// giveUp ends a validation that would have to hold too much.
func (t *Stream) giveUp() {
	t.over = true
	s := t.s
	s.found = append(s.found[:0], t.live.saved...)
	s.dropped = t.live.dropped[1]
	s.found = append(s.found, raw{rule: &anywhere, abs: t.live.absolute(len(s.window)), done: &validate.Finding{
		Class: validate.ClassSchema, Severity: validate.Note, Keyword: "limit",
		Expected: fmt.Sprintf("items, and a rest, of at most %d bytes", t.limit), Got: "more: what follows is not judged",
	}})
}

// Found is how many findings are certain so far.
func (t *Stream) Found() int {
	if t.over {
		return len(t.s.found)
	}
	return len(t.live.saved)
}

// Findings ends the body. They are those of Scan.Findings.
func (t *Stream) Findings() []validate.Finding {
	if !t.over {
		t.run(true)
	}
	t.s.live = &t.live
	list := t.s.Findings()
	t.s.live = nil
	return list
}
