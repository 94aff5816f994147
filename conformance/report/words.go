package report

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Headline is the outcome of a run in a few words.
func (r Result) Headline() string {
	switch {
	case r.Footer == nil:
		return "The run did not come to its end"
	case r.Footer.Verdict == Pass:
		return "The endpoint conforms"
	case r.Footer.Verdict == Fail:
		return "The endpoint does not conform"
	default:
		return "The endpoint could not be judged"
	}
}

// Sentence says in one sentence what the headline rests on.
func (r Result) Sentence() string {
	counts := map[Verdict]int{}
	provisional := 0
	for i := range r.Checks {
		if r.Checks[i].Provisional {
			provisional++
			continue
		}
		counts[r.Checks[i].Verdict]++
	}
	judged := counts[Pass] + counts[Fail]
	var s string
	switch {
	case len(r.Checks) == 0:
		s = "Not a single check has a verdict, so nothing was judged"
	case judged == 0:
		s = "No check was judged"
	case counts[Fail] == 0:
		s = fmt.Sprintf("All %s that were judged passed", count(judged, "check"))
		if judged == 1 {
			s = "The one check that was judged passed"
		}
	default:
		s = fmt.Sprintf("%d of %s that were judged failed", counts[Fail], count(judged, "check"))
	}
	if counts[Error] > 0 {
		s += fmt.Sprintf("; %d could not be judged", counts[Error])
	}
	if counts[NotRun] > 0 {
		s += fmt.Sprintf("; %d did not get their turn", counts[NotRun])
	}
	switch {
	case provisional == 1:
		s += "; 1 provisional check decides nothing"
	case provisional > 1:
		s += fmt.Sprintf("; %d provisional checks decide nothing", provisional)
	}
	s += "."
	if missing := r.Header.Checks - len(r.Checks); missing > 0 {
		s += fmt.Sprintf(" Of %s selected, %d have no verdict.", count(r.Header.Checks, "check"), missing)
	}
	return s
}

// ExitMeaning says what an exit status means, in one sentence.
func ExitMeaning(exit int) string {
	switch exit {
	case 0:
		return "exit status 0: the endpoint keeps every promise that was checked"
	case 1:
		return "exit status 1: the endpoint breaks at least one promise"
	case 2:
		return "exit status 2: the command was misused, nothing was run"
	case 3:
		return "exit status 3: we could not judge, so this is neither a pass nor a fail"
	default:
		return fmt.Sprintf("exit status %d has no meaning here", exit)
	}
}

// Says is a verdict in one line, for legends.
func (v Verdict) Says() string {
	switch v {
	case Pass:
		return "the endpoint kept its promise"
	case Fail:
		return "the endpoint broke a promise"
	case Error:
		return "we could not judge"
	case Unsupported:
		return "the profile disclaims it, or the version ranges do not meet"
	case Excluded:
		return "the operator left it out, with a reason"
	case NotRun:
		return "the run ended before its turn"
	default:
		return "not a verdict"
	}
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// visible makes a text from elsewhere safe to show on a terminal, in XML and on
// the page: control characters, invisible marks that reorder a line, and
// invalid bytes are spelled out. Line ends and tabs stay.
func visible(s string) string {
	clean := true
	for _, r := range s {
		if r == utf8.RuneError || hidden(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && invalidAt(s, i):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case hidden(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case hidden(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func invalidAt(s string, i int) bool {
	_, size := utf8.DecodeRuneInString(s[i:])
	return size == 1
}

// hidden reports runes that would act instead of being seen: C0 and C1
// controls, the bidirectional overrides and isolates, line separators,
// non-characters. Joiners stay: emoji and many scripts need them.
func hidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r):
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
		return true
	case r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return true
	}
	return false
}

// oneLine is visible without line ends and tabs.
func oneLine(s string) string {
	return strings.Join(strings.Fields(visible(s)), " ")
}

// took is a duration as people say it: 3 ms, 1.2 s, 2 min 5 s.
func took(d time.Duration) string {
	switch {
	case d < 0:
		return "?"
	case d == 0:
		return "0"
	case d < time.Millisecond:
		return "<1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	default:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
}

// when is a moment as people read it, in UTC; "unknown" for the zero time.
func when(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}
