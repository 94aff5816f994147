package model

import (
	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// keywords are the members of a schema that the model reads; the linter calls
// every other member a mistake.
func keywords() []string {
	return []string{
		"$ref", "$defs", "$comment", "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly",
		"type", "enum", "const", "format", "pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType",
		"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
		"items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
		"properties", "required", "patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties",
		"dependentRequired", "dependentSchemas", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
		"x-source", "x-microversion", "x-ruling", "x-requirements", "x-deviation", "x-relations", "x-secret",
		"x-max-bytes", "x-max-decoded-bytes",
	}
}

// schema builds the schema of a node, once.
func (b *builder) schema(n *yaml.Node) *Schema {
	if s, ok := b.schemas[n]; ok {
		return s
	}
	s := &Schema{At: b.bundle.At(n), Node: n, Facts: b.facts(n)}
	b.schemas[n] = s
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!bool":
		s.Never = n.Value == "false"
		return s
	case n.Kind != yaml.MappingNode:
		b.problem(n, "a schema must be a mapping")
		return s
	}
	known := keywords()
	for key := range read.Members(n) {
		if !contains(known, key.Value) {
			b.problem(key, "unknown keyword %q of a schema", key.Value)
		}
	}
	if ref := read.Member(n, "$ref"); ref != nil {
		if target, name := b.component(ref); target != nil {
			s.Ref = b.schema(target)
			s.Ref.Name = name
		}
	}
	b.values(s, n)
	b.arrays(s, n)
	b.objects(s, n)
	b.composition(s, n)
	s.Deviations = b.deviations(n, "at", "missing", "schema")
	for _, item := range read.Items(read.Member(n, "x-relations")) {
		if r, ok := b.relation(item); ok {
			s.Relations = append(s.Relations, r)
		}
	}
	s.Secret = read.Text(n, "x-secret") == "true"
	s.Examples = read.Items(read.Member(n, "examples"))
	if example := read.Member(n, "example"); example != nil {
		s.Examples = append(s.Examples, example)
	}
	return s
}

func (b *builder) sub(n *yaml.Node, key string) *Schema {
	if v := read.Member(n, key); v != nil {
		return b.schema(v)
	}
	return nil
}

func (b *builder) subs(n *yaml.Node, key string) []*Schema {
	var list []*Schema
	for _, item := range read.Items(read.Member(n, key)) {
		list = append(list, b.schema(item))
	}
	return list
}

func (b *builder) values(s *Schema, n *yaml.Node) {
	s.Types = read.Texts(n, "type")
	for _, t := range s.Types {
		if !contains([]string{"string", "number", "integer", "boolean", "object", "array", "null"}, t) {
			b.problem(read.Member(n, "type"), "unknown type %q", t)
		}
	}
	s.Enum = b.literals(read.Member(n, "enum"))
	if c := read.Member(n, "const"); c != nil {
		l := b.literal(c)
		s.Const = &l
	}
	s.Format = read.Text(n, "format")
	if p := read.Member(n, "pattern"); p != nil {
		s.Pattern, s.PatternText = b.pattern(p), p.Value
	}
	s.MinLength, s.MaxLength = b.whole(n, "minLength"), b.whole(n, "maxLength")
	s.ContentEncoding = read.Text(n, "contentEncoding")
	s.MaxBytes, s.MaxDecodedBytes = b.whole(n, "x-max-bytes"), b.whole(n, "x-max-decoded-bytes")
	s.Minimum, s.Maximum = b.rat(n, "minimum"), b.rat(n, "maximum")
	s.ExclusiveMinimum, s.ExclusiveMaximum = b.rat(n, "exclusiveMinimum"), b.rat(n, "exclusiveMaximum")
	if s.MultipleOf = b.rat(n, "multipleOf"); s.MultipleOf != nil && s.MultipleOf.Sign() <= 0 {
		b.problem(read.Member(n, "multipleOf"), "multipleOf must be above 0")
		s.MultipleOf = nil
	}
}

func (b *builder) arrays(s *Schema, n *yaml.Node) {
	s.Items, s.PrefixItems = b.sub(n, "items"), b.subs(n, "prefixItems")
	s.Contains, s.MinContains, s.MaxContains = b.sub(n, "contains"), b.whole(n, "minContains"), b.whole(n, "maxContains")
	s.MinItems, s.MaxItems = b.whole(n, "minItems"), b.whole(n, "maxItems")
	s.UniqueItems = read.Text(n, "uniqueItems") == "true"
}

func (b *builder) objects(s *Schema, n *yaml.Node) {
	s.byName = map[string]*Schema{}
	for key, value := range read.Members(read.Member(n, "properties")) {
		p := Property{Name: key.Value, Schema: b.schema(value)}
		s.Properties = append(s.Properties, p)
		s.byName[p.Name] = p.Schema
	}
	s.Required = read.Texts(n, "required")
	for key, value := range read.Members(read.Member(n, "patternProperties")) {
		if re := b.pattern(key); re != nil {
			s.PatternProperties = append(s.PatternProperties, PatternProperty{re, b.schema(value)})
		}
	}
	s.AdditionalProperties, s.PropertyNames = b.sub(n, "additionalProperties"), b.sub(n, "propertyNames")
	s.MinProperties, s.MaxProperties = b.whole(n, "minProperties"), b.whole(n, "maxProperties")
	for key := range read.Members(read.Member(n, "dependentRequired")) {
		if s.DependentRequired == nil {
			s.DependentRequired = map[string][]string{}
		}
		s.DependentRequired[key.Value] = read.Texts(read.Member(n, "dependentRequired"), key.Value)
	}
	for key, value := range read.Members(read.Member(n, "dependentSchemas")) {
		s.DependentSchemas = append(s.DependentSchemas, Property{key.Value, b.schema(value)})
	}
}

func (b *builder) composition(s *Schema, n *yaml.Node) {
	s.AllOf, s.AnyOf, s.OneOf = b.subs(n, "allOf"), b.subs(n, "anyOf"), b.subs(n, "oneOf")
	s.Not, s.If, s.Then, s.Else = b.sub(n, "not"), b.sub(n, "if"), b.sub(n, "then"), b.sub(n, "else")
}
