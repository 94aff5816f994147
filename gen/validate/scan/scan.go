package scan

import (
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Limits of one validation. They keep hostile bodies from costing more than
// their length.
const (
	// MaxDepth is how deep objects and arrays may nest.
	MaxDepth = 256
	// MaxFindings is how many findings are kept; the rest is counted.
	MaxFindings = 100
)

// Value validates the value that begins at offset i, which is not white space,
// and returns the offset after it, or -1 if the body is no JSON.
type Value func(s *Scan, i int) int

// Scan is one validation in progress. It is reused, by one goroutine at a time.
type Scan struct {
	b []byte
	// epoch is the interval between two gates that the microversion lies in.
	epoch int
	// version is the microversion itself, for messages.
	version microversion.Version
	profile string
	depth   int
	found   []raw
	dropped int
	// least is the lowest rank of findings that may still make room for others.
	least uint8
	// count is the number of items of the array that closed last.
	count int
	// order is by object type, fitted by union.
	order  []*order
	fitted []uint8
	buf    []byte
	// Scratch is room for a caller that has to write a body first.
	Scratch []byte
	keys    keySet
	// names are the unlisted names of the objects that are open.
	names []Span
	// spans are what items keep for the object around their list.
	spans []Span
	watch watch
	// live is set while a body comes in pieces, held counts the reasons why its lists
	// are needed in one piece.
	live   *live
	held   int
	window []byte
}

// Span is a piece of the body: from Begin up to and without End.
// The zero Span is none.
type Span struct{ Begin, End int }

// New is a Scan ready for use. One Scan validates one body after the other: what it
// learns about the order of members makes it faster.
func New() *Scan { return &Scan{} }

// Done lets go of the body. Nothing that was returned refers to it any more.
func (s *Scan) Done() {
	s.b = nil
	if cap(s.spans) > mostKept || cap(s.names) > mostKept || cap(s.buf) > mostKept || cap(s.Scratch) > mostKept {
		// What one huge body needed is not held for the small ones after it.
		s.spans, s.names, s.buf, s.Scratch = nil, nil, nil, nil
	}
	if cap(s.window) > 2*FirstWindow {
		s.window = nil
	}
}

// mostKept is how long a buffer may be that is used again.
const mostKept = 1 << 16

// Run validates a whole body with the given value function at an epoch. It
// reports whether nothing at all was found.
func (s *Scan) Run(body []byte, epoch int, v microversion.Version, profile string, value Value) bool {
	s.b, s.epoch, s.version, s.profile = body, epoch, v, profile
	s.depth, s.dropped, s.count, s.least, s.held = 0, 0, 0, 0, 0
	s.watch = watch{}
	s.found, s.spans, s.names = s.found[:0], s.spans[:0], s.names[:0]
	s.keys.reset()
	i := s.Space(0)
	if i >= len(body) {
		s.broken(i, "a JSON value")
		return false
	}
	if i = value(s, i); i >= 0 {
		if i = s.Space(i); i < len(body) {
			s.broken(i, "nothing after the JSON value")
		}
	}
	return len(s.found) == 0
}

// Space is the first offset from i on that is not white space.
func (s *Scan) Space(i int) int {
	b := s.b
	for i < len(b) && b[i] <= ' ' && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// Count is the number of items of the array that closed last.
func (s *Scan) Count() int { return s.count }

// Peek is the byte at i, 0 after the end.
func (s *Scan) Peek(i int) byte {
	if i < 0 || i >= len(s.b) {
		return 0
	}
	return s.b[i]
}

func (s *Scan) enter(i int) bool {
	if s.depth >= MaxDepth {
		s.broken(i, "no deeper nesting")
		return false
	}
	s.depth++
	return true
}
