package scan

import "unicode/utf8"

// Machine is a pattern as a finite automaton: what neither Class nor Shape can
// express. It reads each character once.
type Machine struct {
	Source string
	// ASCII is the class of each ASCII character, 128 of them.
	ASCII string
	// Ends part all other characters into ranges, each up to and including an end;
	// Kinds are the classes of the ranges.
	Ends  []rune
	Kinds string
	// Width is the number of classes. Next is the next state by state and class;
	// state 0 is the one that nothing leads out of, state 1 the first.
	Width int
	Next  string
	// Accepts says by state whether the text may end in it: "1" or "0".
	Accepts string
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

func (m *Machine) class(r rune) byte {
	low, high := 0, len(m.Ends)-1
	for low < high {
		if mid := (low + high) / 2; r > m.Ends[mid] {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return m.Kinds[low]
}
