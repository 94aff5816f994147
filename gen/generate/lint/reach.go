package lint

import (
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// unused reports keys of files below openapi that no API reaches. What the
// documents describe without a call that uses it stays if a ruling says so.
func (c *checker) unused() {
	reached := map[string]bool{}
	for _, api := range bundle.APIs(c.tree) {
		file := "openapi/" + api + "/openapi.yaml"
		c.reach(file, c.tree.File(file).Root, reached)
	}
	for _, f := range c.tree.Under("openapi/shared/") {
		for key, value := range read.Members(f.Root) {
			if id := f.Name + "#" + key.Value; read.Member(value, "x-ruling") != nil && !reached[id] {
				reached[id] = true
				c.reach(f.Name, value, reached)
			}
		}
	}
	for _, f := range c.tree.Under("openapi/") {
		if path.Base(f.Name) == "openapi.yaml" {
			continue
		}
		for key := range read.Members(f.Root) {
			if !reached[f.Name+"#"+key.Value] {
				c.report("unused", at(f.Name, key), "no API uses %s", key.Value)
			}
		}
	}
}

func (c *checker) reach(file string, n *yaml.Node, reached map[string]bool) {
	if n == nil {
		return
	}
	if ref := read.Member(n, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode {
		name, pointer, _ := strings.Cut(ref.Value, "#/")
		target := file
		if name != "" {
			target = path.Join(path.Dir(file), name)
		}
		id := target + "#" + pointer
		if f := c.tree.File(target); f != nil && !reached[id] {
			reached[id] = true
			c.reach(target, read.Member(f.Root, pointer), reached)
		}
	}
	for _, child := range n.Content {
		c.reach(file, child, reached)
	}
}

// circles reports schemas that are defined by themselves: a reference that comes
// back without a member or item on the way.
func (c *checker) circles() {
	for _, api := range c.contract.APIs {
		for _, s := range api.Schemas {
			if circular(s, s, map[*model.Schema]bool{}) {
				c.report("circle", s.At, "the schema %s is defined by itself", s.Name)
			}
		}
	}
}

func circular(from, s *model.Schema, seen map[*model.Schema]bool) bool {
	next := append([]*model.Schema{s.Ref, s.Not, s.If, s.Then, s.Else}, s.AllOf...)
	next = append(append(next, s.AnyOf...), s.OneOf...)
	for _, n := range next {
		if n == nil || seen[n] {
			continue
		}
		seen[n] = true
		if n == from || circular(from, n, seen) {
			return true
		}
	}
	return false
}

// examples holds the examples inside the contract against their schemas.
func (c *checker) examples() {
	v, err := newJudge(c.contract)
	if err != nil {
		return // no API: there are no schemas either
	}
	seen := map[*model.Schema]bool{}
	for _, api := range c.contract.APIs {
		for _, s := range api.Schemas {
			model.Walk(s, seen, func(s *model.Schema) {
				for _, example := range s.Examples {
					c.example(v, api.Bundle, s, example)
				}
			})
		}
	}
}
