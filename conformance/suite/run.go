package suite

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/judge"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
)

// Tool is the name that stands in the head of every result.
const Tool = "ecsconform"

var (
	// ErrRunTwice is a second run in one process, which Ginkgo does not allow.
	ErrRunTwice = errors.New("one process runs one suite")
	// ErrCatalogue is a mistake in the declarations of the checks.
	ErrCatalogue = errors.New("the catalogue of checks is broken")
	// ErrInterrupted is the cause to cancel the context of Run with when the
	// operator ends the run; any other cause is told in its own words.
	ErrInterrupted = errors.New("the run was interrupted")
)

// Options are what a run is made of.
type Options struct {
	// Registry holds the checks; nil is the catalogue.
	Registry *check.Registry
	// Config is the endpoint, Target how to speak with it.
	Config target.Config
	Target target.Options
	// Selection chooses among the checks.
	Selection check.Selection
	// Seed orders the checks; 0 takes one by chance. It is in the header.
	Seed int64
	// Sink is told of the run while it goes on; nil tells nobody.
	Sink report.Sink
	// Version is that of the tool, for the header.
	Version string
	// CleanupWithin bounds one clean-up, Grace how long a check may go on
	// after its time; 0 is 2 minutes and 10 seconds.
	CleanupWithin, Grace time.Duration
	// Minute is how long a minute of limits.minutes is; 0 is a minute. Tests are in a hurry.
	Minute time.Duration
}

// ran guards Ginkgo's own state, which is global and good for one run.
var ran atomic.Bool

// Run runs the selected checks and returns the result, whose footer has the
// verdict and the exit status. It returns an error and no footer if no run
// began: the catalogue is broken, the selection is empty (check.ErrNoChecksSelected) or
// makes no sense. It returns both when the sink failed. When ctx ends, the
// running check ends, clean-up is done, and the rest is not run.
func Run(ctx context.Context, o Options) (report.Result, error) {
	registry := o.Registry
	if registry == nil {
		registry = check.Catalogue()
	}
	if err := registry.Problems(known); err != nil {
		return report.Result{}, fmt.Errorf("%w: %w", ErrCatalogue, err)
	}
	plan, err := check.Plan(registry, o.Selection, Offer(o.Config))
	if err != nil {
		return report.Result{}, err
	}
	if !ran.CompareAndSwap(false, true) {
		return report.Result{}, ErrRunTwice
	}
	seed := o.Seed
	if seed == 0 {
		if seed, err = chance(); err != nil {
			return report.Result{}, err
		}
	}

	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if m := o.Config.Limits.Minutes; m > 0 {
		limit := time.AfterFunc(time.Duration(m)*or(o.Minute, time.Minute), func() {
			stop(fmt.Errorf("the run reached limits.minutes (%d)", m))
		})
		defer limit.Stop()
	}

	if o.Target.Judge == nil {
		o.Target.Judge = judge.New(compiled.New())
	}
	settings := o.Config.Settings()
	opened, openErr := target.Open(ctx, o.Config, o.Target)
	if openErr == nil {
		defer func() { _ = opened.Close() }() // what is created is in the ledger already
		settings = opened.Settings()
		offer := Offer(o.Config)
		offer.Versions = opened.Versions()
		if plan, err = check.Plan(registry, o.Selection, offer); err != nil {
			return report.Result{}, err
		}
	}

	var collected report.Collector
	sink := report.Sink(&collected)
	if o.Sink != nil {
		sink = report.Tee(&collected, o.Sink)
	}
	r := &run{
		ctx: ctx, stop: stop, sink: sink,
		patience: patience{cleanup: or(o.CleanupWithin, 2*time.Minute), grace: or(o.Grace, 10*time.Second)},
		items:    map[string]check.Item{}, told: map[string]bool{},
	}
	r.keep(sink.OnHeader(report.Header{
		Schema: report.SchemaID, Tool: Tool, Version: o.Version, Began: time.Now().UTC(),
		Profile: o.Config.Profile, Selection: o.Selection.String(), Seed: seed,
		Endpoint: settings, Checks: len(plan),
	}))
	var willRun []check.Item
	for _, i := range plan {
		if i.Verdict != "" {
			r.tell(describe(i))
		} else {
			willRun = append(willRun, i)
		}
	}
	if openErr != nil {
		r.stop(openErr)
	} else if len(willRun) > 0 && ctx.Err() == nil {
		r.endpoint, r.redact = opened, opened.Redactor().Known
		r.plant(willRun)
		r.specs(seed)
	}
	cause := ""
	if ctx.Err() != nil {
		cause = reasonOf(ctx)
	}
	for _, i := range willRun {
		if !r.told[i.Name()] {
			c := describe(i)
			c.Verdict, c.Reason = report.NotRun, cause
			if cause == "" {
				c.Reason = "Ginkgo's own filter or signal handler left it out"
			}
			r.tell(c)
		}
	}
	checks := collected.Result().Checks
	f := report.Footer{Ended: time.Now().UTC(), Counts: report.Count(checks)}
	f.Interrupted = openErr == nil && (cause != "" || f.Counts[report.NotRun] > 0) && !errors.As(context.Cause(ctx), &ourFault{})
	f.Verdict, f.Reason = total(checks, cause)
	f.Exit = exitStatus(f.Verdict)
	err = sink.OnFooter(f)
	return collected.Result(), err
}

// ExitStatus is the exit status of a run from what Run returned: that of the
// footer, 2 for a selection that selects nothing or makes no sense, 3 for
// whatever else kept us from judging or from writing it down.
func ExitStatus(result report.Result, err error) int {
	switch {
	case err == nil && result.Footer != nil:
		return result.Footer.Exit
	case err != nil && result.Footer == nil && !errors.Is(err, ErrCatalogue) && !errors.Is(err, ErrRunTwice):
		return 2
	default:
		return 3
	}
}

// reasonOf says why ctx ended.
func reasonOf(ctx context.Context) string {
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause.Error()
	}
	return ErrInterrupted.Error()
}

func known(id string) bool {
	_, ok := catalog.Requirement(id)
	return ok
}

func or(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}

// chance is a positive seed; nothing about a run may depend on the time of day.
func chance() (int64, error) {
	var b [4]byte
	if _, err := rand.Read(b[:]); err != nil {
		return 0, fmt.Errorf("choose a seed: %w", err)
	}
	return int64(binary.BigEndian.Uint32(b[:])) + 1, nil
}
