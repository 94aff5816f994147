package scan

import (
	"encoding/binary"
	"slices"
)

// Words are the allowed values of a string.
type Words struct {
	// List is in the order of the document.
	List []string
	// byLen are the values ordered by length, from[n] is where those of n bytes begin.
	byLen, from []int
	// heads are the values of less than eight bytes as words with the length in the last
	// byte, each in the slot that the hash gives it.
	heads []uint64
	mix   uint64
	shift uint8
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
		for i, v := range list {
			if len(v) == n {
				w.byLen = append(w.byLen, i)
			}
		}
	}
	w.from = append(w.from, len(w.byLen))
	w.hash()
	return w
}

// hash looks for a multiplier under which no two short values meet, in a table that is
// larger after every few that were tried in vain.
func (w *Words) hash() {
	var heads []uint64
	for _, v := range w.List {
		if h := head(v); len(v) < 8 && !slices.Contains(heads, h) {
			heads = append(heads, h)
		}
	}
	w.shift = 64
	for 1<<(64-w.shift) < 2*len(heads) {
		w.shift--
	}
	for try := uint64(1); ; try++ {
		if try%64 == 0 {
			w.shift--
		}
		w.mix = 0x9E3779B97F4A7C15*try | 1
		w.heads = make([]uint64, 1<<(64-w.shift))
		for k := range w.heads {
			w.heads[k] = nobody
		}
		met := false
		for _, h := range heads {
			slot := &w.heads[h*w.mix>>w.shift]
			met = met || *slot != nobody
			*slot = h
		}
		if !met {
			return
		}
	}
}

// nobody is no head of a value.
const nobody = ^uint64(0)

func head(v string) uint64 {
	var b [8]byte
	copy(b[:7], v)
	b[7] = byte(len(v))
	return binary.LittleEndian.Uint64(b[:])
}

// has reports whether c is one of the values.
func (w *Words) has(c []byte) bool {
	n := len(c)
	if n+1 >= len(w.from) {
		return false
	}
	for _, i := range w.byLen[w.from[n]:w.from[n+1]] {
		if w.List[i] == string(c) {
			return true
		}
	}
	return false
}

// short reports whether the first n bytes of x, less than eight, are one of the values.
func (w *Words) short(x uint64, n int) bool {
	x = x&(1<<(n*8&63)-1) | uint64(n)<<56
	k := x * w.mix >> (w.shift & 63)
	return k < uint64(len(w.heads)) && w.heads[k] == x
}
