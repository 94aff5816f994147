package model

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// RelationKind says what a relation demands.
type RelationKind string

// The kinds, by the key of the entry (spec/README.md).
const (
	RelationCount      RelationKind = "count"
	RelationOrdered    RelationKind = "ordered"
	RelationUnique     RelationKind = "unique"
	RelationEndsIn     RelationKind = "ends-in"
	RelationExactlyOne RelationKind = "exactly-one"
	RelationWhen       RelationKind = "when"
)

// Relation is one entry of x-relations: what a schema cannot say.
type Relation struct {
	Kind RelationKind
	At   read.Position
	// Subject is the pointer after the key; Others are the further pointers.
	Subject Pointer
	Others  []Pointer
	// When holds the conditions of `when` and of `where`, Then those of `then`.
	When, Then []Condition
	Ruling     string
}

// Pointer is a JSON pointer whose token "*" stands for every item or member.
type Pointer []string

// String is the pointer as written.
func (p Pointer) String() string {
	var b strings.Builder
	for _, token := range p {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(token))
	}
	return b.String()
}

// Demand says what a condition asks of a value.
type Demand string

// The demands. DemandNull also holds for absent members, DemandPresent does not
// hold for null.
const (
	DemandNull    Demand = "null"
	DemandPresent Demand = "present"
	DemandAbsent  Demand = "absent"
	DemandOneOf   Demand = "one of"
)

// Condition is one pointer and what its value must be.
type Condition struct {
	Pointer Pointer
	Demand  Demand
	// Values are the accepted values of DemandOneOf.
	Values []Literal
}

// String is "/status is SUCCESS".
func (c Condition) String() string {
	if c.Demand != DemandOneOf {
		return c.Pointer.String() + " is " + string(c.Demand)
	}
	texts := make([]string, len(c.Values))
	for i, v := range c.Values {
		texts[i] = v.String()
	}
	return c.Pointer.String() + " is " + strings.Join(texts, " or ")
}

// String says in words what the relation demands.
func (r Relation) String() string {
	switch r.Kind {
	case RelationCount:
		return fmt.Sprintf("the number of items of %s", r.Others[0])
	case RelationOrdered:
		text := fmt.Sprintf("%s not after %s", r.Subject, r.Others[0])
		if len(r.When) > 0 {
			text += " when " + conditions(r.When)
		}
		return text
	case RelationUnique:
		if len(r.Others) == 0 {
			return fmt.Sprintf("no two items of %s alike", r.Subject)
		}
		return fmt.Sprintf("no two items of %s with the same %s", r.Subject, r.Others[0])
	case RelationEndsIn:
		return fmt.Sprintf("a text that ends in the value of %s", r.Others[0])
	case RelationExactlyOne:
		texts := make([]string, len(r.Others))
		for i, p := range r.Others {
			texts[i] = p.String()
		}
		return "exactly one of " + strings.Join(texts, ", ")
	}
	return conditions(r.Then) + " when " + conditions(r.When)
}

func conditions(list []Condition) string {
	texts := make([]string, len(list))
	for i, c := range list {
		texts[i] = c.String()
	}
	return strings.Join(texts, " and ")
}

func (b *builder) relation(n *yaml.Node) (Relation, bool) {
	before := len(b.problems)
	r := Relation{At: b.bundle.At(n), Ruling: read.Text(n, "ruling")}
	keys := map[RelationKind][]string{
		RelationCount: {"of"}, RelationOrdered: {"where"}, RelationUnique: {"by"}, RelationEndsIn: {"of", "where"},
		RelationExactlyOne: nil, RelationWhen: {"then"},
	}
	for key := range read.Members(n) {
		if _, ok := keys[RelationKind(key.Value)]; ok {
			r.Kind = RelationKind(key.Value)
		}
	}
	if r.Kind == "" {
		b.problem(n, "a relation is one of count, ordered, unique, ends-in, exactly-one, when")
		return r, false
	}
	for key := range read.Members(n) {
		known := append([]string{string(r.Kind), "ruling"}, keys[r.Kind]...)
		if !contains(known, key.Value) {
			b.problem(key, "unknown member %q of a relation %s", key.Value, r.Kind)
		}
	}
	subject := read.Member(n, string(r.Kind))
	switch r.Kind {
	case RelationCount:
		r.Subject, r.Others = b.pointer(subject), []Pointer{b.pointer(read.Member(n, "of"))}
	case RelationOrdered:
		if len(read.Items(subject)) != 2 {
			b.problem(subject, "ordered needs two pointers")
			return r, false
		}
		r.Subject, r.Others = b.pointer(subject.Content[0]), []Pointer{b.pointer(subject.Content[1])}
		r.When = b.conditions(read.Member(n, "where"))
	case RelationUnique:
		r.Subject = b.pointer(subject)
		if by := read.Member(n, "by"); by != nil {
			r.Others = []Pointer{b.pointer(by)}
		}
	case RelationEndsIn:
		r.Subject, r.Others = b.pointer(subject), []Pointer{b.pointer(read.Member(n, "of"))}
		r.When = b.conditions(read.Member(n, "where"))
	case RelationExactlyOne:
		for _, item := range read.Items(subject) {
			r.Others = append(r.Others, b.pointer(item))
		}
		if len(r.Others) < 2 {
			b.problem(subject, "exactly-one needs at least two pointers")
		}
	case RelationWhen:
		r.When, r.Then = b.conditions(subject), b.conditions(read.Member(n, "then"))
		if len(r.Then) == 0 {
			b.problem(n, "when needs then")
		}
	}
	return r, len(b.problems) == before
}

func (b *builder) conditions(n *yaml.Node) []Condition {
	var list []Condition
	for key, value := range read.Members(n) {
		c := Condition{Pointer: b.pointer(key), Demand: DemandOneOf}
		switch {
		case value.Tag == "!!null":
			c.Demand = DemandNull
		case value.Value == string(DemandPresent) || value.Value == string(DemandAbsent):
			c.Demand = Demand(value.Value)
		case value.Kind == yaml.SequenceNode:
			for _, item := range value.Content {
				c.Values = append(c.Values, b.literal(item))
			}
		default:
			c.Values = []Literal{b.literal(value)}
		}
		list = append(list, c)
	}
	return list
}

func (b *builder) pointer(n *yaml.Node) Pointer {
	if n == nil || n.Kind != yaml.ScalarNode || !strings.HasPrefix(n.Value, "/") {
		b.problem(n, "a relation needs a JSON pointer here, such as /servers/*/id")
		return nil
	}
	return ParsePointer(n.Value)
}

// ParsePointer reads a JSON pointer, which begins with a slash.
func ParsePointer(text string) Pointer {
	tokens := strings.Split(strings.TrimPrefix(text, "/"), "/")
	for i, token := range tokens {
		tokens[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
	}
	return tokens
}
