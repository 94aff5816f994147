package mutant

import (
	"fmt"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/spec"
)

// Body is one place of the contract where a JSON body stands.
type Body struct {
	Operation *model.Operation
	// Response is nil for the request.
	Response *model.Response
	// Status is one that the response comes with.
	Status int
	Schema *model.Schema
	// Version is one at which the body exists; zero for APIs without.
	Version microversion.Version
}

// Name is "nova.ListServers 200" or "nova.ListServers request".
func (b Body) Name() string {
	if b.Response == nil {
		return b.Operation.ID + " request"
	}
	return fmt.Sprintf("%s %d", b.Operation.ID, b.Status)
}

// Contract is the contract in this binary.
func Contract() (*model.Contract, error) {
	tree, err := read.Load(spec.Files())
	if err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	return model.New(tree)
}

// Bodies are all places with a JSON body, each at a microversion near to the wanted.
func Bodies(c *model.Contract, wanted microversion.Version) []Body {
	var list []Body
	add := func(o *model.Operation, r *model.Response, status int, media []model.Media, versions ...microversion.Range) {
		for _, m := range media {
			if m.Type != "application/json" || m.Schema == nil {
				continue
			}
			b := Body{Operation: o, Response: r, Status: status, Schema: m.Schema}
			if o.API == "nova" {
				v, ok := within(wanted, append(versions, o.Versions, m.Versions)...)
				if !ok {
					continue
				}
				b.Version = v
			}
			list = append(list, b)
		}
	}
	for _, api := range c.APIs {
		for _, o := range api.Operations {
			if o.Body != nil {
				add(o, nil, 0, o.Body.Media)
			}
			for _, r := range o.Responses {
				status := r.Status
				if status == 0 {
					status = 400
				}
				add(o, r, status, r.Media, r.Versions)
			}
		}
	}
	return list
}

// within moves a version into the ranges.
func within(v microversion.Version, ranges ...microversion.Range) (microversion.Version, bool) {
	for _, r := range ranges {
		if !r.Min.IsZero() && v.Compare(r.Min) < 0 {
			v = r.Min
		}
		if !r.Max.IsZero() && v.Compare(r.Max) > 0 {
			v = r.Max
		}
	}
	for _, r := range ranges {
		if !r.Contains(v) {
			return v, false
		}
	}
	return v, true
}
