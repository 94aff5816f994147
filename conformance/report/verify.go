package report

import (
	"errors"
	"fmt"
	"slices"
)

// Verdicts lists all six, worst first, as every view shows them.
func Verdicts() []Verdict {
	return []Verdict{Fail, Error, NotRun, Unsupported, Excluded, Pass}
}

// Known reports whether v is one of the six.
func (v Verdict) Known() bool { return slices.Contains(Verdicts(), v) }

// Count counts checks by verdict; all six are in the map.
func Count(checks []Check) map[Verdict]int {
	counts := map[Verdict]int{}
	for _, v := range Verdicts() {
		counts[v] = 0
	}
	for i := range checks {
		counts[checks[i].Verdict]++
	}
	return counts
}

// Verify reports everything that makes a result unfit to be believed: no
// footer, unknown verdicts, counts that differ from the checks, a verdict of
// the run that its checks contradict. It decides no verdict.
func (r Result) Verify() error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }

	if r.Header.Schema != SchemaID {
		wrong("header: schema is %q, want %q", r.Header.Schema, SchemaID)
	}
	if r.Header.Checks != len(r.Checks) {
		wrong("%d checks were selected, %d have a verdict", r.Header.Checks, len(r.Checks))
	}
	seen := map[[2]string]bool{}
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.ID == "" {
			wrong("check %d has no id", i+1)
		}
		if !c.Verdict.Known() {
			wrong("check %s: unknown verdict %q", c.Name(), c.Verdict)
		}
		key := [2]string{c.ID, c.Microversion}
		if seen[key] {
			wrong("check %s comes twice", c.Name())
		}
		seen[key] = true
	}
	if r.Footer == nil {
		return errors.Join(append([]error{ErrUnfinished}, errs...)...)
	}
	counts := Count(r.Checks)
	for _, v := range Verdicts() {
		if r.Footer.Counts[v] != counts[v] {
			wrong("footer: counts %d %s, the checks have %d", r.Footer.Counts[v], v, counts[v])
		}
	}
	for v := range r.Footer.Counts {
		if !v.Known() {
			wrong("footer: counts the unknown verdict %q", v)
		}
	}
	return errors.Join(append(errs, r.verifyOutcome()...)...)
}

// verifyOutcome looks for a footer that claims more than the checks show.
func (r Result) verifyOutcome() (errs []error) {
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	f := r.Footer
	exit := 3
	switch f.Verdict {
	case Pass:
		exit = 0
	case Fail:
		exit = 1
	case Error:
	default:
		wrong("footer: a run cannot have the verdict %q", f.Verdict)
	}
	if f.Exit != exit {
		wrong("footer: verdict %s goes with exit status %d, got %d", f.Verdict, exit, f.Exit)
	}
	decisive := map[Verdict]int{}
	for i := range r.Checks {
		if !r.Checks[i].Provisional {
			decisive[r.Checks[i].Verdict]++
		}
	}
	switch {
	case f.Verdict == Fail && decisive[Fail] == 0:
		wrong("footer: verdict fail, but no decisive check failed")
	case f.Verdict == Pass && decisive[Pass] == 0:
		wrong("footer: verdict pass, but no decisive check passed")
	case f.Verdict == Pass && decisive[Fail]+decisive[Error]+decisive[NotRun] > 0:
		wrong("footer: verdict pass, but %d decisive checks failed, %d erred, %d did not run",
			decisive[Fail], decisive[Error], decisive[NotRun])
	case f.Verdict == Pass && f.Interrupted:
		wrong("footer: verdict pass, but the run was interrupted")
	}
	return errs
}

// Name is the check's id, with the microversion where there is one:
// "lifecycle.start@2.26". It is unique in a run and the anchor on the page.
func (c *Check) Name() string {
	if c.Microversion == "" {
		return c.ID
	}
	return c.ID + "@" + c.Microversion
}
