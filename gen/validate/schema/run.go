package schema

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// A message may cost as many pairs of a value and a schema as its length allows
// for, and maxNested schemas may apply inside each other. Both are far beyond
// what a contract and an honest answer need: a value takes two bytes at least
// and has a handful of schemas.
const (
	fewSteps  = 20_000
	byteSteps = 32
	maxNested = 4 * maxDepth
	maxToken  = 256
)

// run is the judgement of one message.
type run struct {
	body    []byte
	version microversion.Version
	profile string
	// rulings maps a ruling to the profiles that it is limited to.
	rulings map[string][]string
	formats map[string]format
	numbers map[string]uint
	// sections are the document sections of the operation; of the sources of a
	// shared schema those that lie in them are named.
	sections []string

	found   []found
	dropped int
	steps   int
	nested  int
}

// found is a finding and where it belongs in the order of the message. Its
// pointer is written once it is reported.
type found struct {
	validate.Finding
	at      int
	place   *place
	rulings []string
	// object and missing are set for a required member that is not there.
	object  *value
	missing string
}

// place is what is known of a value from around it.
type place struct {
	parent *place
	// token is the last part of the JSON pointer; the root has none.
	token string
	// prefix stands before the pointer where the value is not in the body.
	prefix string
	source []string
	// rulings are those of the schemas of this place, or else of the nearest
	// place around it: then they are handed down.
	rulings    []string
	handedDown bool
	secret     bool
}

// below is the place of a member or item.
func (p *place) below(token string) *place {
	return &place{parent: p, token: token, source: p.source, rulings: p.rulings, handedDown: true, secret: p.secret}
}

// as is the same place as the schema describes it.
func (p *place) as(s *model.Schema) *place {
	secret := p.secret || isSecret(s, 0)
	if len(s.Sources) == 0 && len(s.Rulings) == 0 && secret == p.secret {
		return p
	}
	q := *p
	q.secret = secret
	switch {
	case len(s.Rulings) > 0 && p.handedDown:
		q.rulings, q.handedDown = s.Rulings, false
	case len(s.Rulings) > 0:
		q.rulings = append(slices.Clip(p.rulings), s.Rulings...)
	}
	if len(s.Sources) > 0 {
		q.source = s.Sources
	}
	return &q
}

// isSecret looks through references and alternatives: whichever applies, the
// value is not shown.
func isSecret(s *model.Schema, depth int) bool {
	if s == nil || depth > 8 {
		return false
	}
	if s.Secret || isSecret(s.Ref, depth+1) {
		return true
	}
	for _, list := range [][]*model.Schema{s.AllOf, s.AnyOf, s.OneOf} {
		for _, branch := range list {
			if isSecret(branch, depth+1) {
				return true
			}
		}
	}
	return false
}

func (p *place) depth() int {
	n := 0
	for ; p.parent != nil; p = p.parent {
		n++
	}
	return n
}

func (p *place) pointer() string {
	var tokens []string
	for ; p.parent != nil; p = p.parent {
		tokens = append(tokens, p.token)
	}
	var b strings.Builder
	b.WriteString(p.prefix)
	for _, token := range slices.Backward(tokens) {
		b.WriteByte('/')
		if len(token) > maxToken { // a hostile name must not fill a report
			n := maxToken - len("…")
			for n > 0 && !utf8.RuneStart(token[n]) {
				n--
			}
			token = token[:n] + "…"
		}
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(token, ""), "~", "~0"), "/", "~1"))
	}
	return b.String()
}

// object remembers which members of an object some schema documents.
type object struct {
	known []bool
	// described says that some schema says what members there are.
	described bool
	names     []string
}

func (o *object) clone() *object {
	if o == nil {
		return nil
	}
	return &object{slices.Clone(o.known), o.described, slices.Clone(o.names)}
}

func (o *object) merge(p *object) {
	if o == nil || p == nil {
		return
	}
	for i, known := range p.known {
		o.known[i] = o.known[i] || known
	}
	o.described = o.described || p.described
	o.names = append(o.names, p.names...)
}

// value judges a value by the schema that its place documents.
func (r *run) value(s *model.Schema, v *value, at *place) {
	if v.kind != "object" {
		r.schema(s, v, at, nil)
		return
	}
	o := &object{known: make([]bool, len(v.members))}
	r.schema(s, v, at, o)
	at = at.as(s)
	for i, m := range v.members {
		if m.again {
			r.add(at.below(m.name), s, m.at, validate.ClassSyntax, "duplicate", "each member once", "the member "+strconv.Quote(m.name)+" again")
		}
		if o.known[i] || !o.described {
			continue
		}
		r.undocumented(s, m, at, o)
	}
}

// undocumented reports a member that no schema names. A documented name in
// another case is a broken promise: clients look for the documented one.
func (r *run) undocumented(s *model.Schema, m member, at *place, o *object) {
	for _, name := range o.names {
		if strings.EqualFold(name, m.name) {
			r.add(at.below(m.name), s, m.at, validate.ClassUndocumented, "case", "the spelling "+name, "the member "+short(m.name))
			return
		}
	}
	r.report(validate.Note, at.below(m.name), s, m.at, validate.ClassUndocumented, "undocumented",
		"no member but the documented ones", "the member "+short(m.name))
}

// schema judges a value by one of the schemas that apply to it.
func (r *run) schema(s *model.Schema, v *value, at *place, o *object) {
	if r.steps < math.MaxInt {
		r.steps++
	}
	if r.nested > maxNested {
		r.steps = math.MaxInt // a contract that refers to itself in circles
	}
	if r.exhausted() {
		return
	}
	r.nested++
	defer func() { r.nested-- }()
	at = at.as(s)
	mark := len(r.found)
	if s.Ref != nil {
		r.schema(s.Ref, v, at, o)
	}
	r.keywords(s, v, at, o)
	if len(s.Deviations) > 0 && severe(r.found[mark:]) {
		r.tolerate(s, v, at, o, mark)
	}
}

func (r *run) keywords(s *model.Schema, v *value, at *place, o *object) {
	if s.Never {
		r.broken(at, s, v, "false", "nothing")
		return
	}
	if len(s.Types) > 0 && !slices.ContainsFunc(s.Types, v.is) {
		r.broken(at, s, v, "type", typeWords(s.Types))
		return
	}
	if !r.fixed(s, v, at) {
		return
	}
	switch v.kind {
	case "string":
		r.text(s, v, at)
	case "number":
		r.number(s, v, at)
	case "array":
		r.array(s, v, at)
	case "object":
		r.object(s, v, at, o)
	}
	for _, sub := range s.AllOf {
		r.schema(sub, v, at, o)
	}
	if len(s.AnyOf) > 0 {
		r.branches(s, s.AnyOf, "anyOf", v, at, o)
	}
	if len(s.OneOf) > 0 {
		r.branches(s, s.OneOf, "oneOf", v, at, o)
	}
	r.conditional(s, v, at, o)
	if v.kind == "object" {
		for i := range s.Relations {
			r.relation(s, &s.Relations[i], v, at)
		}
	}
}

func (r *run) conditional(s *model.Schema, v *value, at *place, o *object) {
	if s.Not != nil {
		if tried, _ := r.try(s.Not, v, at, nil); !severe(tried) {
			r.broken(at, s, v, "not", "a value that does not fit "+describe(s.Not))
		}
	}
	if s.If == nil {
		return
	}
	branch := s.Else
	if tried, with := r.try(s.If, v, at, o); !severe(tried) {
		branch = s.Then
		o.merge(with)
	}
	if branch != nil {
		r.schema(branch, v, at, o)
	}
}

// is reports whether the value has a JSON Schema type.
func (v *value) is(name string) bool {
	if name == "integer" {
		return v.kind == "number" && newNumber(v.text).integer()
	}
	return v.kind == name
}

// try judges a value without consequences.
func (r *run) try(s *model.Schema, v *value, at *place, o *object) ([]found, *object) {
	before, with := r.found, o.clone()
	r.found = nil
	r.schema(s, v, at, with)
	tried := r.found
	r.found = before
	return tried, with
}

func severe(list []found) bool {
	return slices.ContainsFunc(list, func(f found) bool { return f.Severity == validate.Violation })
}

// tolerate turns violations since mark into deviations where a ruling says so.
func (r *run) tolerate(s *model.Schema, v *value, at *place, o *object, mark int) {
	for _, d := range s.Deviations {
		if !r.applies(d) {
			continue
		}
		for i := mark; i < len(r.found); i++ {
			f := &r.found[i]
			if f.Severity == validate.Violation && f.object == v && slices.Contains(d.Missing, f.missing) {
				f.Severity, f.Ruling = validate.Deviation, d.Ruling
			}
		}
	}
	if !severe(r.found[mark:]) {
		return
	}
	for _, d := range s.Deviations {
		if d.Schema == nil || !r.applies(d) {
			continue
		}
		tried, with := r.try(d.Schema, v, at, o)
		if severe(tried) {
			continue
		}
		// One deviation stands for all that the ruling explains: the first in the message.
		told := found{at: math.MaxInt}
		for _, f := range r.found[mark:] {
			if f.Severity == validate.Violation && f.at < told.at {
				told = f
			}
		}
		told.Severity, told.Ruling = validate.Deviation, d.Ruling
		r.found = append(r.found[:mark], told)
		o.merge(with)
		return
	}
}

// applies reports whether a deviation holds for the claimed profile: its own
// limit, or else the ruling's.
func (r *run) applies(d model.Deviation) bool {
	profiles := d.Profiles
	if len(profiles) == 0 {
		profiles = r.rulings[d.Ruling]
	}
	return len(profiles) == 0 || slices.Contains(profiles, r.profile)
}

// exhausted reports whether the message has cost more than it may.
func (r *run) exhausted() bool { return r.steps > fewSteps+byteSteps*len(r.body) }
