package selftest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/ecsconform/ecsconform"

// an edge is one import of one of our packages by another.
type edge struct {
	from, to string // folders below the module: "conformance/check"
	test     bool
	file     string
}

// a rule says what the packages below a folder may import. The first rule that
// fits the importing package decides.
type rule struct {
	from string
	to   []string
	// tests are further folders for test files.
	tests []string
	why   string
}

var rules = []rule{
	{from: "spec", to: []string{"spec"}, why: "the contract knows nothing of code"},
	{from: "gen", to: []string{"gen", "spec"}, why: "what follows from the contract knows the contract only"},
	{from: "fixtures", to: []string{"fixtures", "gen", "spec"}, why: "the simulator and the faults must not share an opinion with the checks"},
	{from: "conformance/checks", to: []string{"conformance/checks", "conformance/check", "conformance/expect", "conformance/look", "conformance/attempt", "conformance/target", "gen"},
		why: "a check that knows whom it is talking to is not a conformance check"},
	{from: "conformance/report", to: []string{"conformance/report", "conformance/exchange", "gen"}, tests: []string{"conformance"},
		why: "a report shows verdicts and decides none"},
	{from: "conformance/expect", to: []string{"conformance/expect", "gen"}, why: "a matcher looks and sends nothing"},
	{from: "conformance/selftest", to: []string{"conformance", "gen", "spec"}, tests: []string{"fixtures"}, why: "only its tests join simulator and checks"},
	{from: "conformance", to: []string{"conformance", "gen", "spec"}, tests: []string{"fixtures/simulator", "fixtures/examples"},
		why: "what asks does not know what answers"},
	{from: "cmd", to: []string{"cmd", "conformance", "gen", "fixtures", "spec"}, why: "only programs join everything"},
}

func TestImportsPointOneWay(t *testing.T) {
	edges := imports(t)
	if len(edges) < 20 {
		t.Fatalf("only %d imports found; the walk is broken", len(edges))
	}
	for _, e := range edges {
		if why := forbidden(e); why != "" {
			t.Errorf("%s: %s must not import %s: %s", e.file, e.from, e.to, why)
		}
	}
}

func TestImportRulesForbid(t *testing.T) {
	for _, e := range []edge{
		{from: "spec", to: "gen/catalog"},
		{from: "gen/nova", to: "conformance/judge"},
		{from: "fixtures/simulator", to: "conformance/judge", test: true},
		{from: "fixtures/faults", to: "conformance/checks/jobs"},
		{from: "conformance/checks/jobs", to: "fixtures/simulator", test: true},
		{from: "conformance/checks/jobs", to: "conformance/suite"},
		{from: "conformance/report", to: "conformance/suite"},
		{from: "conformance/expect", to: "conformance/target"},
		{from: "conformance/suite", to: "fixtures/simulator"},
		{from: "conformance/target", to: "fixtures/faults", test: true},
		{from: "conformance/selftest", to: "fixtures/simulator"},
		{from: "conformance/suite", to: "cmd/ecsconform"},
		{from: "attic", to: "gen"},
	} {
		if forbidden(e) == "" {
			t.Errorf("%s (test %t) may import %s", e.from, e.test, e.to)
		}
	}
	for _, e := range []edge{
		{from: "conformance/checks/jobs", to: "conformance/target"},
		{from: "conformance/selftest", to: "fixtures/faults", test: true},
		{from: "cmd/ecsconform", to: "fixtures/simulator"},
		{from: "fixtures/simulator", to: "gen/validate/schema"},
	} {
		if why := forbidden(e); why != "" {
			t.Errorf("%s must not import %s: %s", e.from, e.to, why)
		}
	}
}

// forbidden is why an import must not be; "" if it may.
func forbidden(e edge) string {
	for _, r := range rules {
		if !below(e.from, r.from) {
			continue
		}
		allowed := r.to
		if e.test {
			allowed = slices.Concat(r.to, r.tests)
		}
		if slices.ContainsFunc(allowed, func(to string) bool { return below(e.to, to) }) {
			return ""
		}
		return r.why
	}
	return "no rule knows the folder"
}

func below(folder, of string) bool { return folder == of || strings.HasPrefix(folder, of+"/") }

// imports reads the imports of every Go file of the module, whatever its build tags.
func imports(t *testing.T) []edge {
	t.Helper()
	root := moduleRoot(t)
	var edges []edge
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != root {
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil || strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" {
				return filepath.SkipDir
			}
		}
		if d.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		for _, i := range file.Imports {
			to, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if rest, ok := strings.CutPrefix(to, module+"/"); ok {
				edges = append(edges, edge{from: path.Dir(relative), to: rest, test: strings.HasSuffix(relative, "_test.go"), file: relative})
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return edges
}

// moduleRoot is the folder with go.mod, above this one.
func moduleRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatalf("the module is not where this test looks for it: %v", err)
	}
	return root
}
