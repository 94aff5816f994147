// Package conformance_test runs the whole catalogue on the simulator, for go
// test and for the ginkgo command. Programs run it through conformance/suite.
package conformance_test

import (
	"encoding/json"
	"net/http/httptest"
	"path/filepath"
	"testing"

	_ "github.com/ecsconform/ecsconform/conformance/checks"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/conformance/suite"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/fixtures/simulator"
)

func TestConformanceOfTheSimulator(t *testing.T) {
	sim, err := simulator.New(simulator.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sim)
	defer server.Close()
	description, err := json.Marshal(sim.Describe(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	config, err := target.FromSimulator(description)
	if err != nil {
		t.Fatal(err)
	}
	result, err := suite.Run(t.Context(), suite.Options{Config: config,
		Target: target.Options{Ledger: filepath.Join(t.TempDir(), "ledger.jsonl")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := result.Verify(); err != nil {
		t.Fatal(err)
	}
	t.Logf("seed %d", result.Header.Seed)
	for i := range result.Checks {
		c := &result.Checks[i]
		t.Run(c.Name(), func(t *testing.T) {
			if c.Verdict != report.Pass {
				t.Errorf("%s: %s", c.Verdict, c.Reason)
			}
		})
	}
	if f := result.Footer; f.Exit != 0 {
		t.Errorf("the run exits with %d: %s %s", f.Exit, f.Verdict, f.Reason)
	}
}
