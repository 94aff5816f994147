package main

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/fixtures/examples"
	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/generate/coverage"
)

// What is counted is what the rest of the tool shows.
func TestCoverageAgreesWithTheCatalogue(t *testing.T) {
	out := runTool(t, t.TempDir(), "spec", "coverage", "--by", "section", "--format", "json").mustExit(t, exitConforms).out
	var rows []coverage.Row
	if err := json.Unmarshal([]byte(out), &rows); err != nil {
		t.Fatal(err)
	}
	all := rows[len(rows)-1]
	if all.Place != "" {
		t.Fatalf("the last row is %q, not everything", all.Place)
	}
	files, err := fs.Glob(examples.Files(), "*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	requirements := all.Counts[coverage.BySuite] + all.Counts[coverage.ByJudge] + all.Counts[coverage.ByNobody]
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"operations", all.Counts[coverage.Operations], len(catalog.Operations)},
		{"codes", all.Counts[coverage.Codes], len(catalog.Errors)},
		{"permissions", all.Counts[coverage.Permissions], len(catalog.Permissions)},
		{"rows of states", all.Counts[coverage.Mappings], len(catalog.States)},
		{"requirements", requirements, len(catalog.Requirements)},
		{"examples", all.Counts[coverage.Examples], len(files)},
		{"rulings", all.Counts[coverage.Rulings], len(catalog.Rulings)},
	} {
		if c.got != c.want {
			t.Errorf("%d %s are counted, the catalogue has %d", c.got, c.what, c.want)
		}
	}
}

func TestCoverageTable(t *testing.T) {
	r := runTool(t, t.TempDir(), "spec", "coverage", "--by", "document").mustExit(t, exitConforms)
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if len(lines) != 7 || !strings.HasPrefix(lines[0], "PLACE") || !strings.HasPrefix(lines[6], "all") {
		t.Errorf("not a row for each of five documents and one for all:\n%s", r.out)
	}
	for _, line := range lines {
		if got, want := len(strings.Fields(line)), len(coverage.Kinds())+1; got != want {
			t.Errorf("%d columns, want %d: %s", got, want, line)
		}
	}
	runTool(t, t.TempDir(), "spec", "coverage", "--by", "page").mustExit(t, exitMisuse).mustSay(t, "--by")
	runTool(t, t.TempDir(), "spec", "coverage", "--format", "csv").mustExit(t, exitMisuse).mustSay(t, "--format")
}
