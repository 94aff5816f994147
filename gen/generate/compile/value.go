package compile

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// call is Go text that validates the value at an offset: a %s stands for the offset.
type call string

// text is the call with the offset in i, as every generated function has it.
func (c call) text() string { return strings.Replace(string(c), "%s", "i", 1) }

// fn is Go text of type scan.Value.
func (c call) fn() string {
	if name, ok := strings.CutSuffix(string(c), "(s, %s)"); ok {
		return name
	}
	return "func(s *scan.Scan, i int) int { return " + c.text() + " }"
}

// tolerated is a value with the deviations that rulings tolerate in its place.
type tolerated struct {
	value      call
	deviations string
}

const skip call = "s.Skip(%s)"

// value is how a schema is validated where it stands.
func (b *builder) value(s *model.Schema, p place) call {
	if s == nil {
		return skip
	}
	named := s.Ref != nil && s.Name == ""
	t := b.resolve(s)
	if name := t.Name; name != "" && (named || p.name == "") {
		p.name = name
	}
	p = p.within(p.name, &t.Facts)
	c := b.undeviated(t, p)
	var list []string
	for _, d := range t.Deviations {
		if d.Schema == nil {
			continue
		}
		member := fmt.Sprintf("{Ruling: %q, Value: %s", d.Ruling, b.value(d.Schema, place{name: p.name, sources: p.sources}).fn())
		list = append(list, member+b.limited(d)+"}")
	}
	if len(list) == 0 {
		return c
	}
	data := b.data("Deviations", "[]scan.Deviation{"+strings.Join(list, ", ")+"}")
	whole := call(fmt.Sprintf("s.Tolerate(%%s, %s, %s)", c.fn(), data))
	b.tolerated[whole] = tolerated{c, data}
	return whole
}

func (b *builder) undeviated(t *model.Schema, p place) call {
	if t.Never || t.Not != nil || t.If != nil || t.Contains != nil || t.PrefixItems != nil || t.PatternProperties != nil ||
		t.DependentRequired != nil || t.DependentSchemas != nil {
		b.problem(t, "the compiler of validators knows no false, not, if, contains, prefixItems, patternProperties, dependentRequired, dependentSchemas")
		return skip
	}
	if len(t.AllOf) > 0 {
		merged := b.merge(t)
		return b.undeviated(merged, p)
	}
	if len(t.AnyOf) > 0 || len(t.OneOf) > 0 {
		return b.alternatives(t, p)
	}
	types, null := b.types(t)
	switch len(types) {
	case 0:
		if null {
			return call(fmt.Sprintf("s.Null(%%s, &%s.Rule)", b.data("Rule", "scan.Text{"+p.rule(false, t.Secret)+"}")))
		}
		return skip
	case 1:
		return b.typed(t, types[0], null, p)
	}
	return b.dispatch(t, types, null, p)
}

// types are the JSON types that a schema allows, null apart. No type at all
// means that any value passes.
func (b *builder) types(t *model.Schema) (types []string, null bool) {
	types = slices.Clone(t.Types)
	if literals := b.literals(t); len(types) == 0 && literals != nil {
		for _, l := range literals {
			kind := l.Type
			if kind == "number" && l.Number.IsInt() {
				kind = "integer"
			}
			if !slices.Contains(types, kind) {
				types = append(types, kind)
			}
		}
	}
	if len(types) == 0 {
		if t.Pattern != nil || t.MinLength != nil || t.MaxLength != nil || t.MaxBytes != nil || t.Minimum != nil || t.Maximum != nil ||
			t.Items != nil || t.Properties != nil || t.Required != nil || t.AdditionalProperties != nil || t.Format != "" {
			b.problem(t, "constraints without a type: say which type they are for")
		}
	}
	if i := slices.Index(types, "null"); i >= 0 {
		types = slices.Delete(types, i, i+1)
		null = true
	}
	if slices.Contains(types, "number") {
		if i := slices.Index(types, "integer"); i >= 0 {
			types = slices.Delete(types, i, i+1)
		}
	}
	if literals := b.literals(t); literals != nil {
		// null must be allowed twice: by the type and by the enumeration.
		null = null && slices.ContainsFunc(literals, func(l model.Literal) bool { return l.Type == "null" })
	}
	return types, null
}

func (b *builder) literals(t *model.Schema) []model.Literal {
	if t.Const != nil {
		return []model.Literal{*t.Const}
	}
	return t.Enum
}

func (b *builder) typed(t *model.Schema, kind string, null bool, p place) call {
	switch kind {
	case "string":
		return b.text(t, null, p)
	case "integer":
		return b.integer(t, null, p)
	case "number":
		return b.number(t, null, p)
	case "boolean":
		only := ""
		if l := b.literals(t); len(l) == 1 || len(l) == 2 && null {
			for _, v := range l {
				if v.Type == "boolean" {
					only = fmt.Sprintf(", Only: %q", v.Text)
				}
			}
		}
		return call(fmt.Sprintf("s.Bool(%%s, &%s)", b.data("Flag", "scan.Flag{"+p.rule(null, t.Secret)+only+"}")))
	case "array":
		return b.list(t, null, p)
	case "object":
		return b.object(t, null, p)
	}
	b.problem(t, "unknown type %q", kind)
	return skip
}

// dispatch is a function that looks at the first byte of a value of several types.
func (b *builder) dispatch(t *model.Schema, types []string, null bool, p place) call {
	if name, ok := b.funcs[t]; ok {
		return call(name + "(s, %s)")
	}
	name := b.unique(p.name)
	b.funcs[t] = name
	var cases strings.Builder
	starts := map[string]string{
		"string": `'"'`, "integer": `'-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'`, "boolean": `'t', 'f'`, "array": `'['`, "object": `'{'`,
	}
	starts["number"] = starts["integer"]
	fallback := ""
	for _, kind := range types {
		c := b.typed(t, kind, null, p)
		if fallback == "" {
			fallback = kind
		}
		fmt.Fprintf(&cases, "case %s:\n return %s\n", starts[kind], c.text())
	}
	rule := b.data("Rule", "scan.Text{"+p.rule(null, t.Secret)+"}")
	fmt.Fprintf(&b.code, "func %s(s *scan.Scan, i int) int {\nswitch s.Peek(i) {\n%s}\nreturn s.Other(i, &%s.Rule, %q)\n}\n\n",
		name, cases.String(), rule, "a value of type "+strings.Join(types, " or "))
	return call(name + "(s, %s)")
}

// text is a string. The method says how much of it is decided where it lies.
func (b *builder) text(t *model.Schema, null bool, p place) call {
	least, limit := 0, -1
	if t.MinLength != nil {
		least = *t.MinLength
	}
	if t.MaxLength != nil {
		limit = *t.MaxLength
	}
	var m strings.Builder
	m.WriteString(p.rule(null, t.Secret))
	if least > 0 {
		fmt.Fprintf(&m, ", Min: %d", least)
	}
	m.WriteString(", Max: " + most(t.MaxLength))
	// rules are all rules but the length; fixed is the one length that they leave.
	rules, fixed, method := 0, -1, "Plain"
	if t.MaxBytes != nil {
		fmt.Fprintf(&m, ", MaxBytes: %d", *t.MaxBytes)
	}
	if t.MaxDecodedBytes != nil {
		fmt.Fprintf(&m, ", MaxDecoded: %d", *t.MaxDecodedBytes)
		rules, method = rules+1, "String"
	}
	if literals := b.literals(t); literals != nil {
		var values []string
		for _, l := range literals {
			if l.Type == "string" {
				values = append(values, strconv.Quote(l.Text))
			}
		}
		fmt.Fprintf(&m, ", Enum: %s%s", b.data("Words", "scan.NewWords("+strings.Join(values, ", ")+")"), ifText(t.Const != nil, ", Const: true"))
		rules, method = rules+1, "Word"
		if least > 0 || limit >= 0 {
			method = "String"
		}
	}
	shape := t.Format
	switch shape {
	case "", "password", "binary":
		shape = ""
	default:
		fmt.Fprintf(&m, ", Format: scan.Formats[%q]", shape)
		if !knownFormats[shape] {
			b.problem(t, "unknown format %q", shape)
		}
		rules, method = rules+1, "String"
		switch shape {
		case "uuid":
			method, fixed = "UUID", 36
		case "date-time":
			if least == 0 && limit < 0 {
				method = "Time"
			}
		}
	}
	if t.ContentEncoding != "" {
		if !knownFormats[t.ContentEncoding] {
			b.problem(t, "unknown encoding %q", t.ContentEncoding)
		}
		fmt.Fprintf(&m, ", Encoding: scan.Formats[%q]", t.ContentEncoding)
		rules, method = rules+1, "String"
	}
	if t.Pattern != nil {
		f := b.pattern(t.PatternText, t.Pattern.String())
		fmt.Fprintf(&m, ", %s: %s", f.kind, f.text)
		rules++
		method = map[string]string{"Class": "Chars", "Shape": "Shaped", "Machine": "Automaton", "Pattern": "String"}[f.kind]
		if f.kind == "Shape" {
			fixed = f.least
		}
		if f.hex32 {
			method, fixed = "Hex32", 32
		}
	}
	if second, _ := places(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$`); method == "Shaped" && shape == "date-time" && t.ContentEncoding == "" {
		if p, ok := places(t.Pattern.String()); ok && p == second {
			method = "Second"
			rules--
		}
	}
	if method == "Shaped" && shape != "" && t.ContentEncoding == "" {
		rules-- // which the method knows too
	}
	if t.MaxBytes != nil && method != "Plain" {
		method = "String"
	}
	if rules > 1 || fixed >= 0 && (fixed < least || limit >= 0 && fixed > limit) {
		method = "String"
	}
	return call(fmt.Sprintf("s.%s(%%s, &%s)", method, b.data("Text", "scan.Text{"+m.String()+"}")))
}

var knownFormats = map[string]bool{
	"uuid": true, "date-time": true, "date": true, "ipv4": true, "ipv6": true, "ip": true, "cidr": true, "mac": true,
	"uri": true, "uri-reference": true, "hostname": true, "byte": true, "base64": true,
}

func (b *builder) integer(t *model.Schema, null bool, p place) call {
	var m strings.Builder
	m.WriteString(p.rule(null, t.Secret))
	bound := func(name string, r *big.Rat, shift int64) {
		if r == nil {
			return
		}
		if !r.IsInt() || !r.Num().IsInt64() {
			b.problem(t, "a bound of an integer must be an integer of 64 bits")
			return
		}
		fmt.Fprintf(&m, ", %s: %d, Has%s: true%s", name, r.Num().Int64()+shift, name, ifText(shift != 0, ", Open"+name+": true"))
	}
	bound("Min", t.Minimum, 0)
	bound("Min", t.ExclusiveMinimum, 1)
	bound("Max", t.Maximum, 0)
	bound("Max", t.ExclusiveMaximum, -1)
	if t.MultipleOf != nil {
		fmt.Fprintf(&m, ", Multiple: %s", t.MultipleOf.Num())
	}
	switch t.Format {
	case "int32":
		m.WriteString(", Bits: 32")
	case "int64":
		m.WriteString(", Bits: 64")
	case "":
	default:
		b.problem(t, "unknown format %q of an integer", t.Format)
	}
	if literals := b.literals(t); literals != nil {
		var values []string
		for _, l := range literals {
			if l.Type == "number" && l.Number.IsInt() {
				values = append(values, l.Number.Num().String())
			}
		}
		fmt.Fprintf(&m, ", Enum: []int64{%s}%s", strings.Join(values, ", "), ifText(t.Const != nil, ", Const: true"))
	}
	return call(fmt.Sprintf("s.Integer(%%s, &%s)", b.data("Int", "scan.Int{"+m.String()+"}")))
}

func (b *builder) number(t *model.Schema, null bool, p place) call {
	var m strings.Builder
	m.WriteString(p.rule(null, t.Secret))
	bound := func(name string, r *big.Rat, open bool) {
		if r == nil {
			return
		}
		v, _ := r.Float64()
		fmt.Fprintf(&m, ", %s: %v, Has%s: true", name, v, name)
		if open {
			fmt.Fprintf(&m, ", Open%s: true", name)
		}
	}
	bound("Min", t.Minimum, false)
	bound("Min", t.ExclusiveMinimum, true)
	bound("Max", t.Maximum, false)
	bound("Max", t.ExclusiveMaximum, true)
	if t.MultipleOf != nil {
		v, _ := t.MultipleOf.Float64()
		fmt.Fprintf(&m, ", Multiple: %v", v)
	}
	if literals := b.literals(t); literals != nil {
		var values []string
		for _, l := range literals {
			if l.Type == "number" {
				v, _ := l.Number.Float64()
				values = append(values, fmt.Sprint(v))
			}
		}
		fmt.Fprintf(&m, ", Enum: []float64{%s}%s", strings.Join(values, ", "), ifText(t.Const != nil, ", Const: true"))
	}
	return call(fmt.Sprintf("s.Number(%%s, &%s)", b.data("Num", "scan.Num{"+m.String()+"}")))
}

func (b *builder) list(t *model.Schema, null bool, p place) call {
	if name, ok := b.funcs[t]; ok {
		return call(name + "(s, %s)")
	}
	name := b.unique(p.name + "List")
	b.funcs[t] = name
	var m strings.Builder
	m.WriteString(p.rule(null, t.Secret))
	if t.MinItems != nil && *t.MinItems > 0 {
		fmt.Fprintf(&m, ", Min: %d", *t.MinItems)
	}
	m.WriteString(", Max: " + most(t.MaxItems))
	if t.UniqueItems {
		m.WriteString(", Unique: true")
		if types, _ := b.types(b.resolve(t.Items)); len(types) != 1 || types[0] == "object" || types[0] == "array" {
			b.problem(t, "uniqueItems of what is no scalar: say in which member the items differ (x-relations)")
		}
	}
	list := b.data("List", "scan.List{"+m.String()+"}")
	item := b.value(t.Items, place{name: p.name, sources: p.sources})
	fmt.Fprintf(&b.code, "func %s(s *scan.Scan, i int) int {\nvar a scan.Items\nfor i = s.OpenList(&a, i, &%s); a.More; i = s.Item(&a, i) {\ni = %s\n}\nreturn s.CloseList(&a, i)\n}\n\n",
		name, list, item.text())
	return call(name + "(s, %s)")
}

func (b *builder) alternatives(t *model.Schema, p place) call {
	if len(t.AnyOf) > 0 && len(t.OneOf) > 0 || t.Types != nil && t.Properties != nil {
		b.problem(t, "alternatives beside other constraints: give them a schema of their own")
	}
	list, one := t.AnyOf, ""
	if len(t.OneOf) > 0 {
		list, one = t.OneOf, "One: true, "
	}
	var branches, names []string
	for _, s := range list {
		r := b.resolve(s)
		value := b.value(s, place{name: p.name, sources: p.sources})
		member := fmt.Sprintf("{Value: %s, Takes: %q", value.fn(), b.takes(r))
		if name, ok := strings.CutSuffix(string(value), "(s, %s)"); ok && len(r.Properties) > 0 && len(r.AnyOf)+len(r.OneOf) == 0 {
			member += ", Object: " + name + "Object"
		}
		if r.AdditionalProperties != nil && len(r.Properties) == 0 {
			member += ", Map: true"
		}
		versions := s.Versions
		if versions == (microversion.Range{}) {
			versions = r.Versions
		}
		if e := b.existence(versions); e != "" {
			member += fmt.Sprintf(", Epochs: %s, Since: %q, Until: %q", e, versions.Min, versions.Max)
		}
		branches = append(branches, member+"}")
		names = append(names, b.describe(s))
	}
	data := b.data("Alternatives", fmt.Sprintf("scan.NewAlternatives(scan.Alternatives{%s, %sSays: %q, Branches: []scan.Branch{%s}})",
		p.rule(false, t.Secret), one, strings.Join(names, " or "), strings.Join(branches, ", ")))
	return call(fmt.Sprintf("s.OneOf(%%s, %s)", data))
}

// describe names a schema in a few words.
func (b *builder) describe(s *model.Schema) string {
	r := b.resolve(s)
	if r.Name != "" {
		return r.Name
	}
	if l := b.literals(r); l != nil {
		words := make([]string, len(l))
		for i := range l {
			words[i] = l[i].String()
		}
		return strings.Join(words, ", ")
	}
	types, null := b.types(r)
	if null {
		types = append(types, "null")
	}
	if len(types) > 0 {
		return strings.Join(types, " or ")
	}
	return "another schema"
}

// takes are the first bytes of the values that a schema may fit.
func (b *builder) takes(s *model.Schema) string {
	r := b.resolve(s)
	const all = `"0tn[{`
	for _, list := range [][]*model.Schema{r.AnyOf, r.OneOf} {
		if len(list) > 0 {
			text := ""
			for _, sub := range list {
				text += b.takes(sub)
			}
			return text
		}
	}
	if len(r.AllOf) > 0 {
		return "{"
	}
	types, null := b.types(r)
	text := ""
	if null {
		text = "n"
	}
	for _, kind := range types {
		text += map[string]string{"string": `"`, "integer": "0", "number": "0", "boolean": "t", "array": "[", "object": "{"}[kind]
	}
	for _, d := range r.Deviations {
		if d.Schema != nil {
			text += b.takes(d.Schema)
		}
	}
	if text == "" {
		return all
	}
	return text
}

// merge is one schema for all of allOf: objects join their members.
func (b *builder) merge(t *model.Schema) *model.Schema {
	c := *t
	c.AllOf = nil
	c.Properties = slices.Clone(t.Properties)
	c.Required = slices.Clone(t.Required)
	for _, s := range t.AllOf {
		r := b.resolve(s)
		if len(r.AllOf) > 0 {
			r = b.merge(r)
		}
		if len(r.AnyOf)+len(r.OneOf)+len(r.Enum) > 0 || r.Const != nil || len(r.Types) != 1 || r.Types[0] != "object" {
			b.problem(s, "allOf joins objects only")
			continue
		}
		c.Types = r.Types
		c.Properties = append(c.Properties, r.Properties...)
		c.Required = append(c.Required, r.Required...)
		c.Relations = append(c.Relations, r.Relations...)
		c.Deviations = append(c.Deviations, r.Deviations...)
		if r.AdditionalProperties != nil {
			c.AdditionalProperties = r.AdditionalProperties
		}
	}
	return &c
}
