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
		if outside := b.outside(r.Deviations); outside != "" {
			members.WriteString(", " + outside)
		}
		value := b.value(prop.Schema, at)
		if text, ok := strings.CutPrefix(string(value), "s.Plain(%s, "); ok && !keep.needs(prop.Name) {
			fmt.Fprintf(&members, ", Text: %s", strings.TrimSuffix(text, ")"))
		} else {
			fmt.Fprintf(&cases, "case %d: // %s\n", i, prop.Name)
			b.member(&cases, keep, prop, value)
		}
		members.WriteString("},\n")
	}
	extra := ""
	if t.AdditionalProperties != nil {
		extra = "case scan.Extra:\ni = " + b.value(t.AdditionalProperties, place{name: p.name + ".*", sources: p.sources}).text() + "\n"
	}
	if len(t.Properties) > 192 {
		b.problem(t, "more than 192 members")
	}
	object := name + "Object"
	fmt.Fprintf(&b.vars, "var %s = scan.NewObject(scan.Object{\n%s,\nMembers: []scan.Member{\n%s},\nEpochs: []scan.Epoch{%s},\n%s%s%s%s})\n\n",
		object, p.rule(null, t.Secret), members.String(), b.objectEpochs(t), ifText(t.AdditionalProperties != nil, "Open: true,\n"), limits(t), b.nameRule(t, p), b.missing(t))

	fmt.Fprintf(&b.code, "// %s: %s\nfunc %s(s *scan.Scan, i int) int {\n", p.name, strings.Join(p.sources, ", "), name)
	if len(keep.members) > 0 {
		fmt.Fprintf(&b.code, "var kept [%d]scan.Span\n", len(keep.members))
	}
	forgets := keep.own > 0 || keep.listed != nil
	if forgets {
		b.code.WriteString("mark := s.Kept()\n")
	}
	for n := range keep.listed {
		fmt.Fprintf(&b.code, "from%d, to%[1]d := 0, 0\n", n)
	}
	for n := range keep.counted {
		fmt.Fprintf(&b.code, "count%d := -1\n", n)
	}
	fmt.Fprintf(&b.code, "var f scan.Fields\nm, i := s.Open(&f, i, %s)\n", object)
	if cases.Len() == 0 && extra == "" {
		b.code.WriteString("for m >= 0 {\nm, i = s.Next(&f, i)\n}\n")
	} else {
		fmt.Fprintf(&b.code, "for ; m >= 0; m, i = s.Next(&f, i) {\nswitch m {\n%s%s}\n}\n", cases.String(), extra)
	}
	if forgets || keep.tests != "" {
		b.code.WriteString("if f.Begin >= 0 {\n" + keep.tests)
		if forgets {
			b.code.WriteString("s.Forget(mark)\n")
		}
		if keep.own > 0 {
			fmt.Fprintf(&b.code, "s.Keep(kept[:%d]...)\n", keep.own)
		}
		b.code.WriteString("}\n")
	}
	b.code.WriteString("return s.Close(&f, i)\n}\n\n")
	return call(name + "(s, %s)")
}

// member writes the case of one member: it validates the value and remembers what
// relations need of it.
func (b *builder) member(cases *strings.Builder, keep *kept, prop model.Property, value call) {
	slot, list, counted := slices.Index(keep.members, prop.Name), slices.Index(keep.listed, prop.Name), slices.Index(keep.counted, prop.Name)
	tolerated, tolerates := b.tolerated[value]
	// What has lists may be read again: that is for Tolerate to see to.
	tolerates = tolerates && strings.HasPrefix(string(tolerated.value), "s.")
	if slot >= 0 || counted >= 0 || tolerates {
		cases.WriteString("at := i\n")
	}
	if list >= 0 {
		fmt.Fprintf(cases, "from%d = s.Kept()\ns.Hold()\n", list)
	}
	if rules := keep.distinct[prop.Name]; rules != nil {
		fmt.Fprintf(cases, "s.Distinct(i, %t, %s)\n", list >= 0, b.data("Distinct", "[]scan.Distinct{"+strings.Join(rules, ", ")+"}"))
	}
	if tolerates {
		fmt.Fprintf(cases, "mark := s.Tally()\nif i = %s; s.Tally() != mark {\ni = s.Tolerated(at, i, mark, %s)\n}\n", tolerated.value.text(), tolerated.deviations)
	} else {
		fmt.Fprintf(cases, "i = %s\n", value.text())
	}
	if list >= 0 {
		fmt.Fprintf(cases, "s.Release()\nto%d = s.Kept()\n", list)
	}
	if slot >= 0 {
		fmt.Fprintf(cases, "kept[%d] = scan.Span{Begin: at, End: i}\n", slot)
	}
	if counted >= 0 {
		fmt.Fprintf(cases, "if s.Peek(at) == '[' {\ncount%d = s.Count()\n}\n", counted)
	}
}

func ifText(when bool, text string) string {
	if when {
		return text
	}
	return ""
}

// limits are the numbers of members that an object may have.
func limits(t *model.Schema) string {
	text := ""
	if t.MinProperties != nil && *t.MinProperties > 0 {
		text += fmt.Sprintf("Min: %d,\n", *t.MinProperties)
	}
	return text + "Max: " + most(t.MaxProperties) + ",\n"
}

// most is Go text for a limit.
func most(n *int) string {
	if n == nil {
		return "scan.NoLimit"
	}
	return strconv.Itoa(*n)
}

func (b *builder) mapping(name string, t *model.Schema, null bool, p place) {
	text := p.rule(null, t.Secret) + ",\n" + limits(t)
	text += b.nameRule(t, p)
	names := b.data("Names", "scan.Names{"+text+"}")
	if len(t.Relations) > 0 {
		b.problem(t, "relations of a map")
	}
	value := b.value(t.AdditionalProperties, place{name: p.name + ".*", sources: p.sources})
	fmt.Fprintf(&b.code, "// %s: %s\nfunc %s(s *scan.Scan, i int) int {\nvar m scan.Entries\nfor i = s.OpenMap(&m, i, &%s); m.More; i = s.Entry(&m, i) {\ni = %s\n}\nreturn s.CloseMap(&m, i)\n}\n\n",
		p.name, strings.Join(p.sources, ", "), name, names, value.text())
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
		list = append(list, text+b.limited(d)+"}")
	}
	if list == nil {
		return ""
	}
	return "Missing: []scan.Tolerance{" + strings.Join(list, ", ") + "},\n"
}
