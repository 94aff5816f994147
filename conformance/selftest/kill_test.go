package selftest

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/fixtures/faults"
)

// The kill matrix: a check that no fault turns red is decoration, and a fault
// that no check notices is a missing check.

// full runs every check against every fault, not only those that a fault lists,
// and writes the matrix into the given file: go test ./conformance/selftest -run KillMatrix -matrix matrix.txt
var full = flag.String("matrix", "", "run every check against every fault and write who turned red into this file")

// a waiver is an exception with a reason and an end.
type waiver struct{ reason, until string }

// spared are checks that no fault kills so far.
var spared = map[string]waiver{}

// unnoticed are faults that no check has to turn red for.
var unnoticed = map[string]waiver{
	"job_never_ends":       {"patience is ours, so a job that never ends is an error, never a failure", "2027-06-30"},
	"quota_is_not_checked": {"asking would make more servers than a run may; see the waiver of ECS-5.7.1-quota-holds", "2027-06-30"},
}

func TestEveryCheckCanBeKilled(t *testing.T) {
	for _, problem := range unkilled(faults.All(), checkIDs(), spared, unnoticed, time.Now()) {
		t.Error(problem)
	}
}

func TestKillMatrixWaiversRot(t *testing.T) {
	f := func(name string, reddens ...string) faults.Fault { return faults.Fault{Name: name, Reddens: reddens} }
	got := unkilled(
		[]faults.Fault{f("kills", "a.b.killed", "a.b.stale"), f("noticed-by-none"), f("waived"), f("stale", "a.b.killed"), f("wrong", "a.b.nowhere")},
		[]string{"a.b.killed", "a.b.stale", "a.b.forgotten", "a.b.spared", "a.b.ended"},
		map[string]waiver{"a.b.stale": {"r", "2030-01-01"}, "a.b.spared": {"r", "2030-01-01"}, "a.b.ended": {"r", "2029-12-01"}, "a.b.gone": {"r", "2030-01-01"}},
		map[string]waiver{"waived": {"r", "2030-01-01"}, "stale": {"r", "2030-01-01"}, "gone": {"r", "2030-01-01"}},
		time.Date(2029, 12, 31, 0, 0, 0, 0, time.UTC))
	for _, want := range []string{"a.b.stale has a waiver", "a.b.forgotten is killed by no fault", "a.b.ended has a waiver that ended",
		"a.b.gone has a waiver", "noticed-by-none turns no check red", "stale has a waiver", "gone has a waiver", "a.b.nowhere, which is no check"} {
		if !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("nobody says that %s: %q", want, got)
		}
	}
	if len(got) != 8 {
		t.Errorf("%d problems: %q", len(got), got)
	}
}

// unkilled are the checks without a fault, the faults without a check, and the
// waivers that are not needed or have ended, a sentence each.
func unkilled(all []faults.Fault, ids []string, spared, unnoticed map[string]waiver, now time.Time) []string {
	var problems []string
	say := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	ended := func(w waiver) bool {
		until, err := time.Parse(time.DateOnly, w.until)
		return err != nil || now.After(until.AddDate(0, 0, 1))
	}
	killed, names := map[string]bool{}, map[string]bool{}
	for _, f := range all {
		names[f.Name] = true
		for _, id := range f.Reddens {
			killed[id] = true
			if !slices.Contains(ids, id) {
				say("fault %s should redden %s, which is no check", f.Name, id)
			}
		}
		w, waived := unnoticed[f.Name]
		switch {
		case len(f.Reddens) > 0 && waived:
			say("fault %s has a waiver and turns checks red all the same; take the waiver out", f.Name)
		case len(f.Reddens) == 0 && !waived:
			say("fault %s turns no check red; write the check that it asks for", f.Name)
		case waived && ended(w):
			say("fault %s has a waiver that ended on %s", f.Name, w.until)
		}
	}
	for _, id := range ids {
		w, waived := spared[id]
		switch {
		case killed[id] && waived:
			say("check %s has a waiver and is killed all the same; take the waiver out", id)
		case !killed[id] && !waived:
			say("check %s is killed by no fault; write the smallest wrong server that it catches", id)
		case waived && ended(w):
			say("check %s has a waiver that ended on %s", id, w.until)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(spared)) {
		if !slices.Contains(ids, id) {
			say("check %s has a waiver and does not exist", id)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(unnoticed)) {
		if !names[name] {
			say("fault %s has a waiver and does not exist", name)
		}
	}
	return problems
}

// With a fault, the checks that it lists are red, at one microversion at least.
func TestKillMatrix(t *testing.T) {
	var mu sync.Mutex
	var rows []string
	t.Run("faults", func(t *testing.T) {
		for _, f := range faults.All() {
			t.Run(f.Name, func(t *testing.T) {
				t.Parallel()
				row := kill(t, f)
				mu.Lock()
				defer mu.Unlock()
				rows = append(rows, row)
			})
		}
	})
	if *full != "" && !t.Failed() {
		slices.Sort(rows)
		if err := os.WriteFile(filepath.Clean(*full), []byte(strings.Join(rows, "")), 0o644); err != nil {
			t.Error(err)
		}
	}
}

// kill runs the checks against one fault and returns its row of the matrix.
func kill(t *testing.T, f faults.Fault) string {
	t.Helper()
	ids := f.Reddens
	if *full != "" {
		ids = nil
	} else if len(ids) == 0 {
		return ""
	}
	r := run(t, order{Fault: f.Name, IDs: ids, Seed: 7}, nil)
	if r.problem != nil {
		t.Fatalf("the result cannot be believed: %v; it said %s", r.problem, r.stderr)
	}
	red := map[string]bool{}
	judged := map[string]string{}
	for i := range r.result.Checks {
		c := &r.result.Checks[i]
		if c.Verdict == report.Fail {
			red[c.ID] = true
		}
		judged[c.ID] += fmt.Sprintf(" %s: %s", c.Verdict, c.Reason)
	}
	for _, id := range f.Reddens {
		if !red[id] {
			t.Errorf("%s, and %s does not turn red:%s", f.Says, id, judged[id])
		}
	}
	if r.exit == 0 {
		t.Errorf("%s, and the run exits with 0", f.Says)
	}
	return fmt.Sprintf("%s: %s\n", f.Name, strings.Join(slices.Sorted(maps.Keys(red)), " "))
}

func checkIDs() []string {
	var ids []string
	for _, c := range check.Catalogue().Checks() {
		ids = append(ids, c.ID)
	}
	return ids
}
