package model

import (
	"math/big"
	"regexp"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Schema is one schema with every reference followed. A schema that refers to
// another holds it in Ref; members beside the reference are its own.
type Schema struct {
	// Name is the component's name, "" for a schema written in place.
	Name string
	At   read.Position
	// Node is the schema in the bundle.
	Node *yaml.Node
	Facts

	// Never is the schema `false`.
	Never bool
	Ref   *Schema

	// Types are JSON type names; empty means any.
	Types []string
	// Enum and Const hold JSON values; Const is nil if there is none.
	Enum  []Literal
	Const *Literal

	Format          string
	Pattern         *regexp.Regexp
	PatternText     string
	MinLength       *int
	MaxLength       *int
	ContentEncoding string
	MaxBytes        *int
	MaxDecodedBytes *int

	Minimum, Maximum                   *big.Rat
	ExclusiveMinimum, ExclusiveMaximum *big.Rat
	MultipleOf                         *big.Rat

	Items                    *Schema
	PrefixItems              []*Schema
	Contains                 *Schema
	MinContains, MaxContains *int
	MinItems, MaxItems       *int
	UniqueItems              bool

	// Properties are in the order of the file.
	Properties        []Property
	Required          []string
	PatternProperties []PatternProperty
	// AdditionalProperties is nil where other members are undocumented.
	AdditionalProperties *Schema
	PropertyNames        *Schema
	MinProperties        *int
	MaxProperties        *int
	DependentRequired    map[string][]string
	DependentSchemas     []Property

	AllOf, AnyOf, OneOf []*Schema
	Not, If, Then, Else *Schema

	Deviations []Deviation
	Relations  []Relation
	Secret     bool
	Examples   []*yaml.Node

	byName map[string]*Schema
}

// Property is one documented member of an object.
type Property struct {
	Name   string
	Schema *Schema
}

// PatternProperty are the members whose names match.
type PatternProperty struct {
	Pattern *regexp.Regexp
	Schema  *Schema
}

// Facts are what any object of the contract may say about itself.
type Facts struct {
	Description string
	Deprecated  bool
	// Sources are its own; objects without inherit those of what is around them.
	Sources      []string
	Versions     microversion.Range
	Rulings      []string
	Requirements []string
}

// Deviation is what a ruling tolerates.
type Deviation struct {
	Ruling string
	// Schema is what a value fits that breaks the contract but is tolerated.
	Schema *Schema
	// Missing are required members that may be missing; of an answer, "body".
	Missing []string
	// At are microversions outside of the object's own at which it may exist all the same.
	At *microversion.Range
	// Media are types of the body of an answer that are taken as they come.
	Media []string
	// Statuses limit what is said of an answer's body; empty means all that it stands for.
	Statuses []int
	// Profiles limit the tolerance; empty means everywhere.
	Profiles []string
}

// OfStatus reports whether it is the status of an answer that is tolerated.
func (d Deviation) OfStatus() bool { return d.Missing == nil && d.Media == nil }

// Property is the schema of a documented member.
func (s *Schema) Property(name string) (*Schema, bool) {
	p, ok := s.byName[name]
	return p, ok
}

// Walk visits s and every schema that it is made of, each once.
func Walk(s *Schema, seen map[*Schema]bool, visit func(*Schema)) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	visit(s)
	parts := []*Schema{s.Ref, s.Items, s.Contains, s.AdditionalProperties, s.PropertyNames, s.Not, s.If, s.Then, s.Else}
	for _, list := range [][]*Schema{s.PrefixItems, s.AllOf, s.AnyOf, s.OneOf} {
		parts = append(parts, list...)
	}
	for _, list := range [][]Property{s.Properties, s.DependentSchemas} {
		for _, p := range list {
			parts = append(parts, p.Schema)
		}
	}
	for _, p := range s.PatternProperties {
		parts = append(parts, p.Schema)
	}
	for _, d := range s.Deviations {
		parts = append(parts, d.Schema)
	}
	for _, part := range parts {
		Walk(part, seen, visit)
	}
}
