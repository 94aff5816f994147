package model

import (
	"slices"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// API is one OpenAPI document with every reference followed.
type API struct {
	Name   string
	Title  string
	Bundle *bundle.Bundle
	// Operations are in the order of the document.
	Operations []*Operation
	// Schemas are the named ones, by name.
	Schemas map[string]*Schema
}

// Operation is one method of one path.
type Operation struct {
	contract.Operation
	At          read.Position
	Description string
	Parameters  []*Parameter
	Body        *Body
	Responses   []*Response
	Deviations  []Deviation
}

// Parameter is a part of the request beside the body, or a response header.
type Parameter struct {
	Facts
	At read.Position
	// Name is in canonical form for headers; In is path, query or header.
	Name, In string
	Required bool
	// Explode says that an array is repeated rather than joined by commas.
	Explode    bool
	Schema     *Schema
	Secret     bool
	Deviations []Deviation
}

// Body is what a request may carry.
type Body struct {
	Facts
	Required bool
	Media    []Media
}

// Media is a body of one media type; Schema is nil if nothing is said of it.
type Media struct {
	Type   string
	Schema *Schema
	// Versions are the microversions at which there is such a body: those of
	// its schema.
	Versions microversion.Range
}

// Response is one documented answer; Status is 0 for the default.
type Response struct {
	Facts
	At         read.Position
	Status     int
	Headers    []*Parameter
	Media      []Media
	Deviations []Deviation
}

// Tolerated reports whether the status itself is a deviation.
func (r *Response) Tolerated() bool { return slices.ContainsFunc(r.Deviations, Deviation.OfStatus) }

// Response is the answer documented for a status: its own, or the default;
// nil if there is neither.
func (o *Operation) Response(status int) *Response {
	var fallback *Response
	for _, r := range o.Responses {
		if r.Status == status {
			return r
		}
		if r.Status == 0 {
			fallback = r
		}
	}
	return fallback
}
