package schema

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/spec"
)

// Validator judges messages by a contract. It is safe for concurrent use.
type Validator struct {
	operations map[string]*model.Operation
	statuses   map[int]bool
	rulings    map[string][]string
	formats    map[string]format
	numbers    map[string]uint
}

var _ validate.Validator = (*Validator)(nil)

// New is a validator for the contract in this binary.
func New() (validate.Validator, error) { return Load(spec.Files()) }

// Load is a validator for the contract in fsys. A contract with mistakes is an
// error that lists them with their positions.
func Load(fsys fs.FS) (*Validator, error) {
	tree, err := read.Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	c, err := model.New(tree)
	if err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	return For(c)
}

// For is a validator for a contract that is read already.
func For(c *model.Contract) (*Validator, error) {
	if len(c.APIs) == 0 {
		return nil, errors.New("the contract has no API")
	}
	v := &Validator{
		operations: map[string]*model.Operation{}, statuses: map[int]bool{}, rulings: map[string][]string{},
		formats: formats(), numbers: numberFormats(),
	}
	for _, api := range c.APIs {
		for _, o := range api.Operations {
			v.operations[o.ID] = o
		}
	}
	for _, s := range c.Catalog.Statuses {
		v.statuses[s.Code] = true
	}
	for _, r := range c.Catalog.Rulings {
		v.rulings[r.ID] = r.Profiles
	}
	return v, nil
}

// Request judges what a client sent. An operation that the contract does not
// have is never judged.
func (v *Validator) Request(op *contract.Operation, m *validate.Message, o validate.Options) []validate.Finding {
	r, known := v.begin(op, m, o)
	if known == nil {
		return nil
	}
	r.request(known, m)
	return r.findings()
}

// Response judges what an endpoint answered.
func (v *Validator) Response(op *contract.Operation, m *validate.Message, o validate.Options) []validate.Finding {
	r, known := v.begin(op, m, o)
	if known == nil {
		return nil
	}
	r.response(known, m, v.statuses)
	return r.findings()
}

// Explained is a finding and the rulings that shaped its place: its own, or the
// nearest around it.
type Explained struct {
	validate.Finding
	Rulings []string
}

// ExplainRequest is Request with the rulings of each place.
func (v *Validator) ExplainRequest(op *contract.Operation, m *validate.Message, o validate.Options) []Explained {
	r, known := v.begin(op, m, o)
	if known == nil {
		return nil
	}
	r.request(known, m)
	return r.explained()
}

// ExplainResponse is Response with the rulings of each place.
func (v *Validator) ExplainResponse(op *contract.Operation, m *validate.Message, o validate.Options) []Explained {
	r, known := v.begin(op, m, o)
	if known == nil {
		return nil
	}
	r.response(known, m, v.statuses)
	return r.explained()
}

// Value judges one JSON value by one schema of the contract.
func (v *Validator) Value(s *model.Schema, body []byte, o validate.Options) []validate.Finding {
	r := &run{body: body, version: o.Version, profile: o.Profile, rulings: v.rulings, formats: v.formats, numbers: v.numbers}
	r.json(s, body, &place{source: s.Sources})
	return r.findings()
}

func (v *Validator) begin(op *contract.Operation, m *validate.Message, o validate.Options) (*run, *model.Operation) {
	if op == nil || m == nil || v.operations[op.ID] == nil {
		return nil, nil
	}
	known := v.operations[op.ID]
	if o.Version.IsZero() {
		o.Version = microversion.Default // what an endpoint takes without a header (ecs 3)
	}
	r := &run{body: m.Body, version: o.Version, profile: o.Profile, rulings: v.rulings, formats: v.formats, numbers: v.numbers}
	for _, source := range known.Sources {
		r.sections = append(r.sections, section(source))
	}
	return r, known
}
