package model

import (
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

func newAPI(b *bundle.Bundle) (*API, read.Problems) {
	build := &builder{bundle: b, schemas: map[*yaml.Node]*Schema{}}
	api := &API{
		Name: b.API, Bundle: b, Schemas: map[string]*Schema{},
		Title: read.Text(read.Member(b.Root, "info"), "title"),
	}
	for key, n := range read.Members(read.Member(read.Member(b.Root, "components"), "schemas")) {
		s := build.schema(n)
		s.Name = key.Value
		api.Schemas[key.Value] = s
	}
	for path, item := range read.Members(read.Member(b.Root, "paths")) {
		for method, n := range read.Members(item) {
			if contains([]string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}, method.Value) {
				api.Operations = append(api.Operations, build.operation(b.API, path, method, item, n))
			}
		}
	}
	return api, build.problems
}

func (b *builder) operation(api string, path, method, item, n *yaml.Node) *Operation {
	template, fragment, _ := strings.Cut(path.Value, "#")
	facts := b.facts(n)
	if len(facts.Sources) == 0 {
		facts.Sources = read.Texts(item, "x-source")
	}
	o := &Operation{At: b.bundle.At(n), Description: facts.Description}
	if id := read.Member(n, "operationId"); id != nil {
		o.At = b.bundle.At(id)
	}
	o.Operation = contract.Operation{
		API: api, Name: read.Text(n, "operationId"), Method: strings.ToUpper(method.Value), Path: template,
		Action: read.Text(n, "x-action"), Summary: strings.TrimSpace(read.Text(n, "summary")),
		Sources: facts.Sources, Versions: facts.Versions, Deprecated: facts.Deprecated,
		Permissions: read.Texts(n, "x-permission"),
	}
	o.Deviations = b.deviations(n, "at")
	o.ID = api + "." + o.Name
	if o.Name == "" {
		b.problem(n, "%s %s has no operationId", o.Method, path.Value)
	}
	if fragment != o.Action {
		b.problem(n, "the fragment %q of the path and x-action %q differ", fragment, o.Action)
	}
	if job := read.Member(n, "x-job"); job != nil {
		o.Job = &contract.Job{Type: read.Text(job, "type"), Entities: read.Texts(job, "entities")}
	}
	o.Parameters = b.parameters(item, n)
	o.Body = b.body(read.Member(n, "requestBody"))
	o.ActionMember = actionMember(o)
	for status, r := range read.Members(read.Member(n, "responses")) {
		if response := b.response(status, r); response != nil {
			o.Responses = append(o.Responses, response)
			if response.Status > 0 && response.Status < 300 && !response.Tolerated() {
				o.Success = append(o.Success, response.Status)
			}
		}
	}
	o.cite(facts)
	return o
}

// actionMember is the member whose value the action is: the body demands it and
// allows it that value alone.
func actionMember(o *Operation) string {
	const member = "action"
	if o.Action == "" || o.Body == nil || len(o.Body.Media) == 0 {
		return ""
	}
	s := o.Body.Media[0].Schema
	for range 8 {
		if s == nil || s.Ref == nil {
			break
		}
		s = s.Ref
	}
	if s == nil || !contains(s.Required, member) {
		return ""
	}
	if p, ok := s.Property(member); ok && len(p.Enum) == 1 && p.Enum[0].Type == "string" && p.Enum[0].Text == o.Action {
		return member
	}
	return ""
}

// cite collects the rulings and requirements that the operation names, its
// parameters and answers included, but not those of its schemas.
func (o *Operation) cite(own Facts) {
	all := []Facts{own}
	for _, p := range o.Parameters {
		all = append(all, p.Facts)
	}
	if o.Body != nil {
		all = append(all, o.Body.Facts)
	}
	for _, r := range o.Responses {
		all = append(all, r.Facts)
		for _, h := range r.Headers {
			all = append(all, h.Facts)
		}
	}
	for _, f := range all {
		o.Rulings = append(o.Rulings, f.Rulings...)
		o.Requirements = append(o.Requirements, f.Requirements...)
	}
	for _, list := range []*[]string{&o.Rulings, &o.Requirements} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

// parameters are those of the operation and those of its path that it does not
// declare itself.
func (b *builder) parameters(item, n *yaml.Node) []*Parameter {
	var list []*Parameter
	for _, of := range []*yaml.Node{read.Member(item, "parameters"), read.Member(n, "parameters")} {
		for _, entry := range read.Items(of) {
			p := b.parameter(b.object(entry), "")
			if p == nil {
				b.problem(entry, "the parameter has no name")
				continue
			}
			i := slices.IndexFunc(list, func(q *Parameter) bool { return q.Name == p.Name && q.In == p.In })
			if i >= 0 {
				list[i] = p
				continue
			}
			list = append(list, p)
		}
	}
	return list
}

// parameter reads a parameter, or under the given name a response header.
func (b *builder) parameter(n *yaml.Node, name string) *Parameter {
	p := &Parameter{Facts: b.facts(n), At: b.bundle.At(n), Name: name, In: "header", Required: read.Text(n, "required") == "true"}
	if name == "" {
		p.Name, p.In = read.Text(n, "name"), read.Text(n, "in")
		if p.Name == "" {
			return nil
		}
	}
	if p.In == "header" {
		p.Name = textproto.CanonicalMIMEHeaderKey(p.Name)
	}
	p.Explode = p.In == "query"
	if explode := read.Member(n, "explode"); explode != nil {
		p.Explode = explode.Value == "true"
	}
	if s := read.Member(n, "schema"); s != nil {
		p.Schema = b.schema(s)
	}
	p.Deviations = b.deviations(n, "at")
	p.Secret = read.Text(n, "x-secret") == "true" || (p.Schema != nil && p.Schema.Secret)
	return p
}

func (b *builder) body(n *yaml.Node) *Body {
	if n = b.object(n); n == nil {
		return nil
	}
	return &Body{Facts: b.facts(n), Required: read.Text(n, "required") == "true", Media: b.media(n)}
}

func (b *builder) media(n *yaml.Node) []Media {
	var list []Media
	for key, value := range read.Members(read.Member(n, "content")) {
		m := Media{Type: strings.ToLower(key.Value)}
		if s := read.Member(value, "schema"); s != nil {
			m.Schema = b.schema(s)
			m.Versions = m.Schema.Versions
			if m.Schema.Ref != nil && m.Versions == (microversion.Range{}) {
				m.Versions = m.Schema.Ref.Versions
			}
		}
		list = append(list, m)
	}
	return list
}

func (b *builder) response(status, n *yaml.Node) *Response {
	n = b.object(n)
	r := &Response{Facts: b.facts(n), At: b.bundle.At(status), Media: b.media(n), Deviations: b.deviations(n, "media", "missing", "status")}
	for _, d := range r.Deviations {
		if d.Missing != nil && !slices.Equal(d.Missing, []string{"body"}) {
			b.problem(read.Member(n, "x-deviation"), "of an answer only the body may be missing: [body]")
		}
		if d.Statuses != nil && d.OfStatus() {
			b.problem(read.Member(n, "x-deviation"), "status limits what is said of a body: media, missing")
		}
	}
	if status.Value != "default" {
		code, err := strconv.Atoi(status.Value)
		if err != nil || code < 100 || code > 599 {
			b.problem(status, "%q is no HTTP status", status.Value)
			return nil
		}
		r.Status = code
	}
	for key, value := range read.Members(read.Member(n, "headers")) {
		r.Headers = append(r.Headers, b.parameter(b.object(value), key.Value))
	}
	return r
}
