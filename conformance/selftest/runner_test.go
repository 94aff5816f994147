package selftest

import (
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ecsconform/ecsconform/conformance/report"
)

// The runner itself: each way for a check or a run to end is driven through a
// real run in a process of its own, and the exit status, the verdicts and the
// reasons are looked at.
func TestRunner(t *testing.T) {
	const one, two, three = "toys.one.does-it@2.60", "toys.two.passes@2.60", "toys.three.passes@2.60"
	type verdicts map[string]report.Verdict
	around := func(v report.Verdict) verdicts { return verdicts{one: v, two: report.Pass, three: report.Pass} }
	for toy, want := range map[string]struct {
		exit     int
		verdict  report.Verdict // of the run; "" where no run began
		verdicts verdicts
		reason   string // in the first check's reason
		footer   string // in the footer's reason
		stderr   string
	}{
		"passes":                   {exit: 0, verdict: report.Pass, verdicts: verdicts{one: report.Pass}},
		"fails":                    {exit: 1, verdict: report.Fail, verdicts: around(report.Fail), reason: `expected: "ACTIVE"`, footer: "1 check failed"},
		"violates":                 {exit: 1, verdict: report.Fail, verdicts: around(report.Fail), reason: "name"},
		"violates and cannot":      {exit: 1, verdict: report.Fail, verdicts: around(report.Fail), reason: "name"},
		"cannot":                   {exit: 3, verdict: report.Error, verdicts: around(report.Error), reason: "the check cannot go on", footer: "1 check could not be judged"},
		"panics":                   {exit: 3, verdict: report.Error, verdicts: around(report.Error), reason: "panicked: runtime error: index out of range"},
		"hangs":                    {exit: 3, verdict: report.Error, verdicts: verdicts{one: report.Error, two: report.Pass}, reason: "did not end within 200ms"},
		"does not arrive":          {exit: 3, verdict: report.Error, verdicts: around(report.Error), reason: "the connection ended"},
		"given fails":              {exit: 3, verdict: report.Error, verdicts: around(report.Error), reason: "was not created"},
		"clean-up fails":           {exit: 3, verdict: report.Error, verdicts: around(report.Error), reason: "left behind: server ecsconform-"},
		"fails and clean-up fails": {exit: 1, verdict: report.Fail, verdicts: around(report.Fail), reason: "then clean-up failed: server ecsconform-"},
		"nothing selected":         {exit: 2, stderr: "nearest: toys.one.does-it"},
		"everything unsupported":   {exit: 3, verdict: report.Error, verdicts: verdicts{"toys.one.does-it": report.Unsupported}, reason: "resources.flavor_alt", footer: "nothing was judged"},
		"everything excluded":      {exit: 3, verdict: report.Error, verdicts: verdicts{"toys.one.does-it": report.Excluded}, reason: "https://bugs.example/7", footer: "nothing was judged"},
		"provisional fails":        {exit: 0, verdict: report.Pass, verdicts: verdicts{one: report.Fail, two: report.Pass}, reason: "expected: 2"},
		"only a provisional":       {exit: 3, verdict: report.Error, verdicts: verdicts{one: report.Pass}, footer: "no decisive check"},
		"endpoint down":            {exit: 3, verdict: report.Error, verdicts: verdicts{one: report.NotRun, two: report.NotRun, three: report.NotRun}, reason: "nobody listens there", footer: "nobody listens there"},
		"broken catalogue":         {exit: 3, stderr: `proves "ECS-0-nowhere"`},
		"tells a secret":           {exit: 1, verdict: report.Fail, verdicts: verdicts{one: report.Fail}, reason: "***"},
	} {
		t.Run(toy, func(t *testing.T) {
			t.Parallel()
			r := run(t, order{Toy: toy, Seed: 7}, nil)
			if r.exit != want.exit {
				t.Errorf("exit status %d, want %d; it said %q", r.exit, want.exit, r.stderr)
			}
			if !strings.Contains(r.stderr, want.stderr) {
				t.Errorf("it said %q, want %q", r.stderr, want.stderr)
			}
			if want.verdict == "" {
				if len(r.result.Checks) > 0 || r.result.Footer != nil {
					t.Errorf("no run should have begun, and there is a result: %+v", r.result)
				}
				return
			}
			if r.problem != nil {
				t.Fatalf("the result cannot be believed: %v", r.problem)
			}
			same(t, r.verdicts(), want.verdicts)
			f := r.result.Footer
			if f.Verdict != want.verdict || f.Exit != want.exit || f.Interrupted || !strings.Contains(f.Reason, want.footer) {
				t.Errorf("footer %+v, want verdict %s, exit %d, reason %q", f, want.verdict, want.exit, want.footer)
			}
			if c := named(r.result, "toys.one.does-it"); !strings.Contains(c.Reason, want.reason) {
				t.Errorf("reason %q, want %q", c.Reason, want.reason)
			}
		})
	}
}

// A body that cannot be stopped may say anything at any time, so nothing is
// judged beside it: the run ends.
func TestARunEndsWithACheckThatCannotBeStopped(t *testing.T) {
	t.Parallel()
	// Whichever came before it has passed, whatever comes after does not run.
	r := run(t, order{Toy: "hangs after all", Seed: 1}, nil)
	if r.problem != nil || r.exit != 3 || r.result.Footer.Verdict != report.Error || r.result.Footer.Interrupted {
		t.Fatalf("exit %d, problem %v, footer %+v", r.exit, r.problem, r.result.Footer)
	}
	over := false
	for _, c := range r.result.Checks {
		switch {
		case c.ID == "toys.one.does-it":
			if c.Verdict != report.Error {
				t.Errorf("%s is %s", c.ID, c.Verdict)
			}
			over = true
		case c.Verdict != report.Pass && c.Verdict != report.NotRun, over && c.Verdict == report.Pass:
			t.Errorf("%s is %s", c.ID, c.Verdict)
		}
	}
	if !strings.Contains(r.result.Footer.Reason, "could not be stopped") {
		t.Errorf("footer says %q", r.result.Footer.Reason)
	}
}

func TestAnInterruptedRunCleansUp(t *testing.T) {
	for name, signal := range map[string]os.Signal{"Ctrl-C": syscall.SIGINT, "termination": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := run(t, order{Toy: "interrupted", Seed: 7}, func(p *os.Process, events string) {
				awaitText(t, events, `"record":"start"`)
				time.Sleep(500 * time.Millisecond) // the server is being made, or there
				if err := p.Signal(signal); err != nil {
					t.Error(err)
				}
			})
			interrupted(t, r, "interrupt", "terminat")
		})
	}
}

func TestARunEndsWithItsMinutes(t *testing.T) {
	t.Parallel()
	interrupted(t, run(t, order{Toy: "out of minutes", Seed: 7}, nil), "limits.minutes")
}

// interrupted looks at a run that ended while its first check had a server: one
// error, the rest not run, nothing left.
func interrupted(t *testing.T, r ran, reasons ...string) {
	t.Helper()
	if r.problem != nil {
		t.Fatalf("the result cannot be believed: %v; it said %s", r.problem, r.stderr)
	}
	f := r.result.Footer
	if r.exit != 3 || f.Exit != 3 || f.Verdict != report.Error || !f.Interrupted {
		t.Errorf("exit %d, footer %+v", r.exit, f)
	}
	said := false
	for _, reason := range reasons {
		said = said || strings.Contains(f.Reason, reason)
	}
	if !said {
		t.Errorf("footer says %q, want one of %q", f.Reason, reasons)
	}
	if f.Counts[report.Error] != 1 || f.Counts[report.NotRun] != len(r.result.Checks)-1 {
		t.Errorf("verdicts are %v", f.Counts)
	}
	for _, c := range r.result.Checks {
		if c.Verdict == report.Error && len(c.Leftovers) > 0 {
			t.Errorf("%s left %v behind", c.ID, c.Leftovers)
		}
		if c.Verdict == report.Error && !deleted(c) {
			t.Errorf("%s has deleted nothing: %s, %d exchanges", c.ID, c.Reason, len(c.Exchanges))
		}
	}
}

func deleted(c report.Check) bool {
	for _, x := range c.Exchanges {
		if x.Request.Method == http.MethodDelete && x.Response.Status == 204 {
			return true
		}
	}
	return false
}

// A report that cannot be written ends the run, and never with a success.
func TestARunWithoutReportIsNoSuccess(t *testing.T) {
	t.Parallel()
	r := run(t, order{Toy: "report unwritable", Seed: 7}, nil)
	if r.exit != 3 || !strings.Contains(r.stderr, "no space left on device") {
		t.Errorf("exit %d, it said %q", r.exit, r.stderr)
	}
}

// awaitText waits until a file has a text.
func awaitText(t *testing.T, file, text string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if b, err := os.ReadFile(file); err == nil && strings.Contains(string(b), text) {
			return
		}
	}
	t.Errorf("%s never had %s", file, text)
}

func named(r report.Result, id string) report.Check {
	for _, c := range r.Checks {
		if c.ID == id {
			return c
		}
	}
	return report.Check{}
}

func same(t *testing.T, got, want map[string]report.Verdict) {
	t.Helper()
	for name, v := range want {
		if got[name] != v {
			t.Errorf("%s is %q, want %q", name, got[name], v)
		}
	}
	if len(got) != len(want) {
		t.Errorf("verdicts are %v, want %v", got, want)
	}
}
