package suite

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// bench is target.Bench on Ginkgo, for one run of one check. It remembers what
// Ginkgo's own report does not tell apart: that we could not judge, what the
// judge found, and which clean-ups are still owed.
//
// Once the body's time is over Ginkgo may already be at another node, so a
// body that is given up hands over its clean-ups through late instead of
// calling Ginkgo, and nothing at all once they were collected.
type bench struct {
	cleanupWithin time.Duration
	// over is the body's context: done when its time or the run is over.
	over context.Context
	// done is closed when the body came back.
	done chan struct{}

	mu        sync.Mutex
	cannot    string
	lateSteps []string
	exchanges []exchange.Exchange
	findings  []report.Finding
	late      []cleanup
	owed      []string
	failures  []string
	closed    bool
}

type cleanup struct {
	name string
	f    func(context.Context) error
}

var _ target.Bench = (*bench)(nil)

// Cannot ends the check with verdict error.
func (b *bench) Cannot(reason string) {
	b.mu.Lock()
	if b.cannot == "" {
		b.cannot = reason
	}
	b.mu.Unlock()
	ginkgo.Fail(reason, 1)
}

// Cleanup runs f after the check, last first, even when the run was
// interrupted. What fails, panics or is not reached stays a leftover.
func (b *bench) Cleanup(name string, f func(context.Context) error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.owed = append(b.owed, name)
	switch {
	case b.closed:
		// Only a body that outlived its time and its grace comes here. The run
		// ends because of it, and the name stays in the list of leftovers.
	case b.over.Err() != nil:
		b.late = append(b.late, cleanup{name, f})
	default:
		b.deferCleanup(cleanup{name, f})
	}
}

// collect hands what came late to Ginkgo. It is called from the node after the body.
func (b *bench) collect() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	for _, c := range b.late {
		b.deferCleanup(c)
	}
	b.late = nil
}

// steps are those that Ginkgo knows (its By, and Step before the time was over)
// and then the late ones.
func (b *bench) steps(s ginkgo.SpecReport) []string {
	var out []string
	for _, e := range s.SpecEvents.WithType(types.SpecEventByStart) {
		out = append(out, e.Message)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return append(out, b.lateSteps...)
}

func (b *bench) deferCleanup(c cleanup) {
	ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) {
		if err := c.f(ctx); err != nil {
			b.fail(fmt.Sprintf("%s: %v", c.name, err))
			ginkgo.Fail(fmt.Sprintf("clean-up of %s: %v", c.name, err))
		}
		b.settle(c.name)
	}, ginkgo.NodeTimeout(b.cleanupWithin))
}

func (b *bench) fail(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failures = append(b.failures, what)
}

func (b *bench) settle(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if i := slices.Index(b.owed, name); i >= 0 {
		b.owed = slices.Delete(b.owed, i, i+1)
	}
}

// Record keeps an exchange and what the judge found in it, for the report and
// as an entry of Ginkgo's own.
func (b *bench) Record(x exchange.Exchange, findings []report.Finding) {
	b.mu.Lock()
	b.exchanges = append(b.exchanges, x)
	b.findings = append(b.findings, findings...)
	b.mu.Unlock()
	if b.over.Err() == nil {
		ginkgo.AddReportEntry("exchange "+x.ID, x, ginkgo.ReportEntryVisibilityNever)
	}
}

// Step says what the check does next.
func (b *bench) Step(text string) {
	if b.over.Err() == nil {
		ginkgo.By(text)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lateSteps = append(b.lateSteps, text)
}

// returned reports whether the body came back.
func (b *bench) returned() bool {
	select {
	case <-b.done:
		return true
	default:
		return false
	}
}

// outcome puts together what is known when the check and its clean-up are over.
func (b *bench) outcome(o outcome) outcome {
	b.mu.Lock()
	defer b.mu.Unlock()
	o.cannot = b.cannot
	o.findings = slices.Clone(b.findings)
	o.cleanup = slices.Clone(b.failures)
	o.leftovers = slices.Clone(b.owed)
	if len(o.leftovers) > 0 && len(o.cleanup) == 0 {
		o.cleanup = []string{"it did not come to its end"}
	}
	return o
}
