package compile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// operations is the table of an API.
func (b *builder) operations(api *model.API) string {
	var t strings.Builder
	fmt.Fprintf(&t, "// %s is the API as tables.\nfunc %s() message.API {\nreturn message.API{\nName: %q,\n", b.api, b.api, api.Name)
	var gates []string
	for _, g := range b.gates {
		gates = append(gates, fmt.Sprintf("{Major: %d, Minor: %d}", g.Major, g.Minor))
	}
	if gates != nil {
		fmt.Fprintf(&t, "Gates: []microversion.Version{%s},\n", strings.Join(gates, ", "))
	}
	t.WriteString("Operations: []message.Operation{\n")
	for _, o := range api.Operations {
		b.operation(&t, o)
	}
	t.WriteString("},\n}\n}\n\n")
	return t.String()
}

func (b *builder) operation(t *strings.Builder, o *model.Operation) {
	sources := strings.Join(o.Sources, ", ")
	var sections, success []string
	for _, s := range o.Sources {
		words := strings.Fields(s)
		section := strings.Join(words[:min(2, len(words))], " ")
		if !slices.Contains(sections, section) {
			sections = append(sections, section)
		}
	}
	for _, code := range o.Success {
		success = append(success, strconv.Itoa(code))
	}
	words := strings.Join(success, " or ")
	if words == "" {
		words = "a refusal"
	}
	fmt.Fprintf(t, "{\nID: %q, Name: %q, Call: %q, Sources: %q,\nSections: %#v,\n%sSuccess: %q,\n",
		o.ID, o.Name, o.Method+" "+o.Path, sources, sections, b.life(o.Versions), words)
	if outside := b.outside(o.Deviations); outside != "" {
		fmt.Fprintf(t, "%s,\n", outside)
	}
	p := place{name: o.Name, sources: o.Sources}
	if len(o.Parameters) > 0 {
		t.WriteString("Parameters: []message.Parameter{\n")
		for _, parameter := range o.Parameters {
			b.parameter(t, parameter, p)
		}
		t.WriteString("},\n")
	}
	if o.Body != nil {
		source := p.within(p.name, &o.Body.Facts)
		fmt.Fprintf(t, "Body: &message.Body{Required: %v, Source: %q, %s},\n", o.Body.Required, strings.Join(source.sources, ", "), b.media(o.Body.Media, source, "Request"))
	}
	t.WriteString("Responses: []message.Response{\n")
	for _, r := range o.Responses {
		source := p.within(p.name, &r.Facts)
		fmt.Fprintf(t, "{Status: %d, Source: %q, %s%s", r.Status, strings.Join(source.sources, ", "), b.life(r.Versions), b.media(r.Media, source, strconv.Itoa(r.Status)))
		if len(r.Headers) > 0 {
			t.WriteString(", Headers: []message.Parameter{\n")
			for _, h := range r.Headers {
				b.parameter(t, h, source)
			}
			t.WriteString("}")
		}
		t.WriteString(b.tolerances(r))
		t.WriteString("},\n")
	}
	t.WriteString("},\n},\n")
}

// tolerances are what rulings say of the status and the body of an answer.
func (b *builder) tolerances(r *model.Response) string {
	var statuses, bodies []string
	for _, d := range r.Deviations {
		text := fmt.Sprintf("{Ruling: %q%s}", d.Ruling, b.limited(d))
		if d.OfStatus() {
			statuses = append(statuses, text)
			continue
		}
		text = "{Tolerance: message.Tolerance" + text
		if d.Statuses != nil {
			text += fmt.Sprintf(", Statuses: %#v", d.Statuses)
		}
		if d.Missing != nil {
			text += ", Missing: true"
		}
		if d.Media != nil {
			text += fmt.Sprintf(", Media: %#v", d.Media)
		}
		bodies = append(bodies, text+"}")
	}
	out := ""
	if statuses != nil {
		out = fmt.Sprintf(", Tolerances: []message.Tolerance{%s}", strings.Join(statuses, ", "))
	}
	if bodies != nil {
		out += fmt.Sprintf(", Bodies: []message.BodyTolerance{%s}", strings.Join(bodies, ", "))
	}
	return out
}

// outside is a table member: the rulings under which something may exist at other
// microversions than its own, "" if there is none.
func (b *builder) outside(deviations []model.Deviation) string {
	var list []string
	for _, d := range deviations {
		if d.At == nil {
			continue
		}
		var bounds []string
		for _, end := range []struct {
			name string
			v    microversion.Version
		}{{"Min", d.At.Min}, {"Max", d.At.Max}} {
			if !end.v.IsZero() {
				bounds = append(bounds, fmt.Sprintf("%s: microversion.Version{Major: %d, Minor: %d}", end.name, end.v.Major, end.v.Minor))
			}
		}
		list = append(list, fmt.Sprintf("{Ruling: %q, At: microversion.Range{%s}%s}", d.Ruling, strings.Join(bounds, ", "), b.limited(d)))
	}
	if list == nil {
		return ""
	}
	return "Outside: []scan.Outside{" + strings.Join(list, ", ") + "}"
}

// limited is the table member with the profiles of a deviation, "" if it holds everywhere.
func (b *builder) limited(d model.Deviation) string {
	if profiles := b.profiles(d); profiles != nil {
		return fmt.Sprintf(", Profiles: %#v", profiles)
	}
	return ""
}

func (b *builder) life(r microversion.Range) string {
	e := b.existence(r)
	if e == "" {
		return ""
	}
	return fmt.Sprintf("Life: message.Life{Epochs: %s, Says: %q},\n", e, r)
}

// profiles are those that a deviation is limited to: its own, or the ruling's.
func (b *builder) profiles(d model.Deviation) []string {
	if len(d.Profiles) > 0 {
		return d.Profiles
	}
	return b.rulings[d.Ruling]
}

func (b *builder) media(list []model.Media, p place, suffix string) string {
	var words []string
	for _, m := range list {
		text := fmt.Sprintf("{Type: %q", m.Type)
		if m.Schema != nil {
			at := p
			at.name += suffix
			text += ", Value: " + b.value(m.Schema, at).fn()
		}
		if life := b.life(m.Versions); life != "" {
			text += ", " + strings.TrimSuffix(life, ",\n")
		}
		words = append(words, text+"}")
	}
	return "Media: []message.Media{" + strings.Join(words, ", ") + "}"
}

func (b *builder) parameter(t *strings.Builder, p *model.Parameter, around place) {
	here := around.within(around.name+" "+p.Name, &p.Facts)
	fmt.Fprintf(t, "{Name: %q, In: %q, Source: %q", p.Name, p.In, strings.Join(here.sources, ", "))
	for _, m := range []struct{ name, value string }{{"Ruling", only(p.Rulings)}, {"Requirement", only(p.Requirements)}} {
		if m.value != "" {
			fmt.Fprintf(t, ", %s: %q", m.name, m.value)
		}
	}
	if p.Required {
		t.WriteString(", Required: true")
	}
	if p.Explode {
		t.WriteString(", Explode: true")
	}
	if life := b.life(p.Versions); life != "" {
		t.WriteString(", " + strings.TrimSuffix(life, ",\n"))
	}
	if outside := b.outside(p.Deviations); outside != "" {
		t.WriteString(", " + outside)
	}
	if p.Schema != nil {
		s := b.resolve(p.Schema)
		if p.Secret && !s.Secret {
			c := *s
			c.Secret = true
			s = &c
		}
		fmt.Fprintf(t, ", Kinds: %s", b.kinds(s))
		if s.Items != nil {
			fmt.Fprintf(t, ", Items: %s", b.kinds(b.resolve(s.Items)))
		}
		fmt.Fprintf(t, ", Value: %s", b.value(s, here).fn())
	}
	t.WriteString("},\n")
}

func (b *builder) kinds(s *model.Schema) string {
	var words []string
	types := slices.Clone(s.Types)
	if len(types) == 0 {
		types, _ = b.types(s)
	}
	for _, k := range types {
		switch k {
		case "string", "integer", "number", "boolean", "null", "array":
			words = append(words, "message."+strings.ToUpper(k[:1])+k[1:])
		}
	}
	if words == nil {
		return "message.String"
	}
	return strings.Join(words, " | ")
}
