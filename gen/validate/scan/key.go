package scan

import (
	"encoding/binary"
	"math/bits"
)

// key is a name as it stands in a body behind a comma, `,"name":`, in words. Masks
// leave out what is not part of it, and the comma: the first member has none.
type key struct {
	text, mask [keyWords]uint64
	// size is the length with the comma; long says that it takes all words.
	size int
	long bool
	// bit is the member's in the first word of a Set.
	bit uint64
	// rule is that of a value that is a string with no rules but its length, least and
	// room what the offset of its closing quote may be less that of the opening one: at
	// least, and how many more.
	rule        *Text
	least, room uint
}

// keyWords is how many words a key has; a longer one never fits, which leaves it to others.
const keyWords = 5

func newKey(m *Member, n int) key {
	lit := ` "` + m.Member + `":`
	k := key{size: len(lit), long: len(lit) > 16, rule: m.Text}
	if r := m.Text; r != nil {
		most := r.Max
		if r.MaxBytes > 0 {
			most = min(most, r.MaxBytes)
		}
		if k.least, k.room = uint(r.Min)+1, uint(most-r.Min); most < r.Min {
			k.least, k.room = 0, 0
		}
	}
	for w := range k.text {
		for n := range 8 {
			if at := 8*w + n; at > 0 && at < len(lit) {
				k.text[w] |= uint64(lit[at]) << (8 * n)
				k.mask[w] |= 0xFF << (8 * n)
			}
		}
	}
	if k.bit = 1 << n; len(lit) > 8*keyWords || n >= 64 {
		// It never fits: what stands before a name is no 0xFF.
		k.text[0] |= 0xFF
		k.mask[0] |= 0xFF
	}
	return k
}

const none = 0xFF

// hash looks for a multiplier under which no two names meet, or few do.
func (o *Object) hash() {
	size := 4
	for size < 2*len(o.Members) {
		size *= 2
	}
	fewest := len(o.Members) + 1
	var best uint64
	for try := range uint64(64) {
		o.mix = 0x9E3779B97F4A7C15*(2*try+1) | 1
		if met := o.fill(size); met < fewest {
			fewest, best = met, o.mix
		}
		if fewest == 0 {
			return
		}
	}
	o.mix = best
	o.fill(size)
}

// fill returns how many names had to go elsewhere.
func (o *Object) fill(size int) (met int) {
	o.slots, o.others = make([]uint8, size), make([]uint8, len(o.Members))
	for i := range o.slots {
		o.slots[i] = none
	}
	for i := range o.Members {
		at := o.slot([]byte(o.Members[i].Member))
		if o.others[i] = o.slots[at]; o.others[i] != none {
			met++
		}
		o.slots[at] = uint8(i)
	}
	return met
}

// slot is where a name belongs: its length, first and last eight bytes tell.
func (o *Object) slot(name []byte) int {
	h := uint64(len(name))
	switch {
	case len(name) >= 8:
		h ^= binary.LittleEndian.Uint64(name) ^ bits.RotateLeft64(binary.LittleEndian.Uint64(name[len(name)-8:]), 29)
	case len(name) >= 4:
		h ^= uint64(binary.LittleEndian.Uint32(name))<<8 ^ uint64(binary.LittleEndian.Uint32(name[len(name)-4:]))<<32
	case len(name) > 0:
		h ^= uint64(name[0])<<8 ^ uint64(name[len(name)/2])<<16 ^ uint64(name[len(name)-1])<<24
	}
	h = (h ^ h>>32) * o.mix
	return int(h>>40) & (len(o.slots) - 1)
}

// find is the number of the member of that name, -1 if there is none.
func (o *Object) find(name []byte) int {
	for m := o.slots[o.slot(name)]; m != none; m = o.others[m] {
		if o.Members[m].Member == string(name) {
			return int(m)
		}
	}
	return -1
}
