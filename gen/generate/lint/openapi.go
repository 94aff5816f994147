package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// extensions are those of spec/README.md, by the objects that may bear them.
func extensions(k bundle.Kind) []string {
	everywhere := []string{"x-source", "x-ruling"}
	switch k {
	case bundle.Operation:
		return append(everywhere, "x-microversion", "x-action", "x-job", "x-permission", "x-requirements", "x-deviation")
	case bundle.Schema:
		return append(everywhere, "x-microversion", "x-requirements", "x-deviation", "x-relations", "x-secret", "x-max-bytes", "x-max-decoded-bytes")
	case bundle.Parameter, bundle.Header:
		return append(everywhere, "x-microversion", "x-requirements", "x-secret", "x-deviation")
	case bundle.Response:
		return append(everywhere, "x-microversion", "x-requirements", "x-deviation")
	case bundle.RequestBody, bundle.PathItem:
		return append(everywhere, "x-requirements")
	}
	return everywhere
}

// objects looks at the extensions of every object and where they stand.
func (c *checker) objects() {
	c.walk(func(b *bundle.Bundle, o bundle.Object) {
		known := extensions(o.Kind)
		for key := range read.Members(o.Node) {
			if strings.HasPrefix(key.Value, "x-") && o.Kind != bundle.Value && !slices.Contains(known, key.Value) {
				c.report("extension", b.At(key), "%s means nothing here%s", key.Value, nearest(key.Value, known))
			}
		}
		if v := read.Key(o.Node, "x-microversion"); v != nil && o.Kind == bundle.Schema && !c.ranged(b, o) {
			c.report("microversion", b.At(v), "x-microversion belongs to a member, a branch of oneOf or anyOf, or a whole body; here it would be ignored")
		}
		c.elsewhere(b, o)
		if o.Kind == bundle.Schema && o.Parent == bundle.Components {
			c.named(b, o)
		}
	})
}

// elsewhere looks at the microversions at which a deviation lets something exist
// outside of its own.
func (c *checker) elsewhere(b *bundle.Bundle, o bundle.Object) {
	for _, entry := range entries(read.Member(o.Node, "x-deviation")) {
		n := read.Member(entry, "at")
		if n == nil {
			continue
		}
		if o.Kind == bundle.Schema && (o.Parent != bundle.Schema || o.Member != "properties") {
			c.report("microversion", b.At(n), "only an operation, a parameter, a header or a member may be tolerated at other microversions; here it would be ignored")
			continue
		}
		own := model.Versions(o.Node)
		if meet, ok := own.Meet(model.Span(n)); ok {
			c.report("microversion", b.At(n), "it exists at %s by x-microversion, so a ruling has nothing to tolerate there", meet)
		}
	}
}

// ranged reports whether a schema stands where a range of microversions counts.
func (c *checker) ranged(b *bundle.Bundle, o bundle.Object) bool {
	if o.Parent == bundle.Schema {
		return slices.Contains([]string{"properties", "oneOf", "anyOf"}, o.Member)
	}
	api := c.contract.API(b.API)
	return o.Parent == bundle.MediaType || (o.Parent == bundle.Components && slices.ContainsFunc(api.Operations, func(op *model.Operation) bool {
		return isBody(op, api.Schemas[o.Name])
	}))
}

// isBody reports whether a schema is that of a whole body of the operation.
func isBody(o *model.Operation, s *model.Schema) bool {
	is := func(m model.Media) bool { return m.Schema != nil && (m.Schema == s || m.Schema.Ref == s) }
	return (o.Body != nil && slices.ContainsFunc(o.Body.Media, is)) ||
		slices.ContainsFunc(o.Responses, func(r *model.Response) bool { return slices.ContainsFunc(r.Media, is) })
}

func (c *checker) named(b *bundle.Bundle, o bundle.Object) {
	if len(read.Texts(o.Node, "x-source")) == 0 {
		c.report("source", b.At(o.Node), "the schema %s does not say where it comes from (x-source)", o.Name)
	}
	if !unicode.IsUpper(rune(o.Name[0])) {
		c.report("name", b.At(o.Node), "the schema %s begins with a small letter: keys of schemas are PascalCase", o.Name)
	}
}

var pascal = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)

func (c *checker) operations() {
	for _, api := range c.contract.APIs {
		for _, o := range api.Operations {
			c.operation(o)
		}
	}
}

func (c *checker) operation(o *model.Operation) {
	if len(o.Sources) == 0 {
		c.report("source", o.At, "the operation %s does not say where it comes from (x-source)", o.Name)
	}
	if !pascal.MatchString(o.Name) {
		c.report("name", o.At, "the operationId %q is no PascalCase verb phrase like ListServersDetail", o.Name)
	}
	if o.Summary == "" {
		c.report("operation", o.At, "%s has no summary", o.Name)
	}
	if len(o.Success) == 0 {
		c.report("operation", o.At, "%s documents no success", o.Name)
	}
	if !slices.ContainsFunc(o.Responses, func(r *model.Response) bool { return r.Status == 0 }) {
		c.report("operation", o.At, "%s has no default response, so no refusal has a form", o.Name)
	}
	c.pathParameters(o)
	c.action(o)
	for i, p := range o.Parameters {
		if !slices.Contains([]string{"path", "query", "header"}, p.In) {
			c.report("parameter", p.At, "the parameter %s stands in %q; known are header, path, query", p.Name, p.In)
		}
		if p.Schema == nil {
			c.report("parameter", p.At, "the parameter %s has no schema", p.Name)
		}
		for _, q := range o.Parameters[:i] {
			if p.Name == q.Name && p.In == q.In {
				c.report("parameter", p.At, "the parameter %s of %s is declared twice", p.Name, o.Name)
			}
		}
		if _, ok := p.Versions.Meet(o.Versions); !ok {
			c.report("microversion", p.At, "the parameter %s exists at %s, but %s only at %s", p.Name, p.Versions, o.Name, o.Versions)
		}
	}
}

var hole = regexp.MustCompile(`\{([^{}]*)\}`)

func (c *checker) pathParameters(o *model.Operation) {
	var holes []string
	for _, m := range hole.FindAllStringSubmatch(o.Path, -1) {
		holes = append(holes, m[1])
	}
	for _, p := range o.Parameters {
		if p.In != "path" {
			continue
		}
		if !slices.Contains(holes, p.Name) {
			c.report("parameter", p.At, "the path %s has no {%s}%s", o.Path, p.Name, nearest(p.Name, holes))
		}
		if !p.Required {
			c.report("parameter", p.At, "the path parameter %s must be required", p.Name)
		}
		holes = slices.DeleteFunc(holes, func(h string) bool { return h == p.Name })
	}
	for _, h := range holes {
		c.report("parameter", o.At, "the parameter {%s} of the path %s is not declared", h, o.Path)
	}
}

// action looks whether the body of an action demands the action's key.
func (c *checker) action(o *model.Operation) {
	if o.Action == "" || o.ActionMember != "" {
		return
	}
	if o.Body == nil || len(o.Body.Media) == 0 || o.Body.Media[0].Schema == nil {
		c.report("action", o.At, "the action %s has no body", o.Action)
		return
	}
	s := o.Body.Media[0].Schema
	for range 8 {
		if s.Ref == nil {
			break
		}
		s = s.Ref
	}
	if !slices.Contains(s.Required, o.Action) {
		c.report("action", s.At, "the body of the action %s does not require the member %s", o.Action, o.Action)
	}
}

// catalogued compares what an operation says with the catalogues.
func (c *checker) catalogued(o contract.Operation, items map[string]bool, here read.Position) {
	for _, item := range o.Permissions {
		if len(items) > 0 && !items[item] {
			var known []string
			for k := range items {
				known = append(known, k)
			}
			slices.Sort(known)
			c.report("unknown-id", here, "%s needs the permission %s, which catalog/permissions.yaml lacks%s", o.Name, item, nearest(item, known))
		}
	}
	if o.Job == nil || o.Job.Type == "" {
		return
	}
	i := slices.IndexFunc(c.contract.Catalog.Jobs, func(j contract.JobType) bool { return j.Type == o.Job.Type })
	switch {
	case i < 0:
		c.report("unknown-id", here, "%s answers with a job %s, which catalog/jobs.yaml lacks", o.Name, o.Job.Type)
	case !slices.Contains(c.contract.Catalog.Jobs[i].Operations, o.ID):
		c.report("unknown-id", here, "%s answers with a job %s, but catalog/jobs.yaml does not list it there", o.Name, o.Job.Type)
	}
}
