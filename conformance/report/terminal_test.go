package report

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	. "github.com/onsi/gomega/gstruct"
)

func shown(t *testing.T, r Result, o TerminalOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteTerminal(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var escapes = regexp.MustCompile(`\x1b\[[0-9;]*[a-zA-Z]`)

// TestEndpointCannotDriveTheTerminal: no control character but our own reaches it.
func TestEndpointCannotDriveTheTerminal(t *testing.T) {
	g := NewWithT(t)
	text := shown(t, synthetic(), TerminalOptions{})
	for _, r := range text {
		g.Expect(hidden(r)).To(BeFalse(), "%U", r)
	}
	g.Expect(text).NotTo(ContainSubstring("\t"))
	g.Expect(utf8.ValidString(text)).To(BeTrue())
	g.Expect(text).To(ContainSubstring(`esc\u001b[31m nul\u0000 bad\xff`))

	live := shown(t, synthetic(), TerminalOptions{Live: true, Color: true, Width: 80})
	g.Expect(escapes.FindAllString(live, -1)).NotTo(BeEmpty())
	for _, r := range escapes.ReplaceAllString(live, "") {
		g.Expect(hidden(r) && r != '\r').To(BeFalse(), "%U", r)
	}
}

// TestColourCarriesNoMeaning: without it the words are the same.
func TestColourCarriesNoMeaning(t *testing.T) {
	g := NewWithT(t)
	plain := shown(t, synthetic(), TerminalOptions{Width: 90})
	g.Expect(plain).NotTo(ContainSubstring("\x1b"))
	g.Expect(escapes.ReplaceAllString(shown(t, synthetic(), TerminalOptions{Width: 90, Color: true}), "")).To(Equal(plain))
	for _, v := range Verdicts() {
		g.Expect(strings.ToLower(plain)).To(MatchRegexp(`(?m)^%s +[a-z]`, v), "%s", v)
	}
}

func TestLinesFitTheWidth(t *testing.T) {
	for _, width := range []int{20, 40, 72, 120} {
		text := shown(t, synthetic(), TerminalOptions{Width: width})
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\n")
			wrapped := strings.HasPrefix(line, " ") && !strings.Contains(line, "look: ")
			if n := utf8.RuneCountInString(line); wrapped && n > width {
				t.Errorf("width %d: a line of %d: %q", width, n, line)
			}
		}
	}
}

// TestRunningLineIsWiped: a live terminal shows what runs, and never leaves it there.
func TestRunningLineIsWiped(t *testing.T) {
	g := NewWithT(t)
	var b bytes.Buffer
	s := NewTerminal(&b, TerminalOptions{Live: true, Width: 30})
	g.Expect(s.OnHeader(Header{Checks: 2})).To(Succeed())
	b.Reset()
	g.Expect(s.OnStart("a.very.long.name.of.a.check.that.does.not.fit", "2.26")).To(Succeed())
	g.Expect(b.String()).To(HavePrefix("1/2 running a.very"))
	g.Expect(b.String()).To(HaveSuffix("…"))
	g.Expect(utf8.RuneCountInString(b.String())).To(BeNumerically("<", 30), "a full line would wrap")
	b.Reset()
	g.Expect(s.OnCheck(Check{ID: "a.b", Verdict: Pass, Took: time.Second})).To(Succeed())
	g.Expect(b.String()).To(HavePrefix("\r\x1b[2Kpass"))

	b.Reset()
	s = NewTerminal(&b, TerminalOptions{Width: 80})
	g.Expect(s.OnHeader(Header{})).To(Succeed())
	b.Reset()
	g.Expect(s.OnStart("a.b", "")).To(Succeed())
	g.Expect(b.String()).To(BeEmpty(), "a file gets no running line")
}

func TestSummarySaysWhatTheExitMeans(t *testing.T) {
	for name, row := range map[string]struct {
		r    Result
		says []string
	}{
		"pass":       {peaceful(), []string{"The endpoint conforms.", "exit status 0: the endpoint keeps every promise that was checked"}},
		"fail":       {synthetic(), []string{"The endpoint does not conform.", "exit status 1: the endpoint breaks at least one promise", "left behind", "slowest checks"}},
		"error":      {nothing(), []string{"The endpoint could not be judged.", "nothing was judged", "exit status 3: we could not judge"}},
		"unfinished": {unfinished(), []string{"The run did not come to its end.", "Of 11 checks selected, 7 have no verdict.", "this is not a pass"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Join(strings.Fields(shown(t, row.r, TerminalOptions{Width: 80})), " ")
			for _, s := range row.says {
				NewWithT(t).Expect(text).To(ContainSubstring(s))
			}
			NewWithT(t).Expect(strings.Contains(text, "exit status 0")).To(Equal(name == "pass"))
		})
	}
}

func TestSentence(t *testing.T) {
	c := func(v Verdict, provisional bool) Check { return Check{Verdict: v, Provisional: provisional} }
	for want, checks := range map[string][]Check{
		"Not a single check has a verdict, so nothing was judged.": nil,
		"No check was judged.": {c(Unsupported, false), c(Excluded, false)},
		"No check was judged; 1 could not be judged; 1 did not get their turn.":                  {c(Error, false), c(NotRun, false)},
		"The one check that was judged passed.":                                                  {c(Pass, false)},
		"All 2 checks that were judged passed.":                                                  {c(Pass, false), c(Pass, false), c(Unsupported, false)},
		"1 of 2 checks that were judged failed; 1 provisional check decides nothing.":            {c(Pass, false), c(Fail, false), c(Fail, true)},
		"The one check that was judged passed; 2 provisional checks decide nothing.":             {c(Pass, false), c(Fail, true), c(Pass, true)},
		"The one check that was judged passed; 1 could not be judged; 1 did not get their turn.": {c(Pass, false), c(Error, false), c(NotRun, false)},
	} {
		NewWithT(t).Expect(Result{Header: Header{Checks: len(checks)}, Checks: checks}.Sentence()).To(Equal(want))
	}
}

func TestDetectTerminal(t *testing.T) {
	g := NewWithT(t)
	null, err := os.Open(os.DevNull)
	g.Expect(err).NotTo(HaveOccurred())
	defer closed(t, null)
	none := func(string) string { return "" }
	g.Expect(DetectTerminal(null, none)).To(Equal(TerminalOptions{}), "a device, but no terminal")
	g.Expect(DetectTerminal(null, func(name string) string { return map[string]string{"COLUMNS": "120"}[name] }).Width).To(Equal(120))

	tty, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	g.Expect(err).NotTo(HaveOccurred())
	defer closed(t, tty)
	g.Expect(DetectTerminal(tty, none)).To(MatchFields(IgnoreExtras, Fields{"Live": BeTrue(), "Color": BeTrue()}))
	noColor := func(name string) string { return map[string]string{"NO_COLOR": "1"}[name] }
	g.Expect(DetectTerminal(tty, noColor)).To(MatchFields(IgnoreExtras, Fields{"Live": BeTrue(), "Color": BeFalse()}))
	dumb := func(name string) string { return map[string]string{"TERM": "dumb"}[name] }
	g.Expect(DetectTerminal(tty, dumb).Live).To(BeFalse())
}

func TestTook(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0", 400 * time.Microsecond: "<1 ms", 43 * time.Millisecond: "43 ms", 1250 * time.Millisecond: "1.2 s",
		30 * time.Second: "30 s", 222 * time.Second: "3 min 42 s", 2*time.Hour + 5*time.Minute: "2 h 5 min", -1: "?",
	} {
		NewWithT(t).Expect(took(d)).To(Equal(want))
	}
}

func FuzzVisible(f *testing.F) {
	f.Add(awkward)
	f.Fuzz(func(t *testing.T, s string) {
		out := visible(s)
		if !utf8.ValidString(out) {
			t.Fatalf("%q is not UTF-8", out)
		}
		for _, r := range out {
			if hidden(r) {
				t.Fatalf("%q holds %U", out, r)
			}
		}
		if visible(out) != out {
			t.Fatalf("%q changes when shown again", out)
		}
	})
}
