package coverage

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

func (w *walker) operation(o *model.Operation) {
	w.add(Operations, o.ID, o.Sources)
	if o.Action != "" {
		w.add(Actions, o.ID, o.Sources)
	}
	w.gate(o.At, o.Versions, o.Sources)
	for _, p := range o.Parameters {
		sources := here(p.Sources, o.Sources)
		w.add(Parameters, o.ID+" "+p.In+" "+p.Name, sources)
		w.gate(p.At, p.Versions, sources)
		w.schema(p.Schema, sources, "", map[*model.Schema]bool{})
	}
	if o.Body != nil {
		sources := here(o.Body.Sources, o.Sources)
		for _, m := range o.Body.Media {
			w.schema(m.Schema, sources, RequestFields, map[*model.Schema]bool{})
		}
	}
	for _, r := range o.Responses {
		w.response(o, r)
	}
}

func (w *walker) response(o *model.Operation, r *model.Response) {
	sources := here(r.Sources, o.Sources)
	w.gate(r.At, r.Versions, sources)
	for _, h := range r.Headers {
		from := here(h.Sources, sources)
		w.add(Headers, o.ID+" "+h.Name, from)
		w.gate(h.At, h.Versions, from)
		w.schema(h.Schema, from, "", map[*model.Schema]bool{})
	}
	for _, m := range r.Media {
		w.schema(m.Schema, sources, ResponseFields, map[*model.Schema]bool{})
	}
}

// unused counts the shared schemas that no operation has led to: their members
// and bounds are found a second time otherwise, and stay one.
func (w *walker) unused(shared *model.API) {
	reached := map[string]bool{}
	for _, t := range w.things {
		if t.kind == RequestFields || t.kind == ResponseFields {
			reached[t.key] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(shared.Schemas)) {
		s := shared.Schemas[name]
		if !slices.ContainsFunc(s.Properties, func(p model.Property) bool { return reached[p.Schema.At.String()] }) {
			w.schema(s, nil, ResponseFields, map[*model.Schema]bool{})
		}
	}
}

// here are an object's own sources, or those of what is around it. Of sources in
// several sections, such as those of a parameter that the calls of a path share,
// those count that lie where the surroundings do, if any does.
func here(own, around []string) []string {
	if len(own) == 0 {
		return around
	}
	near := slices.DeleteFunc(slices.Clone(own), func(s string) bool {
		return !slices.ContainsFunc(around, func(a string) bool { return PlaceOf(a, Section) == PlaceOf(s, Section) })
	})
	if len(near) > 0 {
		return near
	}
	return own
}

func (w *walker) gate(p read.Position, r microversion.Range, sources []string) {
	if r != (microversion.Range{}) {
		w.add(Gates, p.String(), sources)
	}
}

// schema visits a schema and what it is made of. fields is the kind of its
// members, "" where members are not counted.
func (w *walker) schema(s *model.Schema, sources []string, fields Kind, seen map[*model.Schema]bool) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	if len(s.Sources) > 0 {
		sources = s.Sources
	}
	w.gate(s.At, s.Versions, sources)
	if s.Enum != nil || s.Const != nil {
		w.add(Enumerations, s.At.String(), sources)
	}
	for _, keyword := range bounds(s) {
		w.add(Bounds, s.At.String()+" "+keyword, sources)
	}
	for _, p := range s.Properties {
		if fields != "" {
			from := sources
			if len(p.Schema.Sources) > 0 {
				from = p.Schema.Sources
			}
			w.add(fields, p.Schema.At.String(), from)
		}
	}
	for _, part := range parts(s) {
		w.schema(part, sources, fields, seen)
	}
}

// parts are the schemas that a schema is made of, without what rulings tolerate.
func parts(s *model.Schema) []*model.Schema {
	list := []*model.Schema{s.Ref, s.Items, s.Contains, s.AdditionalProperties, s.PropertyNames, s.Not, s.If, s.Then, s.Else}
	list = slices.Concat(list, s.PrefixItems, s.AllOf, s.AnyOf, s.OneOf)
	for _, p := range slices.Concat(s.Properties, s.DependentSchemas) {
		list = append(list, p.Schema)
	}
	for _, p := range s.PatternProperties {
		list = append(list, p.Schema)
	}
	return list
}

// bounds are the keywords of a schema that limit values of its type.
func bounds(s *model.Schema) []string {
	var list []string
	for keyword, there := range map[string]bool{
		"minLength": s.MinLength != nil, "maxLength": s.MaxLength != nil, "pattern": s.Pattern != nil, "format": s.Format != "",
		"minimum": s.Minimum != nil, "maximum": s.Maximum != nil, "exclusiveMinimum": s.ExclusiveMinimum != nil,
		"exclusiveMaximum": s.ExclusiveMaximum != nil, "multipleOf": s.MultipleOf != nil, "x-max-bytes": s.MaxBytes != nil,
		"x-max-decoded-bytes": s.MaxDecodedBytes != nil, "minItems": s.MinItems != nil, "maxItems": s.MaxItems != nil,
		"uniqueItems": s.UniqueItems, "minProperties": s.MinProperties != nil, "maxProperties": s.MaxProperties != nil,
		"minContains": s.MinContains != nil, "maxContains": s.MaxContains != nil,
	} {
		if there {
			list = append(list, keyword)
		}
	}
	slices.Sort(list)
	return list
}

func (w *walker) catalog(c *model.Catalog) {
	for _, e := range c.Errors {
		w.add(Codes, e.Code, several(e.Source))
	}
	for _, s := range c.Statuses {
		w.add(Statuses, strconv.Itoa(s.Code), s.Sources)
	}
	for name, list := range map[string][]contract.StateName{"status": c.ServerStatuses, "vm": c.VMStates, "task": c.TaskStates} {
		for _, s := range list {
			w.add(States, name+" "+s.Name, several(s.Source))
		}
	}
	for _, s := range c.States {
		w.add(Mappings, s.VM+" "+s.Task+" "+s.Status, several(s.Source))
	}
	for _, p := range c.Permissions {
		w.add(Permissions, p.Item+" "+p.Call, several(p.Source))
	}
	for _, r := range c.Requirements {
		kind := map[contract.Proof]Kind{contract.BySuite: BySuite, contract.ByJudge: ByJudge, contract.ByNobody: ByNobody}[r.Proof]
		w.add(kind, r.ID, several(r.Source))
	}
	for _, r := range c.Rulings {
		var sources []string
		for _, of := range r.Citations {
			sources = append(sources, of.Source)
		}
		w.add(Rulings, r.ID, sources)
	}
}

// several takes apart the sources of a row that has more than one.
func several(source string) []string { return strings.Split(source, "; ") }
