package lint

import (
	"math/big"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// schemas looks at every schema, named or not.
func (c *checker) schemas() {
	c.walk(func(b *bundle.Bundle, o bundle.Object) {
		if o.Kind != bundle.Schema || o.Node.Kind != yaml.MappingNode {
			return
		}
		c.additional(b, o)
		c.inline(b, o)
		c.format(b, o.Node)
		c.nullable(b, o.Node)
		c.bounds(b, o.Node)
		c.members(b, o.Node)
		c.branches(b, o.Node)
	})
}

func (c *checker) additional(b *bundle.Bundle, o bundle.Object) {
	if a := read.Member(o.Node, "additionalProperties"); a != nil && a.Value == "false" {
		c.report("additional", b.At(a), "additionalProperties is never false: an undocumented member is a finding of its own class")
	}
}

// inline refuses objects without a name inside others. Alternatives and
// conditions describe the object around them, a deviation the one it tolerates.
func (c *checker) inline(b *bundle.Bundle, o bundle.Object) {
	if read.Member(o.Node, "properties") == nil || o.Parent == bundle.Components {
		return
	}
	if o.Parent == bundle.Schema && !slices.Contains([]string{"properties", "items", "prefixItems", "additionalProperties", "patternProperties"}, o.Member) {
		return
	}
	if o.Parent == bundle.SchemaDeviation {
		return
	}
	c.report("inline", b.At(o.Node), "an object without a name: give it a schema of its own, one per table of the document")
}

func (c *checker) format(b *bundle.Bundle, n *yaml.Node) {
	known := schema.Formats()
	slices.Sort(known)
	if f := read.Member(n, "format"); f != nil && !slices.Contains(known, f.Value) {
		c.report("format", b.At(f), "the format %q would be ignored%s", f.Value, nearest(f.Value, known))
	}
}

// nullable finds the trap of JSON Schema that an enum has to list null, too.
func (c *checker) nullable(b *bundle.Bundle, n *yaml.Node) {
	enum := read.Member(n, "enum")
	if enum == nil || !slices.Contains(read.Texts(n, "type"), "null") {
		return
	}
	if !slices.ContainsFunc(enum.Content, func(v *yaml.Node) bool { return v.Tag == "!!null" }) {
		c.report("enum", b.At(enum), "the type allows null, but the enum does not list it, so null is refused")
	}
}

func (c *checker) bounds(b *bundle.Bundle, n *yaml.Node) {
	for _, pair := range [][2]string{
		{"minLength", "maxLength"}, {"minimum", "maximum"}, {"exclusiveMinimum", "exclusiveMaximum"},
		{"minItems", "maxItems"}, {"minProperties", "maxProperties"}, {"minContains", "maxContains"},
	} {
		low, high := read.Member(n, pair[0]), read.Member(n, pair[1])
		if low == nil || high == nil {
			continue
		}
		x, okX := new(big.Rat).SetString(low.Value)
		y, okY := new(big.Rat).SetString(high.Value)
		if okX && okY && x.Cmp(y) > 0 {
			c.report("bounds", b.At(low), "%s %s is above %s %s: nothing can fit", pair[0], low.Value, pair[1], high.Value)
		}
	}
}

// members looks whether the names in a schema are names of its members.
func (c *checker) members(b *bundle.Bundle, n *yaml.Node) {
	properties := read.Member(n, "properties")
	var names []string
	for key := range read.Members(properties) {
		names = append(names, key.Value)
	}
	required := read.Member(n, "required")
	seen := map[string]bool{}
	for _, name := range read.Items(required) {
		if seen[name.Value] {
			c.report("member", b.At(name), "%s is required twice", name.Value)
		}
		seen[name.Value] = true
		if properties != nil && !slices.Contains(names, name.Value) {
			c.report("member", b.At(name), "%s is required, but no property has this name%s", name.Value, nearest(name.Value, names))
		}
	}
	for _, entry := range entries(read.Member(n, "x-deviation")) {
		for _, name := range read.Items(read.Member(entry, "missing")) {
			if !seen[name.Value] {
				c.report("member", b.At(name), "%s may be missing by a ruling, but it is not required anyway%s", name.Value, nearest(name.Value, names))
			}
		}
	}
	if properties == nil {
		return
	}
	for _, relation := range read.Items(read.Member(n, "x-relations")) {
		c.pointers(b, relation, names)
	}
}

// pointers looks whether the pointers of a relation begin with a member.
func (c *checker) pointers(b *bundle.Bundle, n *yaml.Node, names []string) {
	if n.Kind == yaml.ScalarNode && len(n.Value) > 1 && n.Value[0] == '/' {
		first := model.ParsePointer(n.Value)[0]
		if first != "*" && !slices.Contains(names, first) {
			c.report("relation", b.At(n), "%s leads to no member%s", n.Value, nearest(first, names))
		}
	}
	if n.Kind != yaml.MappingNode {
		for _, child := range n.Content {
			c.pointers(b, child, names)
		}
		return
	}
	for key, value := range read.Members(n) {
		if key.Value != "by" { // which begins at an item, not here
			c.pointers(b, key, names)
			c.pointers(b, value, names)
		}
	}
}

func entries(n *yaml.Node) []*yaml.Node {
	if n != nil && n.Kind == yaml.MappingNode {
		return []*yaml.Node{n}
	}
	return read.Items(n)
}

// branches looks whether alternatives that take turns by microversion overlap.
func (c *checker) branches(b *bundle.Bundle, n *yaml.Node) {
	for _, keyword := range []string{"oneOf", "anyOf"} {
		list := read.Items(read.Member(n, keyword))
		for i, x := range list {
			for _, y := range list[:i] {
				p, q := model.Versions(x), model.Versions(y)
				if p.String() == "" || q.String() == "" {
					continue
				}
				if meet, ok := p.Meet(q); ok {
					c.report("microversion", b.At(x), "two alternatives of %s overlap at %s: a message there has two readings", keyword, meet)
				}
			}
		}
	}
}
