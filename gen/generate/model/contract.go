// Package model is the second stage of the generator: the contract with all
// references followed and every name settled. It decides; emit only writes.
// Package validate/schema judges messages by the same model.
package model

import (
	"cmp"
	"errors"
	"slices"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// Contract is everything the spec says.
type Contract struct {
	// Digest is the SHA-256 of the source.
	Digest string
	APIs   []*API
	// Shared are the schemas of openapi/shared; it has no operations.
	Shared  *API
	Catalog *Catalog
}

// New builds the model. The error holds every mistake as read.Problems; the
// contract beside it is as complete as the mistakes allow.
func New(t *read.Tree) (*Contract, error) {
	var problems read.Problems
	c := &Contract{Digest: t.Digest}
	catalog, err := NewCatalog(t)
	c.Catalog = catalog
	collect(&problems, err)
	ids := map[string]read.Position{}
	for _, name := range bundle.APIs(t) {
		b, err := bundle.New(t, name)
		collect(&problems, err)
		if b == nil {
			continue
		}
		api, found := newAPI(b)
		problems = append(problems, found...)
		for _, o := range api.Operations {
			if first, ok := ids[o.ID]; ok {
				problems.Add(o.At, "operationId %s is given twice (first at %s)", o.Name, first)
			}
			ids[o.ID] = o.At
		}
		c.APIs = append(c.APIs, api)
	}
	b, err := bundle.Shared(t)
	collect(&problems, err)
	shared, found := newAPI(b)
	problems = append(problems, found...)
	c.Shared = shared
	return c, problems.Err()
}

func collect(into *read.Problems, err error) {
	var problems read.Problems
	if errors.As(err, &problems) {
		*into = append(*into, problems...)
	}
}

// Operations are all operations, sorted by id.
func (c *Contract) Operations() []contract.Operation {
	var list []contract.Operation
	for _, api := range c.APIs {
		for _, o := range api.Operations {
			list = append(list, o.Operation)
		}
	}
	slices.SortFunc(list, func(a, b contract.Operation) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// API is the API of that name, nil if there is none.
func (c *Contract) API(name string) *API {
	for _, api := range c.APIs {
		if api.Name == name {
			return api
		}
	}
	return nil
}
