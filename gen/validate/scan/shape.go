package scan

import "encoding/binary"

// Shape is a pattern of a fixed length of at least eight, each place a certain
// character, a digit or a lower hexadecimal digit:
// ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$. It is matched eight
// places at a time.
type Shape struct {
	Source string
	// size is the number of characters.
	size  int
	words []shapeWord
}

// shapeWord is eight places; each byte of the masks is 0xFF or 0.
type shapeWord struct {
	at                         int
	text, certain, digits, hex uint64
}

// NewShape readies a shape. Its places are the characters themselves, 0 for a
// digit and 1 for a lower hexadecimal digit.
func NewShape(source, places string) *Shape {
	p := &Shape{Source: source, size: len(places)}
	for at := 0; ; at += 8 {
		if at+8 > len(places) {
			if at == len(places) {
				return p
			}
			at = len(places) - 8 // the last word overlaps the one before
		}
		w := shapeWord{at: at}
		for k := range 8 {
			lane := uint64(0xFF) << (8 * k)
			switch c := places[at+k]; c {
			case 0:
				w.digits |= lane
			case 1:
				w.hex |= lane
			default:
				w.certain |= lane
				w.text |= uint64(c) << (8 * k)
			}
		}
		p.words = append(p.words, w)
		if at+8 == len(places) {
			return p
		}
	}
}

// Match reports whether b has the shape.
func (p *Shape) Match(b []byte) bool { return len(b) == p.size && p.at(b, 0) }

// at reports whether the shape stands at i of b, which must be long enough.
func (p *Shape) at(b []byte, i int) bool {
	for k := range p.words {
		w := &p.words[k]
		if !w.match(binary.LittleEndian.Uint64(b[i+w.at:])) {
			return false
		}
	}
	return true
}

func (w *shapeWord) match(x uint64) bool {
	if x&w.certain != w.text {
		return false
	}
	// A lane that carries into the next one is wrong itself, so that only the
	// verdict on lanes above a wrong one may be wrong.
	d := x ^ '0'*lows
	if (d|(d+0x76*lows))&w.digits&highs != 0 {
		return false
	}
	return w.hex == 0 || hexLanes(x)&w.hex == w.hex&highs
}

// hexLanes marks, in the high bit of each byte, the bytes that are 0-9 or a-f,
// provided that all are ASCII; otherwise it marks none.
func hexLanes(w uint64) uint64 {
	if w&highs != 0 {
		return 0
	}
	digit := (w + (0x80-'0')*lows) &^ (w + (0x80-'9'-1)*lows)
	letter := (w + (0x80-'a')*lows) &^ (w + (0x80-'f'-1)*lows)
	return (digit | letter) & highs
}

// hexWord reports whether all eight bytes are 0-9 or a-f.
func hexWord(w uint64) bool { return hexLanes(w) == highs }
