package scan

// Words are the allowed values of a string.
type Words struct {
	// List is in the order of the document.
	List []string
	// byLen are the values ordered by length, from[n] is where those of n bytes begin.
	byLen []string
	from  []int
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
				w.byLen = append(w.byLen, v)
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
		if v == string(c) {
			return true
		}
	}
	return false
}
