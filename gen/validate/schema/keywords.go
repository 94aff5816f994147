package schema

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// fixed judges enum and const. It is false if the value is none of them; then
// nothing else is worth saying.
func (r *run) fixed(s *model.Schema, v *value, at *place) bool {
	if s.Enum != nil && !slices.ContainsFunc(s.Enum, v.equals) {
		r.broken(at, s, v, "enum", enumWords(s.Enum))
		return false
	}
	if s.Const != nil && !v.equals(*s.Const) {
		r.broken(at, s, v, "const", s.Const.String())
		return false
	}
	return true
}

func (v *value) equals(l model.Literal) bool {
	if v.kind != l.Type {
		return false
	}
	if v.kind == "number" {
		return newNumber(v.text).rat().Cmp(l.Number) == 0
	}
	return v.text == l.Text
}

func (r *run) text(s *model.Schema, v *value, at *place) {
	if s.MinLength != nil || s.MaxLength != nil {
		n := utf8.RuneCountInString(v.text)
		if s.MinLength != nil && n < *s.MinLength {
			r.broken(at, s, v, "minLength", "at least "+plural(*s.MinLength, "character"))
		}
		if s.MaxLength != nil && n > *s.MaxLength {
			r.broken(at, s, v, "maxLength", "at most "+plural(*s.MaxLength, "character"))
		}
	}
	if s.MaxBytes != nil && len(v.text) > *s.MaxBytes {
		r.broken(at, s, v, "x-max-bytes", "at most "+plural(*s.MaxBytes, "byte"))
	}
	if f, ok := r.formats[s.Format]; ok && !f.match(v.text) {
		r.broken(at, s, v, "format", f.says)
		return
	}
	if s.Pattern != nil && !s.Pattern.MatchString(v.text) {
		r.broken(at, s, v, "pattern", "text that matches "+s.PatternText)
		return
	}
	if s.ContentEncoding != "base64" && s.MaxDecodedBytes == nil {
		return
	}
	n, ok := decodedLen(v.text)
	switch {
	case !ok:
		r.broken(at, s, v, "contentEncoding", "base64")
	case s.MaxDecodedBytes != nil && n > *s.MaxDecodedBytes:
		r.broken(at, s, v, "x-max-decoded-bytes", "at most "+plural(*s.MaxDecodedBytes, "byte")+" behind base64")
	}
}

func (r *run) number(s *model.Schema, v *value, at *place) {
	if bits := r.numbers[s.Format]; bits > 0 && !newNumber(v.text).fits(bits) {
		r.broken(at, s, v, "format", "an integer of "+strconv.Itoa(int(bits))+" bits")
	}
	if s.Minimum == nil && s.Maximum == nil && s.ExclusiveMinimum == nil && s.ExclusiveMaximum == nil && s.MultipleOf == nil {
		return
	}
	n := newNumber(v.text).rat()
	for _, bound := range []struct {
		keyword string
		limit   *big.Rat
		fits    func(int) bool
		says    string
	}{
		{"minimum", s.Minimum, func(c int) bool { return c >= 0 }, "at least "},
		{"exclusiveMinimum", s.ExclusiveMinimum, func(c int) bool { return c > 0 }, "more than "},
		{"maximum", s.Maximum, func(c int) bool { return c <= 0 }, "at most "},
		{"exclusiveMaximum", s.ExclusiveMaximum, func(c int) bool { return c < 0 }, "less than "},
	} {
		if bound.limit != nil && !bound.fits(n.Cmp(bound.limit)) {
			r.broken(at, s, v, bound.keyword, bound.says+ratText(bound.limit))
		}
	}
	if s.MultipleOf != nil && !new(big.Rat).Quo(n, s.MultipleOf).IsInt() {
		r.broken(at, s, v, "multipleOf", "a multiple of "+ratText(s.MultipleOf))
	}
}

func (r *run) array(s *model.Schema, v *value, at *place) {
	n := len(v.items)
	if s.MinItems != nil && n < *s.MinItems {
		r.counted(at, s, v, "minItems", "at least "+plural(*s.MinItems, "item"), plural(n, "item"))
	}
	if s.MaxItems != nil && n > *s.MaxItems {
		r.counted(at, s, v, "maxItems", "at most "+plural(*s.MaxItems, "item"), plural(n, "item"))
	}
	if s.UniqueItems {
		seen := map[string]bool{}
		for i := range v.items {
			key := v.items[i].key()
			if seen[key] {
				r.broken(at.below(strconv.Itoa(i)), s, &v.items[i], "uniqueItems", "no two items alike")
			}
			seen[key] = true
		}
	}
	for i := range v.items {
		switch {
		case i < len(s.PrefixItems):
			r.value(s.PrefixItems[i], &v.items[i], at.below(strconv.Itoa(i)))
		case s.Items != nil:
			r.value(s.Items, &v.items[i], at.below(strconv.Itoa(i)))
		}
	}
	if s.Contains != nil {
		r.contains(s, v, at)
	}
}

func (r *run) contains(s *model.Schema, v *value, at *place) {
	fits, least := 0, 1
	for i := range v.items {
		if tried, _ := r.try(s.Contains, &v.items[i], at.below(strconv.Itoa(i)), nil); !severe(tried) {
			fits++
		}
	}
	if s.MinContains != nil {
		least = *s.MinContains
	}
	if fits < least {
		r.counted(at, s, v, "contains", "at least "+plural(least, "item")+" that fits "+describe(s.Contains), plural(fits, "item")+" that fits")
	}
	if s.MaxContains != nil && fits > *s.MaxContains {
		r.counted(at, s, v, "maxContains", "at most "+plural(*s.MaxContains, "item")+" that fits "+describe(s.Contains), plural(fits, "item")+" that fits")
	}
}

func (r *run) object(s *model.Schema, v *value, at *place, o *object) {
	n := len(v.members)
	if s.MinProperties != nil && n < *s.MinProperties {
		r.counted(at, s, v, "minProperties", "at least "+plural(*s.MinProperties, "member"), plural(n, "member"))
	}
	if s.MaxProperties != nil && n > *s.MaxProperties {
		r.counted(at, s, v, "maxProperties", "at most "+plural(*s.MaxProperties, "member"), plural(n, "member"))
	}
	r.required(s, v, at)
	if o != nil {
		o.described = o.described || slices.Contains(s.Types, "object") || len(s.Properties) > 0
		for _, p := range s.Properties {
			o.names = append(o.names, p.Name)
		}
	}
	for i := range v.members {
		if r.member(s, &v.members[i], at) && o != nil {
			o.known[i] = true
		}
	}
	for _, d := range s.DependentSchemas {
		if v.member(d.Name) != nil {
			r.schema(d.Schema, v, at, o)
		}
	}
}

// member judges a member by this schema, if it documents it.
func (r *run) member(s *model.Schema, m *member, at *place) bool {
	below := at.below(m.name)
	if s.PropertyNames != nil {
		r.memberName(s, m, below)
	}
	known := false
	if p, ok := s.Property(m.name); ok {
		known = true
		if r.exists(p.Versions) || r.outside(below.as(p), p, p.Deviations, m.value.at,
			"no such member at "+r.version.String()+": it belongs to "+p.Versions.String(), "the member "+short(m.name)) {
			r.value(p, &m.value, below)
		}
	}
	for _, p := range s.PatternProperties {
		if p.Pattern.MatchString(m.name) {
			known = true
			r.value(p.Schema, &m.value, below)
		}
	}
	if !known && s.AdditionalProperties != nil {
		known = true
		r.value(s.AdditionalProperties, &m.value, below)
	}
	return known
}

// exists reports whether something with that range exists at the version of
// the message. Without a version everything does.
func (r *run) exists(versions microversion.Range) bool {
	return r.version.IsZero() || versions.Contains(r.version)
}

// outside reports what does not exist at the version of the message. True means
// that a ruling tolerates it there: then it is judged like anything else.
func (r *run) outside(at *place, s *model.Schema, deviations []model.Deviation, offset int, expected, got string) bool {
	severity, ruling := validate.Violation, ""
	for _, d := range deviations {
		if d.At != nil && d.At.Contains(r.version) && r.applies(d) {
			severity, ruling = validate.Deviation, d.Ruling
			break
		}
	}
	before := len(r.found)
	r.report(severity, at, s, offset, validate.ClassVersion, "x-microversion", expected, got)
	if ruling != "" && len(r.found) > before {
		r.found[before].Ruling = ruling
	}
	return ruling != ""
}

// memberName reports all that is wrong with a name under one keyword.
func (r *run) memberName(s *model.Schema, m *member, at *place) {
	name := value{kind: "string", text: m.name, at: m.at}
	tried, _ := r.try(s.PropertyNames, &name, at, nil)
	for _, f := range tried {
		if f.Severity == validate.Note {
			continue
		}
		f.Keyword, f.Got, f.at = "propertyNames", "the member "+short(m.name), m.at
		r.keep(f)
	}
}

func (r *run) required(s *model.Schema, v *value, at *place) {
	for _, name := range s.Required {
		p, documented := s.Property(name)
		if documented && p.Versions != (microversion.Range{}) && (r.version.IsZero() || !p.Versions.Contains(r.version)) {
			continue
		}
		r.missing(s, p, v, name, at)
	}
	for cause, names := range s.DependentRequired {
		if v.member(cause) == nil {
			continue
		}
		for _, name := range names {
			p, _ := s.Property(name)
			r.missing(s, p, v, name, at)
		}
	}
}

func (r *run) missing(s, p *model.Schema, v *value, name string, at *place) {
	if v.member(name) != nil {
		return
	}
	below := at.below(name)
	if p == nil {
		p = s
	} else if len(p.Sources) > 0 {
		below.source = p.Sources
	}
	before := len(r.found)
	r.add(below, p, v.at, validate.ClassSchema, "required", "the member "+name, "nothing")
	if len(r.found) > before {
		// What is missing was never there to be ruled on: the object's rulings count.
		r.found[before].object, r.found[before].missing, r.found[before].rulings = v, name, at.rulings
	}
}

// key is equal for equal values: numbers by value, members in any order.
func (v *value) key() string {
	var b strings.Builder
	v.writeKey(&b)
	return b.String()
}

func (v *value) writeKey(b *strings.Builder) {
	switch v.kind {
	case "string":
		b.WriteString(strconv.Quote(v.text))
	case "number":
		b.WriteString(newNumber(v.text).key())
	case "array":
		b.WriteByte('[')
		for i := range v.items {
			v.items[i].writeKey(b)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case "object":
		members := slices.Clone(v.members)
		slices.SortStableFunc(members, func(a, c member) int { return strings.Compare(a.name, c.name) })
		b.WriteByte('{')
		for i := range members {
			b.WriteString(strconv.Quote(members[i].name) + ":")
			members[i].value.writeKey(b)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	default:
		b.WriteString(v.text)
	}
}
