package expect

import "testing"

func TestHalves(t *testing.T) {
	for name, c := range map[string][3]string{
		"both halves":         {halves("a 404", "a 200"), "a 404", "a 200"},
		"after an annotation": {"nothing may change\n" + halves("SHUTOFF", "ACTIVE"), "SHUTOFF", "ACTIVE"},
		"another form":        {" it broke\n", "", "it broke"},
		"one half":            {"expected: x and nothing else", "", "expected: x and nothing else"},
	} {
		expected, got := Halves(c[0])
		if expected != c[1] || got != c[2] {
			t.Errorf("%s: got %q and %q", name, expected, got)
		}
	}
}
