package suite

import (
	"strings"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/validate"
)

func found(severity validate.Severity, direction string) report.Finding {
	return report.Finding{Finding: validate.Finding{Severity: severity}, Direction: direction, Message: "the judge says so"}
}

func TestDecide(t *testing.T) {
	for name, c := range map[string]struct {
		o       outcome
		verdict report.Verdict
		reason  string
	}{
		"passed":                     {outcome{state: types.SpecStatePassed}, report.Pass, ""},
		"assertion":                  {outcome{state: types.SpecStateFailed, message: "expected: a"}, report.Fail, "expected: a"},
		"cannot":                     {outcome{state: types.SpecStateFailed, message: "m", cannot: "no route", step: "asking"}, report.Error, "no route (at the step: asking)"},
		"panic":                      {outcome{state: types.SpecStatePanicked, message: "nil map"}, report.Error, "panicked: nil map"},
		"timeout":                    {outcome{state: types.SpecStateTimedout, within: time.Minute}, report.Error, "did not end within 1m0s"},
		"timeout after a refusal":    {outcome{state: types.SpecStateTimedout, cannot: "cancelled", within: time.Minute}, report.Error, "did not end within"},
		"interrupt by Ginkgo":        {outcome{state: types.SpecStateInterrupted}, report.Error, "interrupted"},
		"the run is over":            {outcome{state: types.SpecStateFailed, message: "expected: a", over: "limits.minutes"}, report.Error, "limits.minutes"},
		"passed as the run ended":    {outcome{state: types.SpecStatePassed, over: "limits.minutes"}, report.Pass, ""},
		"violation":                  {outcome{state: types.SpecStatePassed, findings: []report.Finding{found(validate.Violation, "response")}}, report.Fail, "the judge says so"},
		"two violations":             {outcome{state: types.SpecStatePassed, findings: []report.Finding{found(validate.Violation, "response"), found(validate.Violation, "")}}, report.Fail, "1 more violation"},
		"violation before an error":  {outcome{state: types.SpecStateFailed, cannot: "unreadable", findings: []report.Finding{found(validate.Violation, "response")}}, report.Fail, "the judge says so"},
		"our own wrong request":      {outcome{state: types.SpecStatePassed, findings: []report.Finding{found(validate.Violation, "request")}}, report.Error, "the request was ours"},
		"deviation":                  {outcome{state: types.SpecStatePassed, findings: []report.Finding{found(validate.Deviation, "response")}}, report.Pass, ""},
		"clean-up":                   {outcome{state: types.SpecStatePassed, cleanup: []string{"server a: refused"}, leftovers: []string{"server a"}}, report.Error, "left behind: server a; run ecsconform sweep"},
		"clean-up after a failure":   {outcome{state: types.SpecStateFailed, message: "expected: a", cleanup: []string{"b"}, leftovers: []string{"b"}}, report.Fail, "expected: a; then clean-up failed: b"},
		"clean-up after a violation": {outcome{state: types.SpecStatePassed, cleanup: []string{"b"}, findings: []report.Finding{found(validate.Violation, "response")}}, report.Fail, "the judge says so; then clean-up failed"},
	} {
		verdict, reason := decide(c.o)
		if verdict != c.verdict || !strings.Contains(reason, c.reason) || (c.reason == "" && reason != "") {
			t.Errorf("%s: got %s %q, want %s %q", name, verdict, reason, c.verdict, c.reason)
		}
	}
}

func TestTotal(t *testing.T) {
	checks := func(verdicts ...report.Verdict) (all []report.Check) {
		for _, v := range verdicts {
			all = append(all, report.Check{Verdict: v})
		}
		return all
	}
	provisional := checks(report.Fail)
	provisional[0].Provisional = true
	for name, c := range map[string]struct {
		checks  []report.Check
		cause   string
		verdict report.Verdict
		exit    int
		reason  string
	}{
		"all pass":                      {checks(report.Pass, report.Pass, report.Unsupported, report.Excluded), "", report.Pass, 0, ""},
		"one fails":                     {checks(report.Pass, report.Fail, report.Error), "", report.Fail, 1, "1 check failed"},
		"one errs":                      {checks(report.Pass, report.Error), "", report.Error, 3, "1 check could not be judged"},
		"some do not run":               {checks(report.Pass, report.NotRun, report.NotRun), "", report.Error, 3, "2 checks did not run"},
		"nothing":                       {nil, "", report.Error, 3, "nothing was judged"},
		"all unsupported":               {checks(report.Unsupported, report.Excluded), "", report.Error, 3, "nothing was judged"},
		"a provisional one fails":       {append(checks(report.Pass), provisional...), "", report.Pass, 0, ""},
		"only a provisional one":        {provisional, "", report.Error, 3, "no decisive check"},
		"interrupted":                   {checks(report.Pass, report.NotRun), "stop", report.Error, 3, "stop"},
		"interrupted after all passed":  {checks(report.Pass), "stop", report.Error, 3, "stop"},
		"interrupted after one failure": {checks(report.Fail, report.NotRun), "stop", report.Fail, 1, "1 check failed; stop"},
	} {
		verdict, reason := total(c.checks, c.cause)
		if verdict != c.verdict || exitStatus(verdict) != c.exit || !strings.Contains(reason, c.reason) {
			t.Errorf("%s: got %s (exit %d) %q, want %s (exit %d) %q", name, verdict, exitStatus(verdict), reason, c.verdict, c.exit, c.reason)
		}
	}
}
