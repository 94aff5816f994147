package compile

import (
	"go/format"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/gen/validate/scan"
)

// patterns are those of the contract and some that are not.
var patterns = []string{
	`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$`, `^[0-9]+$`, `^[^<>]*$`, `^(|([0-9]{1,3}\.){3}[0-9]{1,3})$`,
	`^hdd:[0-9]+:[0-9]+:([Tt]rue|TRUE|[Ff]alse|FALSE)$`, `^compute ([1-9][0-9]*\.(0|[1-9][0-9]*)|latest)$`,
	`^[\x{4e00}-\x{9fff}A-Za-z0-9_.-]*$`, `^[^(), ]+\((normal|abandon)\)(, ?[^(), ]+\((normal|abandon)\))*$`,
	`^([1-9][0-9]*\.(0|[1-9][0-9]*))?$`, `^[0-9]{4}[0-9a-f]{8}$`, `abc`, `^abc`, `abc$`, `a|b$`, `^$`, ``, `(?i)^stop|start$`, `^.$`, `(?s)^.*x$`,
	`^\p{L}+$`, `^[a-z]{2,5}$`, `^(a|ab)(c|bcd)$`, `[^a]b`, `^a*b*c*$`, `^\\"$`, `^[\x00-\x1f]+$`, `(^a|b$)`, `^/dev/(sd|vd)[a-z]+$`,
}

// TestPatternsMeanTheSame: whatever form a pattern is compiled to, it accepts what
// the regular expression accepts.
func TestPatternsMeanTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("abcdxyzTZ019:-.,() \"\\<>/\n\x01中ü😀ſK")
	for _, p := range patterns {
		re := regexp.MustCompile(p)
		m, ok := machineOf(p)
		if !ok {
			t.Errorf("%s: no machine", p)
			continue
		}
		matches := 0
		try := func(text string) {
			want := re.MatchString(text)
			if want {
				matches++
			}
			if got := m.accept(text); got != want {
				t.Fatalf("%s: %q is accepted %t, want %t", p, text, got, want)
			}
			if places, ok := places(p); ok {
				if got := scan.NewShape(p, places).Match([]byte(text)); got != want {
					t.Fatalf("%s: %q has the shape %t, want %t", p, text, got, want)
				}
			}
		}
		for _, text := range []string{"", "a", "ab", "abc", "abcd", "xabc", "b", "2026-01-31T23:59:59Z", "2026-01-31T23:59:59z", "1.2.3.4", "compute 2.1", "compute latest",
			"hdd:1:2:true", "x(normal), y(abandon)", "2.10", "0123abcdef01", "STOP", "restart", "/dev/vda", "\\\"", "中文", "é", "\x01"} {
			try(text)
			for k := range len(text) {
				changed := []rune(text)
				if k < len(changed) {
					changed[k] = alphabet[r.IntN(len(alphabet))]
					try(string(changed))
				}
				try(text + text[:k])
			}
		}
		for range 2000 {
			var b strings.Builder
			for range r.IntN(12) {
				b.WriteRune(alphabet[r.IntN(len(alphabet))])
			}
			try(b.String())
		}
		if matches == 0 {
			t.Errorf("%s: nothing ever matched", p)
		}
	}
}

// accept runs the machine as scan.Machine does.
func (m *machine) accept(text string) bool {
	state := 1
	for _, r := range text {
		c := 0
		for k, low := range m.cuts {
			if r >= low {
				c = k
			}
		}
		if state = m.next[state][c]; state == 0 {
			return false
		}
	}
	return m.accepts[state]
}

func TestFormsOfPatterns(t *testing.T) {
	for pattern, want := range map[string]string{
		`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`: "Shape", `^[0-9a-f]{32}$`: "Class", `^[a-z]*$`: "Class", `^[^<>]*$`: "Class",
		`^(a|b)c$`: "Machine", `\bword\b`: "Pattern", `^[0-9]{3}-[0-9]{2}$`: "Machine", `^([a-z]{1,60}[0-9]){8}$`: "Pattern",
	} {
		b := &builder{api: "test", shared: map[string]string{}, counter: map[string]int{}}
		if got := b.pattern(pattern, pattern).kind; got != want {
			t.Errorf("%s is compiled to a %s, want a %s", pattern, got, want)
		}
	}
}

// TestMachinesAreGo: what is written of a machine is a Go expression.
func TestMachinesAreGo(t *testing.T) {
	for _, p := range patterns {
		m, ok := machineOf(p)
		if !ok {
			t.Fatalf("%s: no machine", p)
		}
		if _, err := format.Source([]byte("package x\nvar y = " + m.text(p))); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
}
