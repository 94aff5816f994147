package compile

import (
	"bytes"
	"fmt"
	"go/format"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Folder is where the output belongs, below the repository's root.
const Folder = "gen/validate/compiled"

// API is the validators of one API as a Go file; rulings are the profiles that each
// ruling is limited to. The error holds every place
// that the compiler can't express as read.Problems.
func API(api *model.API, rulings map[string][]string) ([]byte, error) {
	b := &builder{
		api:     api.Name,
		rulings: rulings,
		names:   map[string]bool{},
		funcs:   map[*model.Schema]string{},
		shared:  map[string]string{},
		keeps:   map[*model.Schema][]string{},
		flat:    map[*model.Schema]*model.Schema{},
		open:    map[*model.Schema]bool{},
		counter: map[string]int{},

		tolerated: map[call]tolerated{},
	}
	b.findEpochs(api)
	for _, o := range api.Operations {
		b.markKept(o)
	}
	table := b.operations(api)
	if err := b.problems.Err(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("package compiled\n\nimport (\n")
	body := b.vars.String() + b.code.String() + table
	if strings.Contains(body, "regexp.") {
		out.WriteString("\"regexp\"\n\n")
	}
	for _, p := range []string{"microversion", "validate/message", "validate/scan"} {
		if strings.Contains(body, p[strings.LastIndexByte(p, '/')+1:]+".") {
			fmt.Fprintf(&out, "\"github.com/ecsconform/ecsconform/gen/%s\"\n", p)
		}
	}
	out.WriteString(")\n\n")
	out.WriteString(table)
	out.WriteString(b.code.String())
	out.WriteString(b.vars.String())
	text, err := format.Source(out.Bytes())
	if err != nil {
		return nil, fmt.Errorf("format validators of %s: %w", api.Name, err)
	}
	return text, nil
}

type builder struct {
	api      string
	problems read.Problems
	// code holds functions, vars their data.
	code, vars bytes.Buffer
	names      map[string]bool
	counter    map[string]int
	// funcs are the functions of schemas, shared the names of data by content.
	funcs  map[*model.Schema]string
	shared map[string]string
	// keeps are the members whose values an item keeps for its list.
	keeps map[*model.Schema][]string
	flat  map[*model.Schema]*model.Schema
	open  map[*model.Schema]bool
	// tolerated are the calls of Tolerate by what they stand for.
	tolerated map[call]tolerated
	// gates are the versions at which something begins or has ended, ascending.
	gates []microversion.Version
	// rulings are the profiles that a ruling is limited to.
	rulings map[string][]string
}

func (b *builder) problem(s *model.Schema, text string, a ...any) {
	b.problems.Add(s.At, text, a...)
}

// place is what a schema inherits from what is around it.
type place struct {
	name         string
	sources      []string
	rulings      []string
	requirements []string
}

func (p place) within(name string, f *model.Facts) place {
	p.name = name
	if len(f.Sources) > 0 {
		p.sources = f.Sources
	}
	p.rulings = f.Rulings
	p.requirements = f.Requirements
	return p
}

// rule is the Go text of a scan.Rule's members.
func (p place) rule(null, secret bool) string {
	var t strings.Builder
	member := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&t, "%s: %q, ", name, value)
		}
	}
	member("Name", p.name)
	member("Source", strings.Join(p.sources, ", "))
	member("Ruling", only(p.rulings))
	member("Requirement", only(p.requirements))
	if secret {
		t.WriteString("Secret: true, ")
	}
	if null {
		t.WriteString("Null: true, ")
	}
	return "Rule: scan.Rule{" + strings.TrimSuffix(t.String(), ", ") + "}"
}

// only is the id of a list of one: of several nobody knows which applies.
func only(list []string) string {
	if len(list) != 1 {
		return ""
	}
	return list[0]
}

// data is the name of a package variable with the given initialiser; equal ones are shared.
func (b *builder) data(kind, init string) string {
	if name, ok := b.shared[kind+init]; ok {
		return name
	}
	b.counter[kind]++
	name := fmt.Sprintf("%s%s%d", b.api, kind, b.counter[kind])
	b.shared[kind+init] = name
	fmt.Fprintf(&b.vars, "var %s = %s\n\n", name, init)
	return name
}

// unique is a function name that is not taken.
func (b *builder) unique(name string) string {
	name = b.api + goName(name)
	for n, try := 2, name; ; n++ {
		if !b.names[try] {
			b.names[try] = true
			return try
		}
		try = fmt.Sprintf("%s%d", name, n)
	}
}

func goName(s string) string {
	var t strings.Builder
	up := true
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			if up && r >= 'a' && r <= 'z' {
				r -= 'a' - 'A'
			}
			up = false
			t.WriteRune(r)
			continue
		}
		up = true
	}
	return t.String()
}

// resolve follows references; facts beside a reference override the target's.
func (b *builder) resolve(s *model.Schema) *model.Schema {
	if s.Ref == nil {
		return s
	}
	if f := b.flat[s]; f != nil {
		return f
	}
	t := b.resolve(s.Ref)
	own := s.Types != nil || s.Enum != nil || s.Const != nil || s.Format != "" || s.Pattern != nil || s.MinLength != nil || s.MaxLength != nil ||
		s.Minimum != nil || s.Maximum != nil || s.Items != nil || s.Properties != nil || s.Required != nil || s.AdditionalProperties != nil ||
		s.AllOf != nil || s.AnyOf != nil || s.OneOf != nil || s.MinItems != nil || s.MaxItems != nil || s.Relations != nil || s.MaxBytes != nil
	if own {
		b.problem(s, "constraints beside a reference: give the schema a name of its own")
	}
	if len(s.Sources)+len(s.Rulings)+len(s.Requirements)+len(s.Deviations) == 0 && !s.Secret && s.Versions == (microversion.Range{}) {
		b.flat[s] = t
		return t
	}
	c := *t
	if len(s.Sources) > 0 {
		c.Sources = s.Sources
	}
	if len(s.Rulings) > 0 {
		c.Rulings = s.Rulings
	}
	if len(s.Requirements) > 0 {
		c.Requirements = s.Requirements
	}
	if s.Versions != (microversion.Range{}) {
		c.Versions = s.Versions
	}
	c.Deviations = append(slices.Clone(s.Deviations), t.Deviations...)
	c.Secret = s.Secret || t.Secret
	b.flat[s] = &c
	return &c
}
