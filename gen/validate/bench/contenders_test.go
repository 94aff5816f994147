package main

import "testing"

// TestContendersAgree: who validates calls the good bodies good and the broken one
// broken; a peer that reads nothing would win every race.
func TestContendersAgree(t *testing.T) {
	list, err := bodies()
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPeers()
	if err != nil {
		t.Fatal(err)
	}
	broken := 0
	for _, b := range list {
		if b.findings > 0 {
			broken++
		}
		c, err := p.contenders(b, false)
		if err != nil {
			t.Errorf("%s: %v", b.Name, err)
		} else if len(c) != 9 {
			t.Errorf("%s: %d contenders", b.Name, len(c))
		}
	}
	if broken == 0 {
		t.Error("no body is broken")
	}
}
