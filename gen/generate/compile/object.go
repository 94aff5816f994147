package compile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// object is a function for an object or a map.
func (b *builder) object(t *model.Schema, null bool, p place) call {
	if name, ok := b.funcs[t]; ok {
		return call(name + "(s, %s)")
	}
	if b.open[t] {
		b.problem(t, "a schema that holds itself")
		return skip
	}
	b.open[t] = true
	defer delete(b.open, t)
	name := b.unique(p.name)
	b.funcs[t] = name
	if t.AdditionalProperties != nil && len(t.Properties) == 0 {
		b.mapping(name, t, null, p)
		return call(name + "(s, %s)")
	}
	if t.PropertyNames != nil && t.AdditionalProperties == nil {
		b.problem(t, "propertyNames without additionalProperties")
	}
	var members, cases strings.Builder
	keep := b.keeping(t, p)
	for i, prop := range t.Properties {
		r := b.resolve(prop.Schema)
		at := place{name: p.name + "." + prop.Name, sources: p.sources}
		inner := at.within(at.name, &r.Facts)
		fmt.Fprintf(&members, "{Member: %q, %s", prop.Name, inner.rule(false, r.Secret))
		if v := r.Versions; v != (microversion.Range{}) {
			fmt.Fprintf(&members, ", Since: %q, Until: %q", v.Min, v.Max)
		}
		members.WriteString("},\n")
		fmt.Fprintf(&cases, "case %d: // %s\n", i, prop.Name)
		slot := slices.Index(keep.members, prop.Name)
		if slot >= 0 {
			fmt.Fprintf(&cases, "kept[%d] = f.I\n", slot)
		}
		if keep.distinct[prop.Name] != "" {
			cases.WriteString("mark := s.Kept()\n")
		}
		fmt.Fprintf(&cases, "f.I = %s\n", b.value(prop.Schema, at).at("f.I"))
		if n := slices.Index(keep.own, prop.Name); n >= 0 {
			fmt.Fprintf(&cases, "end%d = f.I\n", n)
		}
		if test := keep.distinct[prop.Name]; test != "" {
			cases.WriteString(test + "s.Forget(mark)\n")
		}
		if n := slices.Index(keep.counted, prop.Name); n >= 0 {
			fmt.Fprintf(&cases, "if s.Peek(kept[%d]) == '[' {\ncount%d = s.Count()\n}\n", slot, n)
		}
	}
	extra := ""
	if t.AdditionalProperties != nil {
		extra = "case scan.Extra:\nf.I = " + b.value(t.AdditionalProperties, place{name: p.name + ".*", sources: p.sources}).at("f.I") + "\n"
	}
	if len(t.Properties) > 192 {
		b.problem(t, "more than 192 members")
	}
	object := name + "Object"
	fmt.Fprintf(&b.vars, "var %s = scan.NewObject(scan.Object{\n%s,\nMembers: []scan.Member{\n%s},\nEpochs: []scan.Epoch{%s},\n%s%s%s%s})\n\n",
		object, p.rule(null, t.Secret), members.String(), b.objectEpochs(t), ifText(t.AdditionalProperties != nil, "Open: true,\n"), limits(t), b.nameRule(t, p), b.missing(t))

	fmt.Fprintf(&b.code, "// %s: %s\nfunc %s(s *scan.Scan, i int) int {\n", p.name, strings.Join(p.sources, ", "), name)
	fmt.Fprintf(&b.code, "f := s.Open(i, %s)\n", object)
	if len(keep.members) > 0 {
		fmt.Fprintf(&b.code, "var kept [%d]int\n", len(keep.members))
	}
	if keep.own != nil {
		b.code.WriteString("own := s.Kept()\n")
	}
	for n := range keep.own {
		fmt.Fprintf(&b.code, "end%d := 0\n", n)
	}
	for n := range keep.counted {
		fmt.Fprintf(&b.code, "count%d := -1\n", n)
	}
	if len(t.Properties) == 0 && extra == "" {
		b.code.WriteString("for s.Next(&f) {\n}\n")
	} else {
		fmt.Fprintf(&b.code, "for s.Next(&f) {\nswitch f.Member {\n%s%s}\n}\n", cases.String(), extra)
	}
	if len(keep.members) > 0 {
		b.code.WriteString("if f.Begin >= 0 {\n")
		if keep.own != nil {
			b.code.WriteString("s.Forget(own)\n")
		}
		for n, own := range keep.own {
			fmt.Fprintf(&b.code, "s.Keep(%d, kept[%d], end%d)\n", n, slices.Index(keep.members, own), n)
		}
		b.code.WriteString(keep.tests)
		b.code.WriteString("}\n")
	}
	b.code.WriteString("return s.Close(&f)\n}\n\n")
	return call(name + "(s, %s)")
}

func ifText(when bool, text string) string {
	if when {
		return text
	}
	return ""
}

func limits(t *model.Schema) string {
	text := ""
	if t.MinProperties != nil {
		text += fmt.Sprintf("Min: %d,\n", *t.MinProperties)
	}
	if t.MaxProperties != nil {
		text += fmt.Sprintf("Max: %d, Limited: true,\n", *t.MaxProperties)
	}
	return text
}

func (b *builder) mapping(name string, t *model.Schema, null bool, p place) {
	text := p.rule(null, t.Secret) + ",\n" + limits(t)
	text += b.nameRule(t, p)
	names := b.data("Names", "scan.Names{"+text+"}")
	if len(t.Relations) > 0 {
		b.problem(t, "relations of a map")
	}
	value := b.value(t.AdditionalProperties, place{name: p.name + ".*", sources: p.sources})
	fmt.Fprintf(&b.code, "// %s: %s\nfunc %s(s *scan.Scan, i int) int {\nm := s.OpenMap(i, &%s)\nfor s.Entry(&m) {\nm.I = %s\n}\nreturn s.CloseMap(&m)\n}\n\n",
		p.name, strings.Join(p.sources, ", "), name, names, value.at("m.I"))
}

// nameRule is the rule for the names of members that are data.
func (b *builder) nameRule(t *model.Schema, p place) string {
	if t.PropertyNames == nil {
		return ""
	}
	r := b.resolve(t.PropertyNames)
	at := place{name: p.name + " name", sources: p.sources}
	c := string(b.text(r, false, at.within(at.name, &r.Facts)))
	return "Name: " + strings.TrimSuffix(c[strings.LastIndexByte(c, '&'):], ")") + ",\n"
}

// objectEpochs is what is gated and required in each epoch.
func (b *builder) objectEpochs(t *model.Schema) string {
	var epochs []string
	for e := range b.epochs() {
		var gated, required []string
		for i, prop := range t.Properties {
			in := b.resolve(prop.Schema).Versions.Contains(b.at(e))
			if !in {
				gated = append(gated, strconv.Itoa(i))
			}
			if in && slices.Contains(t.Required, prop.Name) {
				required = append(required, strconv.Itoa(i))
			}
		}
		text := ""
		if gated != nil {
			text = "Gated: scan.SetOf(" + strings.Join(gated, ", ") + ")"
		}
		if required != nil {
			if text != "" {
				text += ", "
			}
			text += "Required: scan.SetOf(" + strings.Join(required, ", ") + ")"
		}
		epochs = append(epochs, "{"+text+"}")
	}
	for _, name := range t.Required {
		if !slices.ContainsFunc(t.Properties, func(p model.Property) bool { return p.Name == name }) {
			b.problem(t, "the required member %s has no schema", name)
		}
	}
	if len(slices.Compact(slices.Clone(epochs))) == 1 {
		return epochs[0]
	}
	return "\n" + strings.Join(epochs, ",\n") + ",\n"
}

// missing are the rulings under which required members may be missing.
func (b *builder) missing(t *model.Schema) string {
	var list []string
	for _, d := range t.Deviations {
		if len(d.Missing) == 0 {
			continue
		}
		var members []string
		for _, name := range d.Missing {
			i := slices.IndexFunc(t.Properties, func(p model.Property) bool { return p.Name == name })
			if i < 0 {
				b.problem(t, "x-deviation names the member %s, which has no schema", name)
				continue
			}
			members = append(members, strconv.Itoa(i))
		}
		text := fmt.Sprintf("{Ruling: %q, Members: scan.SetOf(%s)", d.Ruling, strings.Join(members, ", "))
		if profiles := b.profiles(d); profiles != nil {
			text += fmt.Sprintf(", Profiles: %#v", profiles)
		}
		list = append(list, text+"}")
	}
	if list == nil {
		return ""
	}
	return "Missing: []scan.Tolerance{" + strings.Join(list, ", ") + "},\n"
}
