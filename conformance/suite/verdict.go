package suite

import (
	"fmt"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// outcome is everything that is known of a check that has begun.
type outcome struct {
	// state and message are Ginkgo's for the body: passed, failed, panicked, ...
	state   types.SpecState
	message string
	// cannot is why the target could not be judged, as told to the bench.
	cannot string
	// findings are the judge's, of every exchange that the check caused.
	findings []report.Finding
	// cleanup are the failures of clean-ups, leftovers what they left.
	cleanup, leftovers []string
	// over is why the whole run ended while the check was running; "" if it did not.
	over string
	// within is the time that the check had.
	within time.Duration
	// step is what the check was doing last.
	step string
}

// decide is the verdict and, unless it is pass, the reason. A broken promise
// that was seen stays seen, whatever else went wrong: fail is worse than error.
func decide(o outcome) (report.Verdict, string) {
	verdict, reason := body(o)
	if violations := wrong(o.findings, false); len(violations) > 0 {
		if verdict != report.Fail {
			reason = violations[0].Message
			if n := len(violations); n > 1 {
				reason += fmt.Sprintf(" (and %d more violations)", n-1)
			}
		}
		verdict = report.Fail
	}
	if ours := wrong(o.findings, true); verdict == report.Pass && len(ours) > 0 {
		verdict, reason = report.Error, ours[0].Message+"; the request was ours, so this is a defect of the check, please report it"
	}
	if len(o.cleanup) > 0 {
		left := "clean-up failed: " + strings.Join(o.cleanup, "; ")
		if len(o.leftovers) > 0 {
			left += "; left behind: " + strings.Join(o.leftovers, ", ") + "; run ecsconform sweep"
		}
		if verdict == report.Pass {
			verdict, reason = report.Error, left
		} else {
			reason += "; then " + left
		}
	}
	return verdict, reason
}

// body is the verdict on the body alone.
func body(o outcome) (report.Verdict, string) {
	at := ""
	if o.step != "" {
		at = " (at the step: " + o.step + ")"
	}
	switch {
	case o.state.Is(types.SpecStatePassed):
		return report.Pass, ""
	case o.over != "":
		return report.Error, o.over + at
	case o.state.Is(types.SpecStateInterrupted | types.SpecStateAborted):
		return report.Error, "the run was interrupted" + at
	case o.state.Is(types.SpecStateTimedout):
		return report.Error, fmt.Sprintf("the check did not end within %s%s; if the endpoint is merely slow, give it more time", o.within, at)
	case o.state.Is(types.SpecStatePanicked):
		return report.Error, "the check panicked: " + o.message + "; this is a defect of the check, please report it"
	case o.cannot != "":
		return report.Error, o.cannot + at
	default:
		return report.Fail, o.message
	}
}

// wrong are the violations: those of our requests, or all others. What is wrong
// with a request is ours and never counted against the endpoint; a request that
// is wrong on purpose is only a note (target.Intended).
func wrong(findings []report.Finding, ours bool) []report.Finding {
	var out []report.Finding
	for _, f := range findings {
		if f.Severity == validate.Violation && (f.Direction == "request") == ours {
			out = append(out, f)
		}
	}
	return out
}

// total is the verdict on a run: as bad as its worst decisive check. cause is
// why the run ended early, "" if it came to its end. A run that judged nothing
// is never a success.
func total(checks []report.Check, cause string) (verdict report.Verdict, reason string) {
	count := map[report.Verdict]int{}
	provisional := 0
	for i := range checks {
		if checks[i].Provisional {
			provisional++
			continue
		}
		count[checks[i].Verdict]++
	}
	switch {
	case count[report.Fail] > 0:
		verdict, reason = report.Fail, plural(count[report.Fail], "check")+" failed"
	case cause != "":
		return report.Error, cause
	case count[report.Error] > 0:
		verdict, reason = report.Error, plural(count[report.Error], "check")+" could not be judged"
	case count[report.NotRun] > 0:
		verdict, reason = report.Error, plural(count[report.NotRun], "check")+" did not run"
	case count[report.Pass] == 0:
		reason = "nothing was judged: every selected check is unsupported or excluded"
		if provisional > 0 {
			reason = "nothing was judged: no decisive check ran"
		}
		return report.Error, reason
	default:
		return report.Pass, ""
	}
	if cause != "" {
		reason += "; " + cause
	}
	return verdict, reason
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// exitStatus is the exit status that goes with the verdict on a run.
func exitStatus(v report.Verdict) int {
	switch v {
	case report.Pass:
		return 0
	case report.Fail:
		return 1
	default:
		return 3
	}
}
