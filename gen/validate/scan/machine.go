package scan

import "unicode/utf8"

// Machine is a pattern as a finite automaton: what neither Class nor Shape can
// express. It reads each character once.
type Machine struct {
	Source string
	// ASCII is the class of each ASCII character, 128 of them.
	ASCII string
	// Ranges are the classes of all other characters, ascending.
	Ranges []Range
	// Width is the number of classes. Next is the next state by state and class;
	// state 0 is the one that nothing leads out of, state 1 the first.
	Width int
	Next  string
	// Accepts says by state whether the text may end in it: "1" or "0".
	Accepts string
}

// Range are the characters up to and including High that the range before it
// leaves.
type Range struct {
	High  rune
	Class uint8
}

// Match reports whether the machine accepts b, which is UTF-8.
func (m *Machine) Match(b []byte) bool {
	state := 1
	for i := 0; i < len(b); {
		var class int
		if c := b[i]; c < utf8.RuneSelf {
			class = int(m.ASCII[c])
			i++
		} else {
			r, n := utf8.DecodeRune(b[i:])
			class = int(m.class(r))
			i += n
		}
		if state = int(m.Next[state*m.Width+class]); state == 0 {
			return false
		}
	}
	return m.Accepts[state] == '1'
}

func (m *Machine) class(r rune) uint8 {
	low, high := 0, len(m.Ranges)-1
	for low < high {
		if mid := (low + high) / 2; r > m.Ranges[mid].High {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return m.Ranges[low].Class
}
