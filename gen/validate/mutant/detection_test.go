package mutant

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// row is one line of the table of detection.
type row struct{ mutants, found, none int }

// TestEveryFaultIsFound puts one fault of each class at every place of an instance
// of every body of the contract. Each must be found, at its place and by its name,
// and the instance itself must be left alone. The table by class is printed.
func TestEveryFaultIsFound(t *testing.T) {
	c, err := Contract()
	if err != nil {
		t.Fatal(err)
	}
	oracle, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	ours := compiled.New()
	table := map[string]*row{}
	told, clean, bodies := 0, 0, 0
	for _, wanted := range []string{"2.1", "2.60"} {
		for k, b := range Bodies(c, microversion.MustParse(wanted)) {
			bodies++
			for seed := range uint64(2) {
				m := &Maker{Rand: rand.New(rand.NewPCG(uint64(k), seed)), Version: b.Version, Full: seed == 0}
				value, err := m.Instance(b.Schema)
				if err != nil {
					t.Fatalf("%s: %v", b.Name(), err)
				}
				if list := bodyFindings(verdict(ours, b, sample.JSON(value), b.Version)); len(list) > 0 {
					t.Errorf("%s: a good body is blamed: %+v", b.Name(), list)
				} else {
					clean++
				}
				Faults(b, value, m, func(f Fault) {
					r := table[f.Class]
					if r == nil {
						r = &row{}
						table[f.Class] = r
					}
					list := findings(ours, b, f)
					switch {
					case slices.ContainsFunc(list, f.foundBy):
						r.found++
					case f.Union != "-" && !slices.ContainsFunc(bodyFindings(findings(oracle, b, f)), func(f validate.Finding) bool { return f.Severity == validate.Violation }):
						// Another branch fits, or a ruling tolerates it: both validators say so.
						r.none++
						return
					default:
						if told++; told <= 60 {
							t.Errorf("%s at %s: %s, expected %s at %q (union %q) in\n%.1500s\nfound\n%s", b.Name(), f.Version, f.Class, strings.Join(f.Keywords, " or "), f.Pointer, f.Union, f.Body, wordsOf(list))
						}
					}
					r.mutants++
				})
			}
		}
	}
	classes := make([]string, 0, len(table))
	for class := range table {
		classes = append(classes, class)
	}
	slices.Sort(classes)
	var out strings.Builder
	sum := row{}
	for _, class := range classes {
		r := table[class]
		fmt.Fprintf(&out, "%-34s %7d of %7d\n", class, r.found, r.mutants)
		sum.mutants, sum.found, sum.none = sum.mutants+r.mutants, sum.found+r.found, sum.none+r.none
	}
	t.Logf("%d bodies of the contract, %d instances without a finding\n\nfault class                          found mutants\n%s%-34s %7d of %7d\n\n%d mutants more are no faults: another branch of a union fits them, or a ruling tolerates them",
		bodies, clean, out.String(), "all", sum.found, sum.mutants, sum.none)
	if sum.mutants < 10_000 || len(table) < 20 {
		t.Errorf("only %d mutants of %d classes: the test proves little", sum.mutants, len(table))
	}
}

func findings(v validate.Validator, b Body, f Fault) []validate.Finding {
	m := &validate.Message{Status: f.Status, Header: http.Header{"Content-Type": {f.MediaType}}, Body: f.Body}
	op, o := &contract.Operation{ID: b.Operation.ID}, validate.Options{Version: f.Version}
	if b.Response == nil {
		return v.Request(op, m, o)
	}
	return v.Response(op, m, o)
}

// foundBy reports whether a finding tells the fault: by one of its names, at its
// place; or, where several things might have been meant, of the value as a whole.
func (f Fault) foundBy(x validate.Finding) bool {
	if x.Pointer == f.Union && (x.Keyword == "anyOf" || x.Keyword == "oneOf" || x.Severity == validate.Deviation) {
		return true
	}
	if f.Pointer != "*" && x.Pointer != f.Pointer {
		return false
	}
	return slices.Contains(f.Keywords, x.Keyword)
}

func wordsOf(list []validate.Finding) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "  %s %s %s %s %s\n", f.Severity, f.Class, f.Pointer, f.Keyword, f.Ruling)
	}
	return b.String()
}
