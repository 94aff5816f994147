package check

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// The strengths of a check, those of the requirements that it proves.
const (
	Must   = contract.Must
	Should = contract.Should
	May    = contract.May
)

// DefaultWithin is how long a check may take that does not say so itself. It is
// patience, not a promise of any document: an endpoint that needs longer is not
// judged, never failed.
const DefaultWithin = 10 * time.Minute

// Decl is all that can be known of a check without running it.
type Decl struct {
	// ID is family.subject.circumstance: permanent, unique, never reused.
	// The file of the check follows from it, see File.
	ID string
	// Says is the statement about the endpoint, in the present tense.
	Says string
	// Proves are the ids of the requirements (spec/requirements).
	Proves []string
	// Level is the strength of the statement.
	Level contract.Level
	// Needs are what the endpoint must offer; the APIs that the body calls are always among them.
	Needs []Need
	// Versions is the range of microversions in which the statement holds.
	Versions microversion.Range
	// At chooses the versions of that range to run at; the newest by default.
	At Sweep
	// Disclaimed are rulings; an endpoint whose profile states one of them does
	// not promise this behaviour, and the check is unsupported there.
	Disclaimed []string
	// Within bounds the body; DefaultWithin if zero.
	Within time.Duration
	// Labels are further words to select by.
	Labels []string
	// Provisional checks are run and shown but decide nothing.
	Provisional bool
	// ReadOnly checks change nothing at the endpoint.
	ReadOnly bool
	// Creates is how many servers exist at once because of the check.
	Creates int
}

// Body is what a check does: given, act, expect. The context ends with the
// check's time or the run; the target is bound to one microversion.
type Body func(ctx context.Context, t *target.Target)

// Check is a declaration with its body.
type Check struct {
	Decl
	Body Body
	// File and Line are where it was declared.
	File string
	Line int
}

// Family is the first word of the id.
func (d Decl) Family() string {
	family, _, _ := strings.Cut(d.ID, ".")
	return family
}

// SourceFile is the file that must hold the check, below conformance/checks:
// lifecycle.create.reaches-active is lifecycle/create_reaches_active.go.
func (d Decl) SourceFile() string {
	family, rest, _ := strings.Cut(d.ID, ".")
	return path.Join(family, strings.NewReplacer(".", "_", "-", "_").Replace(rest)+".go")
}

// Patience is Within, or its default.
func (d Decl) Patience() time.Duration {
	if d.Within > 0 {
		return d.Within
	}
	return DefaultWithin
}

// Versioned reports whether the check speaks an API that has microversions.
func (d Decl) Versioned() bool { return slices.Contains(d.Needs, Nova) }

// AllLabels are the family, the level, the APIs and the kinds that follow from
// the declaration, and then its own labels.
func (d Decl) AllLabels() []string {
	labels := []string{d.Family(), string(d.Level)}
	for _, n := range d.Needs {
		if n.API() {
			labels = append(labels, string(n))
		}
	}
	if d.ReadOnly {
		labels = append(labels, "read-only")
	}
	if d.Provisional {
		labels = append(labels, "provisional")
	}
	return append(labels, d.Labels...)
}
