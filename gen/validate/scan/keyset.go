package scan

import "hash/maphash"

// keySet remembers which keys were seen in which scope: the members of an
// object without a list of its own, the items of a unique list. It keeps 64
// bits a key, hashed under a secret seed, so a body can't be made to collide;
// two different keys are taken for one with a probability below 2⁻⁴⁰ for any
// body that fits into memory.
type keySet struct {
	seed   maphash.Seed
	seeded bool
	table  []uint64 // open addressing, 0 is free, a power of two long
	used   int
	scopes uint64
}

const smallTable = 64

// maxKept is the table that a reused set keeps at most.
const maxKept = 1 << 16

func (k *keySet) reset() {
	k.scopes = 0
	if k.used == 0 {
		return
	}
	k.used = 0
	if len(k.table) > maxKept {
		k.table = nil
		return
	}
	clear(k.table)
}

// open begins a scope. Its keys stay until reset: they can't meet those of another.
func (k *keySet) open() uint64 { k.scopes++; return k.scopes }

// add reports whether key is new in the scope.
func (k *keySet) add(scope uint64, key []byte) bool {
	h := k.hash(scope, key)
	if 2*(k.used+1) > len(k.table) {
		k.grow()
	}
	if !k.put(h) {
		return false
	}
	k.used++
	return true
}

// lacks reports the same and remembers nothing.
func (k *keySet) lacks(scope uint64, key []byte) bool {
	h, mask := k.hash(scope, key), uint64(len(k.table)-1)
	for i := h & mask; len(k.table) > 0 && k.table[i] != 0; i = (i + 1) & mask {
		if k.table[i] == h {
			return false
		}
	}
	return true
}

func (k *keySet) hash(scope uint64, key []byte) uint64 {
	if !k.seeded {
		k.seed, k.seeded = maphash.MakeSeed(), true
	}
	return max(1, maphash.Bytes(k.seed, key)^scope*0x9E3779B97F4A7C15)
}

func (k *keySet) put(h uint64) bool {
	mask := uint64(len(k.table) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch k.table[i] {
		case 0:
			k.table[i] = h
			return true
		case h:
			return false
		}
	}
}

func (k *keySet) grow() {
	old := k.table
	k.table = make([]uint64, max(smallTable, 2*len(old)))
	for _, h := range old {
		if h != 0 {
			k.put(h)
		}
	}
}
