package suite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
	"github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// endpoint is what a run needs of target.Endpoint.
type endpoint interface {
	For(b target.Bench, checkID string, v microversion.Version) *target.Target
}

// run is one run of a plan. Ginkgo calls it from one goroutine at a time.
type run struct {
	ctx      context.Context
	stop     context.CancelCauseFunc
	endpoint endpoint
	sink     report.Sink
	patience patience
	redact   func(string) string

	items map[string]check.Item // what will run, by name
	told  map[string]bool       // what has a verdict

	mu      sync.Mutex
	current *bench
}

// patience are our own bounds; no document names them.
type patience struct {
	// cleanup bounds one clean-up.
	cleanup time.Duration
	// grace is how long a body may go on after its context has ended.
	grace time.Duration
}

// ourFault ends a run that neither the operator nor a limit has ended.
type ourFault struct{ error }

// Unwrap is what went wrong.
func (f ourFault) Unwrap() error { return f.error }

// plant builds the tree of specs, one container for each family.
func (r *run) plant(items []check.Item) {
	families := map[string][]check.Item{}
	var order []string
	for _, i := range items {
		f := i.Check.Family()
		if families[f] == nil {
			order = append(order, f)
		}
		families[f] = append(families[f], i)
		r.items[i.Name()] = i
	}
	for _, f := range order {
		ginkgo.Describe(f, func() {
			ginkgo.ReportBeforeEach(func(s ginkgo.SpecReport) { r.begin(s) })
			ginkgo.AfterEach(func() { r.collect() })
			ginkgo.ReportAfterEach(func(s ginkgo.SpecReport) { r.finish(s) })
			for _, i := range families[f] {
				r.spec(i)
			}
		})
	}
}

// spec makes one check at one microversion a spec of Ginkgo's.
func (r *run) spec(i check.Item) {
	c := i.Check
	args := []any{
		types.NewCustomCodeLocation(fmt.Sprintf("%s:%d", c.File, c.Line)),
		ginkgo.Label(labels(c)...),
		ginkgo.NodeTimeout(c.Patience()),
		ginkgo.GracePeriod(r.patience.grace),
	}
	if s := semver(c.Versions); s != "" {
		args = append(args, ginkgo.SemVerConstraint(s))
	}
	ginkgo.It(i.Name(), append(args, func(spec ginkgo.SpecContext) { r.body(spec, i) })...)
}

// ginkgoNotices is how long Ginkgo may take to notice the signal that ended a run.
const ginkgoNotices = 500 * time.Millisecond

// body runs one check. Its context ends with its own time and with the run.
func (r *run) body(spec ginkgo.SpecContext, i check.Item) {
	if r.ctx.Err() != nil {
		ginkgo.Skip("the run is over")
	}
	ctx, cancel := context.WithCancelCause(spec)
	defer cancel(nil)
	unlink := context.AfterFunc(r.ctx, func() {
		// A signal reaches Ginkgo as well, which ends the node that it finds running:
		// the body, as long as that is not over yet, and not the clean-up behind it.
		select {
		case <-spec.Done():
		case <-time.After(ginkgoNotices):
		}
		cancel(context.Cause(r.ctx))
	})
	defer unlink()

	b := &bench{cleanupWithin: r.patience.cleanup, over: ctx, done: make(chan struct{})}
	r.mu.Lock()
	r.current = b
	r.mu.Unlock()
	defer close(b.done)

	i.Check.Body(ctx, r.endpoint.For(b, i.Check.ID, i.Version))
	if found := wrong(b.outcome(outcome{}).findings, false); len(found) > 0 {
		ginkgo.Fail(found[0].Message)
	}
}

// begin tells the sink that a check starts.
func (r *run) begin(s ginkgo.SpecReport) {
	if s.State.Is(types.SpecStateSkipped|types.SpecStatePending) || r.ctx.Err() != nil {
		return
	}
	i := r.items[s.LeafNodeText]
	r.keep(r.sink.OnStart(i.Check.ID, i.Version.String()))
}

// collect follows a body, whether it came back or was given up.
func (r *run) collect() {
	b := r.bench()
	if b == nil {
		return
	}
	b.collect()
	if !b.returned() {
		// It may still call Ginkgo at any time, and what it says would be booked
		// to a check that it knows nothing of.
		r.stop(ourFault{errors.New("a check went on after its time and could not be stopped; this is a defect of the check, please report it")})
	}
}

func (r *run) bench() *bench {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.current
}

// finish decides the verdict of a check, once its clean-up is over.
func (r *run) finish(s ginkgo.SpecReport) {
	b := r.bench()
	if b == nil || s.State.Is(types.SpecStateSkipped|types.SpecStatePending) {
		return
	}
	r.mu.Lock()
	r.current = nil
	r.mu.Unlock()

	i := r.items[s.LeafNodeText]
	o := b.outcome(outcome{state: s.State, message: s.Failure.Message, within: i.Check.Patience()})
	steps := b.steps(s)
	if len(steps) > 0 {
		o.step = steps[len(steps)-1]
	}
	if s.State.Is(types.SpecStatePanicked) {
		o.message = s.Failure.ForwardedPanic
	}
	if cleaning(s) {
		// The body itself passed: Ginkgo's first failure is the clean-up's.
		o.state = types.SpecStatePassed
		if len(o.cleanup) == 0 {
			o.cleanup = []string{strings.TrimSpace(s.Failure.Message + " " + s.Failure.ForwardedPanic)}
		}
	}
	if r.ctx.Err() != nil {
		o.over = reasonOf(r.ctx)
	}
	c := describe(i)
	c.Verdict, c.Reason = decide(o)
	c.Began, c.Took = s.StartTime, s.RunTime
	c.Findings = o.findings
	c.Leftovers = o.leftovers
	b.mu.Lock()
	c.Steps, c.Exchanges = steps, b.exchanges
	b.mu.Unlock()
	if c.Verdict == report.Fail && s.State.Is(types.SpecStateFailed) && !cleaning(s) && o.cannot == "" && len(wrong(o.findings, false)) == 0 {
		c.Findings = append(c.Findings, scenario(i, s.Failure.Message))
	}
	c.Cited = cited(i.Check.Proves, c.Findings)
	r.clean(&c)
	r.tell(c)
}

// clean removes secrets from what a check says in its own words: a failed
// assertion may quote an answer. The exchanges are clean already.
func (r *run) clean(c *report.Check) {
	c.Reason = r.redact(c.Reason)
	for i := range c.Steps {
		c.Steps[i] = r.redact(c.Steps[i])
	}
	for i := range c.Findings {
		f := &c.Findings[i]
		f.Message, f.Expected, f.Got = r.redact(f.Message), r.redact(f.Expected), r.redact(f.Got)
	}
}

// cleaning reports whether the spec's first failure is that of a clean-up.
func cleaning(s ginkgo.SpecReport) bool {
	return s.Failure.FailureNodeType.Is(types.NodeTypeCleanupAfterEach | types.NodeTypeAfterEach)
}

func (r *run) tell(c report.Check) {
	r.told[c.Name()] = true
	r.keep(r.sink.OnCheck(c))
}

// keep ends the run when the report cannot be kept: to go on would spend
// money on results that nobody will see.
func (r *run) keep(err error) {
	if err != nil {
		r.stop(ourFault{fmt.Errorf("the report cannot be written: %w", err)})
	}
}

// specs runs the planted tree. Ginkgo prints nothing: the sink is our console.
func (r *run) specs(seed int64) {
	suiteConfig, reporterConfig := ginkgo.GinkgoConfiguration()
	suiteConfig.RandomSeed = seed
	suiteConfig.RandomizeAllSpecs = true
	suiteConfig.Timeout = 0 // the endpoint file's minutes bound the run
	suiteConfig.FailOnEmpty = false
	console := formatter.ColorableStdOut
	formatter.ColorableStdOut = io.Discard
	defer func() { formatter.ColorableStdOut = console }()
	gomega.RegisterFailHandler(ginkgo.Fail)
	ginkgo.RunSpecs(unused{}, "ecsconform", suiteConfig, reporterConfig)
}

// unused is what Ginkgo tells that a run failed; we decide that ourselves.
type unused struct{}

func (unused) Fail() {}

// labels are those of the declaration in a form that Ginkgo accepts.
func labels(c check.Check) []string {
	var out []string
	for _, l := range c.AllLabels() {
		out = append(out, strings.Map(func(r rune) rune {
			if strings.ContainsRune("&|!,()/:", r) {
				return '-'
			}
			return r
		}, l))
	}
	return out
}

// semver says a range of microversions as Ginkgo's constraint, for its filters and reports.
func semver(r microversion.Range) string {
	var parts []string
	if !r.Min.IsZero() {
		parts = append(parts, ">= "+r.Min.String()+".0")
	}
	if !r.Max.IsZero() {
		parts = append(parts, "<= "+r.Max.String()+".0")
	}
	return strings.Join(parts, ", ")
}
