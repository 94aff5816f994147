// Package scan is what compiled validators stand on: one pass over the bytes of
// a JSON body, no tree, no allocation while nothing is wrong, every violation
// collected. The generated functions say which value stands where; this package
// knows how values look on the wire.
//
// Start reading at Scan, then Object and Next. A value function takes the
// offset of the first byte of a value and returns the offset after it, or -1
// once the body is no JSON any more (which is recorded before). Offsets become
// JSON pointers in a second pass, which happens only when there is something to
// report. Stream judges a body that comes in pieces by the same functions.
package scan
