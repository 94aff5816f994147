package model

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// builder turns a bundle into an API. Schemas are built once per node, so that
// recursion in the contract is recursion in the model.
type builder struct {
	bundle   *bundle.Bundle
	schemas  map[*yaml.Node]*Schema
	problems read.Problems
}

func (b *builder) problem(n *yaml.Node, format string, args ...any) {
	b.problems.Add(b.bundle.At(n), format, args...)
}

func contains(list []string, word string) bool { return slices.Contains(list, word) }

// component follows a reference inside the bundle.
func (b *builder) component(ref *yaml.Node) (n *yaml.Node, name string) {
	tokens := strings.Split(strings.TrimPrefix(ref.Value, "#/"), "/")
	n = b.bundle.Root
	for _, token := range tokens {
		n = read.Member(n, token)
	}
	return n, tokens[len(tokens)-1]
}

// object follows n if it is a reference.
func (b *builder) object(n *yaml.Node) *yaml.Node {
	for range 8 {
		ref := read.Member(n, "$ref")
		if ref == nil {
			break
		}
		n, _ = b.component(ref)
	}
	return n
}

func (b *builder) facts(n *yaml.Node) Facts {
	return Facts{
		Description:  strings.TrimSpace(read.Text(n, "description")),
		Deprecated:   read.Text(n, "deprecated") == "true",
		Sources:      read.Texts(n, "x-source"),
		Versions:     b.versions(n),
		Rulings:      read.Texts(n, "x-ruling"),
		Requirements: read.Texts(n, "x-requirements"),
	}
}

func (b *builder) versions(n *yaml.Node) microversion.Range {
	if member := read.Member(n, "x-microversion"); member != nil {
		return b.span(member, "x-microversion")
	}
	return microversion.Range{}
}

// span reads a range; name is the member that holds it.
func (b *builder) span(member *yaml.Node, name string) microversion.Range {
	var r microversion.Range
	for key, value := range read.Members(member) {
		v, err := microversion.Parse(value.Value)
		switch {
		case err != nil:
			b.problem(value, "%v", err)
		case value.Tag != "!!str":
			b.problem(value, "quote the microversion %s: as a number it would lose its last zero", value.Value)
		}
		switch key.Value {
		case "min":
			r.Min = v
		case "max":
			r.Max = v
		default:
			b.problem(key, "unknown member %q of %s; known are max, min", key.Value, name)
		}
	}
	if member.Kind != yaml.MappingNode || len(member.Content) == 0 {
		b.problem(member, "%s is {min: \"2.3\", max: \"2.35\"}, one of them at least", name)
	}
	if !r.Min.IsZero() && !r.Max.IsZero() && r.Min.Compare(r.Max) > 0 {
		b.problem(member, "the range %s is empty", r)
	}
	return r
}

// deviations are what rulings tolerate of an object that may say it in these words.
func (b *builder) deviations(n *yaml.Node, known ...string) []Deviation {
	member := read.Member(n, "x-deviation")
	if member == nil {
		return nil
	}
	entries := read.Items(member)
	if member.Kind == yaml.MappingNode {
		entries = []*yaml.Node{member}
	}
	known = append(known, "profiles", "ruling")
	slices.Sort(known)
	var list []Deviation
	for _, entry := range entries {
		for key := range read.Members(entry) {
			if !contains(known, key.Value) {
				b.problem(key, "unknown member %q of x-deviation here; known are %s", key.Value, strings.Join(known, ", "))
			}
		}
		d := b.deviation(entry)
		if d.At == nil && d.Schema == nil && d.OfStatus() && !contains(known, "status") {
			b.problem(entry, "x-deviation says nothing that is tolerated: %s", strings.Join(known, ", "))
		}
		list = append(list, d)
	}
	if len(list) == 0 {
		b.problem(member, "x-deviation is {ruling: R-017, schema: ...} or a list of such")
	}
	return list
}

func (b *builder) deviation(entry *yaml.Node) Deviation {
	d := Deviation{
		Ruling: read.Text(entry, "ruling"), Missing: read.Texts(entry, "missing"),
		Media: read.Texts(entry, "media"), Profiles: read.Texts(entry, "profiles"),
	}
	if d.Ruling == "" {
		b.problem(entry, "x-deviation names no ruling")
	}
	for _, name := range []string{"media", "missing", "status"} {
		if of := read.Member(entry, name); of != nil && len(read.Texts(entry, name)) == 0 {
			b.problem(of, "%s lists nothing", name)
		}
	}
	if s := read.Member(entry, "schema"); s != nil {
		d.Schema = b.schema(s)
	}
	if at := read.Member(entry, "at"); at != nil {
		r := b.span(at, "at")
		d.At = &r
	}
	for _, word := range read.Texts(entry, "status") {
		code, err := strconv.Atoi(word)
		if err != nil || code < 100 || code > 599 {
			b.problem(read.Member(entry, "status"), "%q is no HTTP status", word)
		}
		d.Statuses = append(d.Statuses, code)
	}
	for i := range d.Media {
		d.Media[i] = strings.ToLower(d.Media[i])
	}
	return d
}

func (b *builder) literal(n *yaml.Node) Literal {
	l, err := newLiteral(n)
	if err != nil {
		b.problem(n, "%v", err)
	}
	return l
}

func (b *builder) literals(n *yaml.Node) []Literal {
	var list []Literal
	for _, item := range read.Items(n) {
		list = append(list, b.literal(item))
	}
	return list
}

func (b *builder) pattern(n *yaml.Node) *regexp.Regexp {
	re, err := regexp.Compile(n.Value)
	if err != nil {
		b.problem(n, "the pattern does not compile: %v", err)
		return nil
	}
	return re
}

func (b *builder) whole(n *yaml.Node, key string) *int {
	v := read.Member(n, key)
	if v == nil {
		return nil
	}
	i, err := strconv.Atoi(v.Value)
	if err != nil || i < 0 {
		b.problem(v, "%s must be a whole number", key)
		return nil
	}
	return &i
}

func (b *builder) rat(n *yaml.Node, key string) *big.Rat {
	v := read.Member(n, key)
	if v == nil {
		return nil
	}
	r, err := rational(v)
	if err != nil {
		b.problem(v, "%s: %v", key, err)
		return nil
	}
	return r
}

// Versions is the range in x-microversion of an object, as far as it can be read.
func Versions(n *yaml.Node) microversion.Range {
	return Span(read.Member(n, "x-microversion"))
}

// Span is the range in {min, max}, as far as it can be read.
func Span(member *yaml.Node) microversion.Range {
	first, _ := microversion.Parse(read.Text(member, "min"))
	last, _ := microversion.Parse(read.Text(member, "max"))
	return microversion.Range{Min: first, Max: last}
}
