package reference

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/coverage"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// titles are the documents, their chapters, and the sections that describe no call.
func titles() map[string]string {
	return map[string]string{
		"ecs":              "ECS API reference",
		"appgroup-create":  "Workspace: create a server group",
		"appgroup-list":    "Workspace: list server groups",
		"appserver-create": "Workspace: create application servers",
		"autolaunch":       "Auto launch groups",

		"ecs 3":      "Microversions",
		"ecs 4":      "How calls are made",
		"ecs 4.2":    "Credentials",
		"ecs 4.3":    "Refusals",
		"ecs 5":      "The ECS API",
		"ecs 5.1":    "Life cycle",
		"ecs 5.9.1":  "Two kinds of tags",
		"ecs 6":      "The native Nova API",
		"ecs 6.16":   "Former versions",
		"ecs 7":      "Walk-through",
		"ecs 7.1":    "Creating a server, call by call",
		"ecs 8":      "Data structures",
		"ecs 8.1":    "Creating servers",
		"ecs 8.2":    "Details of a server",
		"ecs 8.3":    "Flavors",
		"ecs 9":      "Permissions",
		"ecs 9.1":    "What the items mean",
		"ecs 10":     "What all calls share",
		"ecs 10.1":   "Statuses",
		"ecs 10.3.1": "Answers of calls that start a job",
		"ecs 10.3.2": "Statuses of calls that start a job",
		"ecs 10.4.1": "Answers of batch calls",
		"ecs 11":     "Historic calls",
		"ecs A":      "Statuses, error codes, states",
		"ecs A.1":    "Statuses",
		"ecs A.2":    "Error codes",
		"ecs A.3":    "States of a server",
	}
}

// builder sorts the contract into sections.
type builder struct {
	sections map[string]*section
	// tables are the anchors of named schemas, by where they stand.
	tables map[string]string
}

func newPage(c *model.Contract) *page {
	b := &builder{sections: map[string]*section{}, tables: map[string]string{}}
	apis := append(slices.Clone(c.APIs), c.Shared)
	for _, api := range apis {
		for _, name := range slices.Sorted(maps.Keys(api.Schemas)) {
			if at := api.Schemas[name].At.String(); b.tables[at] == "" {
				b.tables[at] = anchor("table", api.Name+"-"+name)
			}
		}
	}
	p := &page{Digest: c.Digest[:12], Rulings: c.Catalog.Rulings}
	shown := map[string]bool{}
	operations := 0
	for _, api := range apis {
		for _, o := range api.Operations {
			s := b.at(first(o.Sources))
			s.Operations = append(s.Operations, b.operation(o))
			operations++
			for _, source := range o.Sources {
				if t := b.at(source); t != s && !slices.Contains(t.Also, o) {
					t.Also = append(t.Also, o)
				}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(api.Schemas)) {
			schema := api.Schemas[name]
			if at := schema.At.String(); !shown[at] {
				shown[at] = true
				s := b.at(first(schema.Sources))
				s.Tables = append(s.Tables, b.table(api.Name, schema))
			}
		}
	}
	b.catalog(c.Catalog)
	b.document(p)
	p.Numbers = []number{
		{"operations", operations}, {"tables", len(shown)}, {"requirements", len(c.Catalog.Requirements)},
		{"rulings", len(c.Catalog.Rulings)}, {"error codes", len(c.Catalog.Errors)}, {"permissions", len(c.Catalog.Permissions)},
	}
	return p
}

func first(sources []string) string {
	if len(sources) == 0 {
		return "ecs"
	}
	one, _, _ := strings.Cut(sources[0], "; ")
	return one
}

// at is the section that a source lies in.
func (b *builder) at(source string) *section {
	place := coverage.PlaceOf(source, coverage.Section)
	s := b.sections[place]
	if s == nil {
		s = &section{Place: place}
		b.sections[place] = s
	}
	return s
}

func (b *builder) catalog(c *model.Catalog) {
	for _, r := range c.Requirements {
		s := b.at(first([]string{r.Source}))
		s.Requirements = append(s.Requirements, r)
	}
	for _, r := range c.Rulings {
		seen := map[*section]bool{}
		for _, of := range r.Citations {
			if s := b.at(first([]string{of.Source})); !seen[s] {
				seen[s] = true
				s.Rulings = append(s.Rulings, r)
			}
		}
	}
	for _, e := range c.Errors {
		s := b.at(first([]string{e.Source}))
		s.Codes = append(s.Codes, e)
	}
	for _, e := range c.Statuses {
		for _, source := range e.Sources {
			s := b.at(source)
			s.Statuses = append(s.Statuses, e)
		}
	}
	for _, list := range []names{{"status", c.ServerStatuses}, {"OS-EXT-STS:vm_state", c.VMStates}, {"OS-EXT-STS:task_state", c.TaskStates}} {
		if len(list.List) > 0 {
			s := b.at("ecs A.3")
			s.Names = append(s.Names, list)
		}
	}
	for _, e := range c.States {
		s := b.at("ecs A.3")
		s.States = append(s.States, e)
	}
	for _, e := range c.Permissions {
		s := b.at(first([]string{e.Source}))
		s.Permissions = append(s.Permissions, e)
	}
	for _, e := range c.Jobs {
		s := b.at(first([]string{e.Source}))
		s.Jobs = append(s.Jobs, e)
	}
}

// document puts the sections in order, below their documents and chapters.
func (b *builder) document(p *page) {
	for _, place := range slices.Collect(maps.Keys(b.sections)) {
		b.at(coverage.PlaceOf(place, coverage.Chapter))
	}
	ordered := slices.SortedFunc(maps.Keys(b.sections), coverage.ComparePlaces)
	for _, place := range ordered {
		s := b.sections[place]
		id, number, _ := strings.Cut(place, " ")
		s.Number, s.Chapter = number, !strings.Contains(number, ".")
		s.Title = b.title(s)
		if len(p.Documents) == 0 || p.Documents[len(p.Documents)-1].ID != id {
			p.Documents = append(p.Documents, &document{ID: id, Title: cmp.Or(titles()[id], id)})
		}
		d := p.Documents[len(p.Documents)-1]
		d.Sections = append(d.Sections, s)
	}
	slices.SortStableFunc(p.Documents, func(x, y *document) int { // the reference first
		return cmp.Compare(len(y.Sections), len(x.Sections))
	})
}

func (b *builder) title(s *section) string {
	if t := titles()[s.Place]; t != "" {
		return t
	}
	if strings.HasPrefix(s.Place, "ecs 9.2.") {
		return "Items and calls"
	}
	var list []string
	for _, o := range s.Operations {
		list = append(list, strings.TrimSuffix(o.Summary, "."))
	}
	for _, o := range s.Also {
		list = append(list, strings.TrimSuffix(o.Summary, "."))
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), "; ")
}

func (b *builder) operation(o *model.Operation) operation {
	out := operation{Operation: o}
	for _, p := range o.Parameters {
		out.Parameters = append(out.Parameters, b.parameter(p))
	}
	if o.Body != nil {
		out.Request = b.bodies(o.Body.Media)
	}
	for _, r := range o.Responses {
		a := answer{Status: "other", Says: r.Description, Bodies: b.bodies(r.Media), Rulings: r.Rulings, Deviation: r.Tolerated()}
		if r.Status > 0 {
			a.Status = strconv.Itoa(r.Status)
		}
		for _, h := range r.Headers {
			a.Headers = append(a.Headers, b.parameter(h))
		}
		out.Answers = append(out.Answers, a)
	}
	return out
}

func (b *builder) bodies(media []model.Media) []body {
	var list []body
	for _, m := range media {
		list = append(list, body{m.Type, b.shape(m.Schema)})
	}
	return list
}

func (b *builder) parameter(p *model.Parameter) field {
	return field{
		Name: p.Name, In: p.In, Required: p.Required, Shape: b.shape(p.Schema), Versions: versions(p.Versions), Says: p.Description,
		Sources: p.Sources, Rulings: p.Rulings, Secret: p.Secret, Reqs: p.Requirements,
	}
}

func (b *builder) table(api string, s *model.Schema) table {
	t := table{API: api, Name: s.Name, Says: s.Description, Sources: s.Sources, Rulings: s.Rulings, Requirements: s.Requirements}
	if len(s.Properties) == 0 {
		t.Shape = b.words(s)
	}
	for _, p := range s.Properties {
		q := p.Schema
		f := field{
			Name: p.Name, Required: slices.Contains(s.Required, p.Name), Shape: b.shape(q), Versions: versions(q.Versions),
			Says: q.Description, Sources: q.Sources, Rulings: q.Rulings, Secret: q.Secret, Reqs: q.Requirements,
		}
		if f.Says == "" && q.Ref != nil {
			f.Says = q.Ref.Description
		}
		t.Fields = append(t.Fields, f)
	}
	for _, r := range s.Relations {
		t.Relations = append(t.Relations, r.String())
	}
	return t
}

// versions is a range in words, "" for all versions.
func versions(r microversion.Range) string {
	switch {
	case r.Min.IsZero() && r.Max.IsZero():
		return ""
	case r.Max.IsZero():
		return "from " + r.Min.String()
	case r.Min.IsZero():
		return "up to " + r.Max.String()
	}
	return r.Min.String() + " to " + r.Max.String()
}
