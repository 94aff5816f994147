package mutant

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// The classes of faults.
const (
	Dropped      = "dropped required member"
	WrongType    = "wrong type"
	Swapped      = "wrong container"
	NotNull      = "null"
	NotListed    = "not in enum"
	OutOfBounds  = "out of bounds"
	Length       = "length"
	Format       = "format"
	Pattern      = "pattern"
	Items        = "number of items"
	Fraction     = "float for integer"
	Overflow     = "integer overflow"
	Undocumented = "extra member"
	WrongCase    = "wrong case"
	Duplicate    = "duplicate key"
	Late         = "member outside its microversion"
	Relation     = "broken relation"
	Truncated    = "truncated"
	Status       = "wrong status"
	MediaType    = "wrong content type"
)

// Fault is a message with a single fault.
type Fault struct {
	Class string
	Body  []byte
	// Pointer is where it must be found, Keywords what may be said of it there.
	Pointer  string
	Keywords []string
	// Union is the pointer of the innermost value around the fault that may be one of
	// several things, or that a ruling tolerates in another form; "-" if there is none. There the fault may be told of the
	// whole value, or be none because something else fits.
	Union string
	// Version is what the message is judged at, Status and MediaType what it says.
	Version   microversion.Version
	Status    int
	MediaType string
}

// Faults calls do with every mutant of an instance of a body that has one fault. The
// maker makes what is put in place of good values.
func Faults(b Body, instance sample.Value, m *Maker, do func(Fault)) {
	w := &walker{maker: m, body: b, root: instance, do: do, union: "-"}
	w.value(b.Schema, instance, "", func(v sample.Value) { w.root = v })
	whole := sample.JSON(instance)
	for _, n := range []int{1, len(whole) / 3, len(whole) / 2, len(whole) - 1} {
		if n > 0 && n < len(whole) && cutsJSON(whole) {
			w.emit(Fault{Class: Truncated, Body: whole[:n], Pointer: "*", Keywords: []string{"syntax"}})
		}
	}
	w.emit(Fault{Class: Truncated, Body: append(slices.Clone(whole), '}'), Pointer: "*", Keywords: []string{"syntax"}})
	w.emit(Fault{Class: MediaType, Body: whole, Pointer: "header:Content-Type", Keywords: []string{"content-type"}, MediaType: "application/x-unheard-of"})
	if b.Response == nil {
		return
	}
	for _, status := range []int{299, 599, 226} {
		w.emit(Fault{Class: Status, Body: whole, Pointer: "status", Keywords: []string{"status"}, Status: status})
	}
}

// cutsJSON reports that what is left of a scalar document is no scalar itself.
func cutsJSON(whole []byte) bool {
	return whole[0] == '{' || whole[0] == '[' || whole[0] == '"'
}

type walker struct {
	maker *Maker
	body  Body
	root  sample.Value
	do    func(Fault)
	union string
}

func (w *walker) emit(f Fault) {
	if f.Body == nil {
		f.Body = sample.JSON(w.root)
	}
	if f.Version.IsZero() {
		f.Version = w.body.Version
	}
	if f.Status == 0 {
		f.Status = w.body.Status
	}
	if f.MediaType == "" {
		f.MediaType = "application/json"
	}
	if f.Union == "" {
		f.Union = w.union
	}
	w.do(f)
}

func below(pointer, name string) string {
	return pointer + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// value puts every fault in place of the value at pointer, and into it.
func (w *walker) value(s *model.Schema, v sample.Value, pointer string, set func(sample.Value)) {
	if s == nil {
		return
	}
	before := w.union
	defer func() { w.union = before }()
	for t := s; t != nil; t = t.Ref {
		if slices.ContainsFunc(t.Deviations, func(d model.Deviation) bool { return d.Schema != nil }) {
			w.union = pointer
		}
	}
	s = shape(s)
	if branches := slices.Concat(s.AnyOf, s.OneOf); len(branches) > 0 {
		w.union = pointer
		w.replaced(s, v, pointer, set)
		if branch := w.meant(branches, v); branch != nil {
			w.inside(branch, v, pointer, set)
		}
		return
	}
	w.replaced(s, v, pointer, set)
	w.inside(s, v, pointer, set)
}

// inside puts faults into a value that keep its type.
func (w *walker) inside(s *model.Schema, v sample.Value, pointer string, set func(sample.Value)) {
	s = shape(s)
	if branches := slices.Concat(s.AnyOf, s.OneOf); len(branches) > 0 {
		if branch := w.meant(branches, v); branch != nil {
			w.inside(branch, v, pointer, set)
		}
		return
	}
	switch v := v.(type) {
	case sample.Raw:
		w.scalar(s, v, pointer, set)
	case sample.List:
		w.list(s, v, pointer, set)
	case sample.Object:
		w.object(s, v, pointer, set)
	}
}

// put emits a fault with another value in place of v.
func (w *walker) put(class, pointer string, v, other sample.Value, set func(sample.Value), keywords ...string) {
	set(other)
	w.emit(Fault{Class: class, Pointer: pointer, Keywords: keywords})
	set(v)
}

// meant is the branch that an instance was made from, as far as it can be told: one
// of its type that knows its members.
func (w *walker) meant(branches []*model.Schema, v sample.Value) *model.Schema {
	for _, b := range branches {
		if w.maker.exists(w.body.Version, b) && w.could(b, v) {
			return b
		}
	}
	return nil
}

func (w *walker) could(b *model.Schema, v sample.Value) bool {
	s := shape(b)
	for _, sub := range slices.Concat(s.AnyOf, s.OneOf) {
		if w.could(sub, v) {
			return true
		}
	}
	if len(s.AnyOf)+len(s.OneOf) > 0 || !takes(s, kind(v)) {
		return false
	}
	o, ok := v.(sample.Object)
	if !ok {
		return true
	}
	for _, name := range s.Required {
		if _, i := member(o, name); i < 0 {
			return false
		}
	}
	return s.AdditionalProperties != nil || !slices.ContainsFunc(o, func(x sample.Member) bool {
		return !slices.ContainsFunc(s.Properties, func(p model.Property) bool { return p.Name == x.Name })
	})
}

// kind is the JSON type of a value.
func kind(v sample.Value) string {
	switch v := v.(type) {
	case sample.Object:
		return "object"
	case sample.List:
		return "array"
	case sample.Raw:
		switch {
		case v[0] == '"':
			return "string"
		case v == sample.Null:
			return "null"
		case v == "true" || v == "false":
			return "boolean"
		case strings.ContainsAny(string(v), ".eE"):
			return "number"
		}
	}
	return "integer"
}

// replaced puts values of other types in place.
func (w *walker) replaced(s *model.Schema, v sample.Value, pointer string, set func(sample.Value)) {
	type candidate struct {
		kind  string
		value sample.Value
	}
	for _, c := range []candidate{
		{"string", sample.Text("surprise")}, {"integer", sample.Raw("7")}, {"boolean", sample.Raw("true")},
		{"null", sample.Null}, {"array", sample.List{}}, {"object", sample.Object{}},
	} {
		if takes(s, c.kind) {
			continue
		}
		class := WrongType
		switch {
		case c.kind == "null":
			class = NotNull
		case c.kind == "array" && kind(v) == "object", c.kind == "object" && kind(v) == "array":
			class = Swapped
		}
		w.put(class, pointer, v, c.value, set, "type", "anyOf", "oneOf", "enum", "const")
	}
}

func (w *walker) scalar(s *model.Schema, v sample.Raw, pointer string, set func(sample.Value)) {
	switch k := kind(v); k {
	case "string":
		w.text(s, v, pointer, set)
	case "integer", "number":
		w.number(s, v, pointer, set)
	case "boolean":
		if s.Const != nil || s.Enum != nil {
			other := sample.Raw("true")
			if v == other {
				other = "false"
			}
			if !listed(s, other) {
				w.put(NotListed, pointer, v, other, set, "enum", "const")
			}
		}
	}
}

func listed(s *model.Schema, v sample.Raw) bool {
	list := s.Enum
	if s.Const != nil {
		list = []model.Literal{*s.Const}
	}
	return slices.ContainsFunc(list, func(l model.Literal) bool { return l.String() == string(v) })
}

func (w *walker) text(s *model.Schema, v sample.Raw, pointer string, set func(sample.Value)) {
	put := func(class, text string, keywords ...string) {
		w.put(class, pointer, v, sample.Text(text), set, keywords...)
	}
	if s.Enum != nil || s.Const != nil {
		for _, text := range []string{"no-such-value", strings.ToLower(unquote(v)) + "X", unquote(v) + " "} {
			if !listed(s, sample.Text(text)) {
				put(NotListed, text, "enum", "const")
			}
		}
		return
	}
	if s.MaxLength != nil {
		for _, unit := range []string{"x", "ü", "\U0001F600"} {
			put(Length, strings.Repeat(unit, *s.MaxLength+1), "maxLength")
		}
	}
	if s.MinLength != nil && *s.MinLength > 0 {
		put(Length, strings.Repeat("ü", *s.MinLength-1), "minLength")
	}
	if s.MaxBytes != nil && (s.MaxLength == nil || *s.MaxLength > *s.MaxBytes/2) {
		put(Length, strings.Repeat("ü", *s.MaxBytes/2+1), "x-max-bytes")
	}
	if s.MaxDecodedBytes != nil {
		put(Length, strings.Repeat("QUJD", *s.MaxDecodedBytes/3+1), "x-max-decoded-bytes")
	}
	if s.ContentEncoding == "base64" {
		put(Format, "not base64!", "contentEncoding", "format")
	}
	for _, text := range misshapen[s.Format] {
		put(Format, text, "format")
	}
	if s.Pattern == nil {
		return
	}
	for _, text := range []string{unquote(v) + "\n", unquote(v) + "<>", "\u0001", "ß€", "", unquote(v) + unquote(v), "0", "x"} {
		n := utf8.RuneCountInString(text)
		if !s.Pattern.MatchString(text) && n >= length(s.MinLength, 0) && n <= length(s.MaxLength, n) && s.Format == "" {
			put(Pattern, text, "pattern")
		}
	}
}

// misshapen are values that look like those of a format.
var misshapen = map[string][]string{
	"uuid": {"", "b0a6c1f2-7f0e-4c9d-8a53-0123456789a", "b0a6c1f2-7f0e-4c9d-8a53-0123456789abc", "b0a6c1f27f0e4c9d8a530123456789ab",
		"b0a6c1f2-7f0e-4c9d-8a53-0123456789ag", "{b0a6c1f2-7f0e-4c9d-8a53-0123456789ab}", "b0a6c1f2x7f0e-4c9d-8a53-0123456789ab"},
	"date-time": {"", "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T23:60:00Z",
		"2026-01-31 23:59:59", "2026-01-31T23:59:59", "2026-01-31", "2026-01-31T23:59Z", "2026-01-31T23:59:59+0800", "2026-1-31T23:59:59Z", "2026-01-31T23:59:59.Z"},
	"date":          {"", "2026-02-30", "2026-2-3", "20260203", "2026-02-03T00:00:00Z"},
	"ipv4":          {"", "1.2.3", "1.2.3.256", "1.2.3.4.5", "01.2.3.4", "1.2.3.4/8", "::1"},
	"ipv6":          {"", "1::2::3", "12345::", "1.2.3.4", ":1", "1:2:3:4:5:6:7:8:9", "::1%eth0"},
	"ip":            {"", "1.2.3.256", "1::2::3", "localhost"},
	"cidr":          {"", "1.2.3.4", "1.2.3.4/33", "::/129", "1.2.3.4/", "1.2.3.4/08"},
	"mac":           {"", "fa:16:3e:20:17", "fa-16-3e-20-17-95", "fa:16:3e:20:17:9g"},
	"uri":           {"", "/relative", "no scheme", "http://a b"},
	"uri-reference": {"a b", "<x>"},
	"byte":          {"QQ", "Q Q=", "Q===", "QUJD\nQUJD"},
	"base64":        {"QQ", "Q Q=", "Q==="},
}

func (w *walker) number(s *model.Schema, v sample.Raw, pointer string, set func(sample.Value)) {
	put := func(class string, n fmt.Stringer, keywords ...string) {
		w.put(class, pointer, v, sample.Raw(n.String()), set, keywords...)
	}
	if s.Enum != nil || s.Const != nil {
		for n := range 1000 {
			if other := sample.Int(n - 1); !listed(s, other) {
				w.put(NotListed, pointer, v, other, set, "enum", "const")
				break
			}
		}
	}
	if takes(s, "number") && !slices.Contains(s.Types, "number") || !slices.Contains(s.Types, "number") {
		w.put(Fraction, pointer, v, sample.Raw("1.5"), set, "type", "anyOf", "oneOf", "enum")
		w.put(Fraction, pointer, v, sample.Raw("15e-1"), set, "type", "anyOf", "oneOf", "enum")
	}
	low, high := bounds(s)
	one := big.NewInt(1)
	integer := !slices.Contains(s.Types, "number")
	if low != nil && (s.Minimum != nil || s.ExclusiveMinimum != nil) {
		n := new(big.Int).Sub(low, one)
		put(OutOfBounds, n, "minimum", "exclusiveMinimum", "enum", "format")
		put(OutOfBounds, new(big.Int).Sub(n, big.NewInt(1000)), "minimum", "exclusiveMinimum", "enum", "format")
	}
	if high != nil && (s.Maximum != nil || s.ExclusiveMaximum != nil) {
		n := new(big.Int).Add(high, one)
		put(OutOfBounds, n, "maximum", "exclusiveMaximum", "enum", "format")
	}
	limits := map[string]uint{"int32": 31, "int64": 63}
	if bits, ok := limits[s.Format]; ok && integer {
		limit := new(big.Int).Lsh(one, bits)
		put(Overflow, limit, "format", "maximum")
		put(Overflow, new(big.Int).Neg(new(big.Int).Add(limit, one)), "format", "minimum")
		put(Overflow, new(big.Int).Lsh(one, 200), "format", "maximum")
	} else if integer && s.Maximum != nil {
		put(Overflow, new(big.Int).Lsh(one, 64), "format", "maximum")
		put(Overflow, new(big.Int).Lsh(one, 200), "format", "maximum")
	}
}

func (w *walker) list(s *model.Schema, list sample.List, pointer string, set func(sample.Value)) {
	if s.MinItems != nil && *s.MinItems > 0 && len(list) >= *s.MinItems {
		w.put(Items, pointer, list, slices.Clone(list[:*s.MinItems-1]), set, "minItems")
	}
	if s.MaxItems != nil && *s.MaxItems < 2000 {
		more := slices.Clone(list)
		for len(more) <= *s.MaxItems {
			if len(list) == 0 {
				v, err := w.maker.instance(s.Items, 1)
				if err != nil {
					break
				}
				more = append(more, v)
				continue
			}
			more = append(more, list[len(more)%len(list)])
		}
		w.put(Items, pointer, list, more, set, "maxItems")
	}
	if s.UniqueItems && len(list) > 0 {
		w.put(Items, pointer+"/"+strconv.Itoa(len(list)), list, append(slices.Clone(list), list[0]), set, "uniqueItems")
	}
	if s.Items == nil {
		return
	}
	copied := slices.Clone(list)
	set(copied)
	for i := range copied {
		w.value(s.Items, copied[i], pointer+"/"+strconv.Itoa(i), func(v sample.Value) { copied[i] = v })
	}
	set(list)
}

func (w *walker) object(s *model.Schema, o sample.Object, pointer string, set func(sample.Value)) {
	for i, x := range o {
		name := x.Name
		at := slices.IndexFunc(s.Properties, func(p model.Property) bool { return p.Name == name })
		if at < 0 {
			continue
		}
		if slices.Contains(s.Required, name) {
			w.put(Dropped, below(pointer, name), o, slices.Delete(slices.Clone(o), i, i+1), set, "required", "anyOf", "oneOf")
		}
		twice := append(slices.Clone(o), x)
		w.put(Duplicate, below(pointer, name), o, twice, set, "duplicate")
		if other := otherCase(name); other != name {
			misspelt := slices.Clone(o)
			misspelt[i].Name = other
			if s.AdditionalProperties == nil {
				w.put(WrongCase, below(pointer, other), o, misspelt, set, "case")
			}
		}
	}
	if s.AdditionalProperties == nil {
		extra := append(slices.Clone(o), sample.Member{Name: "unheard/of", Value: sample.Object{{Name: "a", Value: sample.List{}}}})
		w.put(Undocumented, below(pointer, "unheard/of"), o, extra, set, "undocumented")
	}
	w.members(s, o, pointer, set)
	w.late(s, o, pointer, set)
	for i := range s.Relations {
		w.relation(s, o, &s.Relations[i], pointer, set)
	}
}

func (w *walker) members(s *model.Schema, o sample.Object, pointer string, set func(sample.Value)) {
	copied := slices.Clone(o)
	set(copied)
	for i := range copied {
		schema := s.AdditionalProperties
		if at := slices.IndexFunc(s.Properties, func(p model.Property) bool { return p.Name == copied[i].Name }); at >= 0 {
			schema = s.Properties[at].Schema
		}
		if schema != nil {
			w.value(schema, copied[i].Value, below(pointer, copied[i].Name), func(v sample.Value) { copied[i].Value = v })
		}
	}
	set(o)
}

func otherCase(name string) string {
	if up := strings.ToUpper(name); up != name {
		return up
	}
	return strings.ToLower(name)
}

// late shows members that don't exist at the version yet, or not any more.
func (w *walker) late(s *model.Schema, o sample.Object, pointer string, set func(sample.Value)) {
	if w.body.Version.IsZero() {
		return
	}
	for _, p := range s.Properties {
		r := versions(p.Schema)
		if r.Contains(w.body.Version) {
			continue
		}
		at, ok := within(w.body.Version, r)
		if !ok {
			continue
		}
		maker := *w.maker
		maker.Version = at
		v, err := maker.value(p.Schema, 1)
		if err != nil {
			continue
		}
		w.put(Late, below(pointer, p.Name), o, append(slices.Clone(o), sample.Member{Name: p.Name, Value: v}), set, "x-microversion")
	}
}

// relation breaks a relation that the object keeps, without breaking its schema.
func (w *walker) relation(s *model.Schema, o sample.Object, r *model.Relation, pointer string, set func(sample.Value)) {
	broken := func(at model.Pointer, other sample.Object) {
		p := pointer
		for _, token := range at {
			p = below(p, token)
		}
		w.put(Relation, p, o, other, set, "x-relations")
	}
	switch r.Kind {
	case model.RelationCount:
		if list, ok := find(o, r.Others[0]).(sample.List); ok && present(find(o, r.Subject)) {
			broken(r.Subject, put(o, r.Subject, sample.Int(len(list)+1)))
		}
	case model.RelationOrdered:
		a, b := find(o, r.Subject), find(o, r.Others[0])
		if present(a) && present(b) && after(b, a) && allHold(o, r.When) {
			broken(r.Subject, put(put(o, r.Subject, b), r.Others[0], a))
		}
	case model.RelationUnique:
		if list, ok := find(o, r.Subject).(sample.List); ok && len(list) > 0 && len(r.Others) > 0 && present(find(list[0], r.Others[0])) {
			at := append(slices.Clone(r.Subject), strconv.Itoa(len(list)))
			broken(append(at, r.Others[0]...), put(o, r.Subject, append(slices.Clone(list), list[0])))
		}
	case model.RelationEndsIn:
		w.otherEnd(o, r, broken)
	case model.RelationExactlyOne:
		for _, p := range r.Others {
			if v := find(o, p); !present(v) {
				if v, err := w.maker.fresh(s, p, 1); err == nil {
					broken(nil, put(o, p, v))
				}
			} else if !slices.Contains(s.Required, p[0]) {
				broken(nil, put(o, p, nil))
			}
		}
	case model.RelationWhen:
		w.otherThan(s, o, r, broken)
	}
}

// otherEnd lets a text end in something else.
func (w *walker) otherEnd(o sample.Object, r *model.Relation, broken func(model.Pointer, sample.Object)) {
	if !present(find(o, r.Others[0])) || unquote(find(o, r.Others[0])) == "" {
		return
	}
	if len(r.Subject) == 1 {
		if v := find(o, r.Subject); present(v) {
			if other, ok := w.variant(v); ok {
				broken(r.Subject, put(o, r.Subject, other))
			}
		}
		return
	}
	list, _ := find(o, r.Subject[:1]).(sample.List)
	for i, item := range list {
		link, ok := item.(sample.Object)
		if !ok || !meant(link, r) || !present(find(link, r.Subject[2:])) {
			continue
		}
		out := slices.Clone(list)
		out[i] = put(link, r.Subject[2:], sample.Text("https://ecs.example.com/v2.1/things/other"))
		broken(model.Pointer{r.Subject[0], strconv.Itoa(i), r.Subject[2]}, put(o, r.Subject[:1], out))
	}
}

// variant is a text of the same shape as v with another end.
func (w *walker) variant(v sample.Value) (sample.Value, bool) {
	t := unquote(v)
	if t == "" {
		return nil, false
	}
	last := t[len(t)-1]
	other := byte('0')
	if last == '0' {
		other = '1'
	}
	return sample.Text(t[:len(t)-1] + string(other)), true
}

// otherThan breaks each consequence of conditions that hold.
func (w *walker) otherThan(s *model.Schema, o sample.Object, r *model.Relation, broken func(model.Pointer, sample.Object)) {
	if !allHold(o, r.When) {
		return
	}
	for _, c := range r.Then {
		switch c.Demand {
		case model.DemandNull, model.DemandAbsent:
			if v, err := w.maker.fresh(s, c.Pointer, 1); err == nil && present(v) {
				broken(c.Pointer, put(o, c.Pointer, v))
			}
		case model.DemandPresent:
			switch {
			case nullable(s, c.Pointer):
				broken(c.Pointer, put(o, c.Pointer, sample.Null))
			case !slices.Contains(s.Required, c.Pointer[0]) || len(c.Pointer) > 1:
				broken(c.Pointer, put(o, c.Pointer, nil))
			}
		default:
			if v, err := w.maker.fresh(s, c.Pointer, 1); err == nil && !holds(put(o, c.Pointer, v), c) {
				broken(c.Pointer, put(o, c.Pointer, v))
			}
		}
	}
}
