package check

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Registry is a set of checks. It is filled once and read after that: the
// first reading seals it. Mistakes of declarations are collected, not thrown,
// so that all of them can be named together.
type Registry struct {
	mu      sync.Mutex
	sealed  bool
	retired []string
	checks  []Check
	errs    []error
}

// NewRegistry is an empty registry. Retired ids are listed for ever and refused.
func NewRegistry(retired ...string) *Registry { return &Registry{retired: retired} }

// catalogue is what check.It fills while packages are initialised.
var catalogue = NewRegistry(retired...)

// Catalogue is the registry of the checks that are linked into the program
// (import conformance/checks for all of them).
func Catalogue() *Registry { return catalogue }

// It adds a check to the catalogue: `var _ = check.It(check.Decl{...}, func...)`.
// Mistakes are reported by Catalogue().Problems.
func It(d Decl, body Body) bool { return catalogue.add(d, body, 2) }

// It adds a check to r, as the function of that name does to the catalogue.
func (r *Registry) It(d Decl, body Body) bool { return r.add(d, body, 2) }

func (r *Registry) add(d Decl, body Body, skip int) bool {
	c := Check{Decl: d, Body: body}
	if _, file, line, ok := runtime.Caller(skip); ok {
		c.File, c.Line = file, line
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	errs := mistakes(c)
	if r.sealed {
		errs = append(errs, errors.New("is declared after the registry was read"))
	}
	if slices.Contains(r.retired, d.ID) {
		errs = append(errs, errors.New("is retired, and retired ids are never reused"))
	}
	if slices.ContainsFunc(r.checks, func(o Check) bool { return o.ID == d.ID }) {
		errs = append(errs, errors.New("is declared twice"))
	}
	for _, err := range errs {
		r.errs = append(r.errs, fmt.Errorf("%s:%d: check %q %w", c.File, c.Line, d.ID, err))
	}
	if len(errs) > 0 {
		return false
	}
	r.checks = append(r.checks, c)
	return true
}

// mistakes are what a declaration shows by itself.
func mistakes(c Check) []error {
	var errs []error
	say := func(format string, a ...any) { errs = append(errs, fmt.Errorf(format, a...)) }
	if !ValidID(c.ID) {
		say("is not of the form family.subject.circumstance")
	}
	if c.Says == "" || c.Says != strings.TrimSpace(c.Says) || strings.HasSuffix(c.Says, ".") {
		say("needs a statement (Says) without blanks around it or a full stop")
	}
	if len(c.Proves) == 0 {
		say("proves no requirement")
	}
	switch c.Level {
	case contract.Must, contract.Should, contract.May:
	default:
		say("has level %q, which is none of must, should, may", c.Level)
	}
	if !slices.ContainsFunc(c.Needs, Need.API) {
		say("names no API among its needs")
	}
	for _, n := range c.Needs {
		if !n.known() {
			say("needs %q, which no endpoint can offer", n)
		}
	}
	if !c.Versioned() && (c.At.how != newest || c.Versions != (microversion.Range{})) {
		say("chooses microversions, but needs no API that has them")
	}
	if _, ok := c.Versions.Meet(c.Versions); !ok {
		say("has the empty range of microversions %s", c.Versions)
	}
	for _, v := range c.At.gates {
		if !c.Versions.Contains(v) {
			say("sweeps %s, which lies outside of its range %s", v, c.Versions)
		}
	}
	if c.ReadOnly && c.Creates > 0 {
		say("is read-only and creates servers")
	}
	if c.Creates < 0 || c.Within < 0 {
		say("has a negative bound")
	}
	if c.Body == nil {
		say("has no body")
	}
	return errs
}

// Checks are all checks, sorted by id. Reading seals the registry.
func (r *Registry) Checks() []Check {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sealed = true
	out := slices.Clone(r.checks)
	slices.SortFunc(out, func(a, b Check) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Retired are the ids that no check may take again.
func (r *Registry) Retired() []string { return slices.Clone(r.retired) }

// Problems are all mistakes of the declarations, or nil. The function looks a
// requirement up (gen/catalog); a check that proves what nobody wrote down is a mistake.
func (r *Registry) Problems(requirement func(id string) bool) error {
	var errs []error
	for _, c := range r.Checks() {
		for _, id := range c.Proves {
			if !requirement(id) {
				errs = append(errs, fmt.Errorf("%s:%d: check %q proves %q, which no file of spec/requirements has", c.File, c.Line, c.ID, id))
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return errors.Join(append(slices.Clone(r.errs), errs...)...)
}
