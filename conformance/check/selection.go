package check

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/microversion"
)

// ErrNoChecksSelected is a selection, or one word of it, that matches nothing.
// A typing mistake must never make a run smaller and green.
var ErrNoChecksSelected = errors.New("no check is selected")

// Selection is how the operator chooses checks. The zero Selection is all of
// them. Different fields narrow each other; the words of one field widen it.
type Selection struct {
	// IDs are ids, or patterns with * for any run of characters: "lifecycle.*".
	IDs []string
	// Families are first words of ids.
	Families []string
	// Labels are labels of Decl.AllLabels.
	Labels []string
	// APIs narrows to the checks that need none but these (those of a profile).
	APIs []string
	// Profile is the name that APIs came from, for the words of the report.
	Profile string
	// ReadOnly excludes every check that changes something.
	ReadOnly bool
	// Versions narrows the microversions to run at.
	Versions microversion.Range
	// Exclude are checks that the operator knowingly leaves out.
	Exclude []Exclusion
}

// Exclusion is one knowingly left out check, or several.
type Exclusion struct {
	// ID is an id or a pattern.
	ID string
	// Reason says why, with a link if there is one. It is shown in the report.
	Reason string
}

// Choose is the checks that s selects, in the order given. It fails with
// ErrNoChecksSelected if a word matches nothing or nothing is left, and if an
// exclusion has no reason or nothing to exclude.
func (s Selection) Choose(all []Check) ([]Check, error) {
	var errs []error
	for _, p := range s.IDs {
		if !slices.ContainsFunc(all, func(c Check) bool { return match(p, c.ID) }) {
			errs = append(errs, fmt.Errorf("%w: no id is like %q%s", ErrNoChecksSelected, p, hint(p, ids(all))))
		}
	}
	for _, f := range s.Families {
		if !slices.ContainsFunc(all, func(c Check) bool { return c.Family() == f }) {
			errs = append(errs, fmt.Errorf("%w: there is no family %q%s", ErrNoChecksSelected, f, hint(f, families(all))))
		}
	}
	for _, l := range s.Labels {
		if !slices.ContainsFunc(all, func(c Check) bool { return slices.Contains(c.AllLabels(), l) }) {
			errs = append(errs, fmt.Errorf("%w: no check bears the label %q%s", ErrNoChecksSelected, l, hint(l, labels(all))))
		}
	}
	for _, x := range s.Exclude {
		if strings.TrimSpace(x.Reason) == "" {
			errs = append(errs, fmt.Errorf("the exclusion of %q needs a reason", x.ID))
		}
		if !slices.ContainsFunc(all, func(c Check) bool { return match(x.ID, c.ID) }) {
			errs = append(errs, fmt.Errorf("the exclusion of %q excludes nothing%s", x.ID, hint(x.ID, ids(all))))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	var out []Check
	for _, c := range all {
		if s.takes(c) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w by %s", ErrNoChecksSelected, s)
	}
	return out, nil
}

func (s Selection) takes(c Check) bool {
	among := func(words []string, is func(string) bool) bool {
		return len(words) == 0 || slices.ContainsFunc(words, is)
	}
	return among(s.IDs, func(p string) bool { return match(p, c.ID) }) &&
		among(s.Families, func(f string) bool { return f == c.Family() }) &&
		among(s.Labels, func(l string) bool { return slices.Contains(c.AllLabels(), l) }) &&
		(len(s.APIs) == 0 || !slices.ContainsFunc(c.Needs, func(n Need) bool {
			return n.API() && !slices.Contains(s.APIs, string(n))
		}))
}

// excluded is why the operator leaves c out; "" if he does not.
func (s Selection) excluded(c Check) string {
	for _, x := range s.Exclude {
		if match(x.ID, c.ID) {
			return x.Reason
		}
	}
	if s.ReadOnly && !c.ReadOnly {
		return "the run is read-only, and this check changes something"
	}
	return ""
}

// String says the selection in words, for the head of a report.
func (s Selection) String() string {
	var parts []string
	list := func(what string, words []string) {
		if len(words) > 0 {
			parts = append(parts, what+" "+strings.Join(words, ", "))
		}
	}
	list("ids", s.IDs)
	list("families", s.Families)
	list("labels", s.Labels)
	if s.Profile != "" {
		parts = append(parts, "profile "+s.Profile)
	} else {
		list("apis", s.APIs)
	}
	if s.ReadOnly {
		parts = append(parts, "read-only")
	}
	if s.Versions != (microversion.Range{}) {
		parts = append(parts, "microversions "+s.Versions.String())
	}
	for _, x := range s.Exclude {
		parts = append(parts, fmt.Sprintf("without %s (%s)", x.ID, x.Reason))
	}
	if len(parts) == 0 {
		return "all checks"
	}
	return strings.Join(parts, "; ")
}

// match is path.Match, whose * stops at slashes only, which ids never have. A
// malformed pattern matches nothing and so is refused by Choose.
func match(pattern, id string) bool {
	ok, err := path.Match(pattern, id)
	return err == nil && ok
}

func ids(all []Check) []string {
	return words(all, func(c Check) []string { return []string{c.ID} })
}

func families(all []Check) []string {
	return words(all, func(c Check) []string { return []string{c.Family()} })
}

func labels(all []Check) []string {
	return words(all, func(c Check) []string { return c.AllLabels() })
}

func words(all []Check, of func(Check) []string) []string {
	var out []string
	for _, c := range all {
		out = append(out, of(c)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
