package selftest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/ecsconform/ecsconform/conformance/check"
	_ "github.com/ecsconform/ecsconform/conformance/checks"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/conformance/suite"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/fixtures/faults"
	"github.com/ecsconform/ecsconform/fixtures/simulator"
)

// Ginkgo allows one run in a process, so this test binary runs itself again for
// each run: an order in the environment makes it a child that does one run on a
// simulator of its own and exits as the tool would.

// order is what a child is to do.
type order struct {
	// Toy names a toy suite; "" runs the catalogue.
	Toy string
	// Fault names a fault to put before the simulator.
	Fault string
	// IDs selects checks; empty is all of them.
	IDs []string
	// Seed orders the checks.
	Seed int64
	// Servers is limits.servers; 0 leaves the simulator's.
	Servers int
	// Folder takes the events of the run (events.jsonl) and the ledger.
	Folder string
}

const orderVariable = "ECSCONFORM_SELFTEST_ORDER"

func TestMain(m *testing.M) {
	if text := os.Getenv(orderVariable); text != "" {
		os.Exit(obey(text))
	}
	os.Exit(m.Run())
}

// obey does what the order says and returns the exit status of the run. What
// keeps it from running at all is 99, which no run exits with.
func obey(text string) int {
	const broken = 99
	complain := func(err error) int {
		fmt.Fprintln(os.Stderr, "child:", err)
		return broken
	}
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return complain(err)
	}
	sim, err := simulator.New(simulator.Options{Seed: 1})
	if err != nil {
		return complain(err)
	}
	var handler http.Handler = sim
	if o.Fault != "" {
		f, ok := faults.Named(o.Fault)
		if !ok {
			return complain(fmt.Errorf("there is no fault %q", o.Fault))
		}
		handler = f.Wrap(handler)
	}
	options := suite.Options{Seed: o.Seed, Selection: check.Selection{IDs: o.IDs},
		CleanupWithin: 20 * time.Second, Grace: 300 * time.Millisecond}
	var toy toy
	if o.Toy != "" {
		var ok bool
		if toy, ok = toys()[o.Toy]; !ok {
			return complain(fmt.Errorf("there is no toy %q", o.Toy))
		}
		if toy.wrap != nil {
			handler = toy.wrap(handler)
		}
	}
	server := httptest.NewServer(handler)
	defer server.Close()

	description, err := json.Marshal(sim.Describe(server.URL))
	if err != nil {
		return complain(err)
	}
	if options.Config, err = target.FromSimulator(description); err != nil {
		return complain(err)
	}
	hurry(&options.Config.Patience)
	if o.Servers > 0 {
		options.Config.Limits.Servers = o.Servers
	}
	options.Target.Ledger = filepath.Join(o.Folder, "ledger.jsonl")
	events, err := os.Create(filepath.Join(o.Folder, "events.jsonl"))
	if err != nil {
		return complain(err)
	}
	defer events.Close()
	options.Sink = report.NewEvents(events)
	if o.Toy != "" {
		options.Registry = check.NewRegistry()
		toy.declare(options.Registry)
		if toy.change != nil {
			toy.change(&options)
		}
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	result, err := suite.Run(ctx, options)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return suite.ExitStatus(result, err)
}

// hurry shortens the waits to what a simulator in the same process may need, so
// that faults that make one wait for ever are found out soon.
func hurry(p *target.Patience) {
	p.FirstPoll, p.LongestPoll = time.Millisecond, 10*time.Millisecond
	p.Rests = 300 * time.Millisecond
	p.ServerSettles, p.ServerGone, p.JobEnds = 3*time.Second, 3*time.Second, 3*time.Second
	p.Answer, p.Throttled = 3*time.Second, 3*time.Second
}

// ran is what became of a child.
type ran struct {
	exit   int
	stderr string
	result report.Result
	// problem is why the events make no result that can be believed; nil if they do.
	problem error
	folder  string
}

// run starts a child and waits for its end. meanwhile, if not nil, is called
// once the child has been started.
func run(t *testing.T, o order, meanwhile func(*os.Process, string)) ran {
	t.Helper()
	o.Folder = t.TempDir()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0])
	c.Env = append(os.Environ(), orderVariable+"="+string(text))
	stderr, err := os.Create(filepath.Join(o.Folder, "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer stderr.Close()
	stdout, err := os.Create(filepath.Join(o.Folder, "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	defer stdout.Close()
	c.Stderr, c.Stdout = stderr, stdout
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if meanwhile != nil {
		meanwhile(c.Process, filepath.Join(o.Folder, "events.jsonl"))
	}
	var failed *exec.ExitError
	if err := c.Wait(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	r := ran{exit: c.ProcessState.ExitCode(), folder: o.Folder}
	said, err := os.ReadFile(stderr.Name())
	if err != nil {
		t.Fatal(err)
	}
	r.stderr = string(said)
	if printed, err := os.ReadFile(stdout.Name()); err != nil || len(printed) > 0 {
		t.Errorf("the run printed to standard output by itself: %q (%v)", printed, err)
	}
	events, err := os.Open(filepath.Join(o.Folder, "events.jsonl"))
	if err != nil {
		t.Fatalf("the child left no events: %v\n%s", err, r.stderr)
	}
	defer events.Close()
	r.result, r.problem = report.ReadEvents(events)
	return r
}

// verdicts are the verdicts by name.
func (r ran) verdicts() map[string]report.Verdict {
	out := map[string]report.Verdict{}
	for i := range r.result.Checks {
		out[r.result.Checks[i].Name()] = r.result.Checks[i].Verdict
	}
	return out
}
