package selftest

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
)

// The catalogue read as a whole, without running it.

func TestDeclarations(t *testing.T) {
	err := check.Catalogue().Problems(func(id string) bool {
		_, ok := catalog.Requirement(id)
		return ok
	})
	if err != nil {
		t.Error(err)
	}
	if n := len(check.Catalogue().Checks()); n < 100 {
		t.Fatalf("only %d checks are linked", n)
	}
	says := map[string]string{}
	for _, c := range check.Catalogue().Checks() {
		if other, ok := says[c.Says]; ok {
			t.Errorf("%s says the same as %s", c.ID, other)
		}
		says[c.Says] = c.ID
		for _, id := range c.Disclaimed {
			if _, ok := catalog.Ruling(id); !ok {
				t.Errorf("%s is disclaimed by %s, which is no ruling", c.ID, id)
			}
			if !slices.ContainsFunc(catalog.Profiles, func(p contract.Profile) bool { return slices.Contains(p.Rulings, id) }) {
				t.Errorf("%s is disclaimed by %s, which no profile states", c.ID, id)
			}
		}
	}
}

// A check is found from its id without searching, and no file is left over: one
// whose name the compiler leaves out (…_linux.go) would vanish in silence.
func TestFilesAreNamedAfterTheirChecks(t *testing.T) {
	const room = "conformance/checks/"
	root := filepath.Join(moduleRoot(t), filepath.FromSlash(room))
	want := map[string]string{}
	for _, c := range check.Catalogue().Checks() {
		want[c.SourceFile()] = c.ID
		if _, file, ok := strings.Cut(filepath.ToSlash(c.File), room); !ok || file != c.SourceFile() {
			t.Errorf("%s is in %s, want %s", c.ID, c.File, room+c.SourceFile())
		}
	}
	walk(t, root, func(file string) {
		if _, ok := want[file]; !ok && path.Base(file) != "doc.go" {
			t.Errorf("%s holds no check of that name", room+file)
		}
	})
	for _, c := range check.Catalogue().Checks() {
		if _, err := os.Stat(filepath.Join(root, c.Family(), "doc.go")); err != nil {
			t.Errorf("family %s has no doc.go", c.Family())
			break
		}
	}
}

// What a comment refers to exists.
func TestReferencesResolve(t *testing.T) {
	ids := map[string]bool{}
	families := map[string]bool{}
	for _, c := range check.Catalogue().Checks() {
		ids[c.ID], families[c.Family()] = true, true
	}
	checkID := regexp.MustCompile(`\b([a-z]+)\.[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*[a-z0-9]\b`)
	ruling := regexp.MustCompile(`\bR-\d{3}\b`)
	root := filepath.Join(moduleRoot(t), "conformance", "checks")
	seen := 0
	walk(t, root, func(file string) {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range checkID.FindAllStringSubmatch(string(text), -1) {
			if families[m[1]] && !ids[m[0]] {
				t.Errorf("%s refers to the check %s, which does not exist", file, m[0])
			}
		}
		for _, id := range ruling.FindAllString(string(text), -1) {
			seen++
			if _, ok := catalog.Ruling(id); !ok {
				t.Errorf("%s refers to the ruling %s, which does not exist", file, id)
			}
		}
	})
	if seen == 0 {
		t.Error("no ruling is referred to; the search is broken")
	}
}

// Every requirement that only a suite can prove is proved by a check, or says
// why not and until when; a waiver that is not needed any more, or has ended, fails.
func TestRequirementsAreProved(t *testing.T) {
	proved := map[string]bool{}
	for _, c := range check.Catalogue().Checks() {
		for _, id := range c.Proves {
			proved[id] = true
		}
	}
	for _, problem := range unproved(catalog.Requirements, proved, time.Now()) {
		t.Error(problem)
	}
}

func TestWaiversRot(t *testing.T) {
	r := func(id, waiver, until string) contract.Requirement {
		return contract.Requirement{ID: id, Proof: contract.BySuite, Waiver: waiver, Until: until}
	}
	requirements := []contract.Requirement{
		r("proved", "", ""), r("waived", "not yet", "2030-01-01"),
		r("forgotten", "", ""), r("stale", "not yet", "2030-01-01"), r("ended", "not yet", "2029-12-30"),
		r("endless", "not yet", ""), r("undated", "not yet", "next year"),
		{ID: "judged", Proof: contract.ByJudge},
	}
	got := unproved(requirements, map[string]bool{"proved": true, "stale": true}, time.Date(2029, 12, 31, 12, 0, 0, 0, time.UTC))
	want := []string{"forgotten", "stale", "ended", "endless", "undated"}
	if len(got) != len(want) {
		t.Fatalf("got %q, want one for each of %q", got, want)
	}
	for i, id := range want {
		if !strings.HasPrefix(got[i], id+" ") {
			t.Errorf("got %q, want it to be about %s", got[i], id)
		}
	}
}

// unproved are the requirements without proof, a sentence each.
func unproved(requirements []contract.Requirement, proved map[string]bool, now time.Time) []string {
	var problems []string
	for _, r := range requirements {
		until, err := time.Parse(time.DateOnly, r.Until)
		switch {
		case r.Proof != contract.BySuite, proved[r.ID] && r.Waiver == "":
		case proved[r.ID]:
			problems = append(problems, r.ID+" is proved by a check and has a waiver all the same; take the waiver out")
		case r.Waiver == "":
			problems = append(problems, r.ID+" is proved by no check; write one, or a waiver with its reason")
		case err != nil:
			problems = append(problems, r.ID+" has a waiver without a day on which it ends (until: 2027-06-30)")
		case now.After(until.AddDate(0, 0, 1)):
			problems = append(problems, r.ID+" has a waiver that ended on "+r.Until)
		}
	}
	return problems
}

// walk calls f with every Go file below root, as a path with slashes.
func walk(t *testing.T, root string, f func(file string)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		n++
		f(filepath.ToSlash(relative))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Fatalf("%s holds no Go file", root)
	}
}
