package scan

import "encoding/binary"

// Words are the allowed values of a string.
type Words struct {
	// List is in the order of the document.
	List []string
	// byLen are the values ordered by length, from[n] is where those of n bytes begin.
	byLen []word
	from  []int
}

// word is a value and its first eight bytes, or as many as it has.
type word struct {
	head uint64
	text string
}

// NewWords readies a list of values.
func NewWords(list ...string) *Words {
	w := &Words{List: list}
	longest := 0
	for _, v := range list {
		longest = max(longest, len(v))
	}
	for n := range longest + 1 {
		w.from = append(w.from, len(w.byLen))
		for _, v := range list {
			if len(v) == n {
				var head [8]byte
				copy(head[:], v)
				w.byLen = append(w.byLen, word{binary.LittleEndian.Uint64(head[:]), v})
			}
		}
	}
	w.from = append(w.from, len(w.byLen))
	return w
}

// has reports whether c is one of the values.
func (w *Words) has(c []byte) bool {
	n := len(c)
	if n+1 >= len(w.from) {
		return false
	}
	for _, v := range w.byLen[w.from[n]:w.from[n+1]] {
		if v.text == string(c) {
			return true
		}
	}
	return false
}

// short reports whether the first n bytes of x, less than eight, are one of the values.
func (w *Words) short(x uint64, n int) bool {
	if n+1 >= len(w.from) {
		return false
	}
	x &= 1<<(8*n) - 1
	list := w.byLen[w.from[n]:w.from[n+1]]
	for k := range list {
		if list[k].head == x {
			return true
		}
	}
	return false
}
