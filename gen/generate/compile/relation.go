package compile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
)

// kept is what an object's function remembers for its relations.
type kept struct {
	// members are remembered by their span, in slots; those that the object keeps for
	// the object around its list come first, own of them.
	members []string
	own     int
	// counted are the lists whose items are counted, listed those whose items keep
	// spans for the object's own tests.
	counted, listed []string
	// distinct are the rules of lists whose items are compared with each other.
	distinct map[string][]string
	// tests is Go text that runs at the end.
	tests string
}

func (k *kept) slot(member string) int {
	if i := slices.Index(k.members, member); i >= 0 {
		return i
	}
	k.members = append(k.members, member)
	return len(k.members) - 1
}

// needs reports whether a member's value is remembered in any way.
func (k *kept) needs(member string) bool {
	return slices.Contains(k.members, member) || slices.Contains(k.listed, member) || slices.Contains(k.counted, member) || k.distinct[member] != nil
}

// markKept finds the members that items keep for the relations of the object
// around their list.
func (b *builder) markKept(o *model.Operation) {
	seen := map[*model.Schema]bool{}
	var walk func(s *model.Schema)
	walk = func(s *model.Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		for _, r := range s.Relations {
			b.markItems(s, r)
		}
		eachSub(s, walk)
	}
	eachSchema(o, walk)
}

func (b *builder) markItems(s *model.Schema, r model.Relation) {
	var paths []model.Pointer
	switch {
	case r.Kind == model.RelationUnique && len(r.Others) > 0:
		paths = []model.Pointer{append(slices.Clone(r.Subject), append(model.Pointer{"*"}, r.Others[0]...)...)}
	case r.Kind == model.RelationEndsIn && len(r.Subject) > 1:
		paths = append(paths, r.Subject)
		for _, c := range r.When {
			paths = append(paths, c.Pointer)
		}
	}
	for _, p := range paths {
		if len(p) != 3 || p[1] != "*" || p[0] != r.Subject[0] {
			b.problems.Add(r.At, "the relation needs one list among the object's own members, and members of its items: /list/*/member")
			continue
		}
		item := b.itemOf(s, p[0])
		if item == nil || item.Properties == nil {
			b.problems.Add(r.At, "the items of /%s are no objects with listed members", p[0])
			continue
		}
		if !slices.Contains(b.keeps[item], p[2]) {
			b.keeps[item] = append(b.keeps[item], p[2])
		}
	}
}

// itemOf is the schema of the items of a list among an object's members.
func (b *builder) itemOf(s *model.Schema, member string) *model.Schema {
	for _, p := range s.Properties {
		if p.Name != member {
			continue
		}
		if r := b.resolve(p.Schema); r.Items != nil {
			return b.resolve(r.Items)
		}
	}
	return nil
}

// keeping settles what the function of t remembers, and the tests at its end.
func (b *builder) keeping(t *model.Schema, p place) *kept {
	k := &kept{distinct: map[string][]string{}}
	for _, own := range b.keeps[t] {
		k.slot(own)
	}
	k.own = len(k.members)
	for _, r := range t.Relations {
		at := p
		if r.Ruling != "" {
			at.rulings = []string{r.Ruling}
		}
		rel := "&" + b.data("Relation", fmt.Sprintf("scan.Relation{%s, Says: %q}", at.rule(false, false), r.String()))
		k.tests += b.test(t, k, r, rel)
	}
	for _, member := range k.members {
		if !slices.ContainsFunc(t.Properties, func(p model.Property) bool { return p.Name == member }) {
			b.problem(t, "a relation speaks of the member %s, which has no schema", member)
		}
	}
	return k
}

// test is Go text that tests a relation at the end of the object's function.
func (b *builder) test(t *model.Schema, k *kept, r model.Relation, rel string) string {
	switch r.Kind {
	case model.RelationUnique:
		if len(r.Others) == 0 {
			b.problems.Add(r.At, "unique without by: write uniqueItems")
			return ""
		}
		if item := b.itemOf(t, r.Subject[0]); item != nil { // or markItems told
			n := slices.Index(b.keeps[item], r.Others[0][0])
			k.distinct[r.Subject[0]] = append(k.distinct[r.Subject[0]], fmt.Sprintf("{Kept: %d, Relation: %s}", n, rel))
		}
		return ""
	case model.RelationCount:
		if len(r.Subject) != 1 || len(r.Others[0]) != 1 {
			b.problems.Add(r.At, "count needs two of the object's own members")
			return ""
		}
		if !slices.Contains(k.counted, r.Others[0][0]) {
			k.counted = append(k.counted, r.Others[0][0])
		}
		return fmt.Sprintf("s.Counted(kept[%d], count%d, %s)\n", k.slot(r.Subject[0]), slices.Index(k.counted, r.Others[0][0]), rel)
	case model.RelationOrdered:
		return b.when(k, r, fmt.Sprintf("s.Ordered(%s, %s, %s)\n", b.span(k, r, r.Subject), b.span(k, r, r.Others[0]), rel))
	case model.RelationEndsIn:
		of := b.span(k, r, r.Others[0])
		if len(r.Subject) == 1 {
			return b.when(k, r, fmt.Sprintf("s.EndsIn(%s, %s, %s)\n", b.span(k, r, r.Subject), of, rel))
		}
		if len(r.Subject) != 3 {
			return "" // told by markItems
		}
		list, width, n := b.records(t, k, r.Subject[0], r.Subject[2])
		var conditions []string
		for _, c := range r.When {
			if len(c.Pointer) == 3 {
				_, _, n := b.records(t, k, c.Pointer[0], c.Pointer[2])
				conditions = append(conditions, condition(c, fmt.Sprintf("r[%d]", n)))
			}
		}
		test := fmt.Sprintf("s.EndsIn(r[%d], %s, %s)\n", n, of, rel)
		if conditions != nil {
			test = "if " + strings.Join(conditions, " && ") + " {\n" + test + "}\n"
		}
		return fmt.Sprintf("for n := from%d; n < to%[1]d; n += %[2]d {\nr := s.Record(n, %[2]d)\n%s}\n", list, width, test)
	case model.RelationExactlyOne:
		var among []string
		for _, p := range r.Others {
			among = append(among, b.span(k, r, p))
		}
		return fmt.Sprintf("s.ExactlyOne(f.Begin, %s, %s)\n", rel, strings.Join(among, ", "))
	case model.RelationWhen:
		var demands strings.Builder
		for _, c := range r.Then {
			p := b.span(k, r, c.Pointer)
			fmt.Fprintf(&demands, "s.Demand(%s, %s, f.Begin, %q, %s)\n", condition(c, p), p, c.Pointer.String(), rel)
		}
		return b.when(k, r, demands.String())
	}
	return ""
}

// records is the number of a list whose items keep spans, how many each keeps, and
// which of them is the member.
func (b *builder) records(t *model.Schema, k *kept, list, member string) (number, width, n int) {
	item := b.itemOf(t, list)
	if item == nil {
		return 0, 1, 0 // told by markItems
	}
	if !slices.Contains(k.listed, list) {
		k.listed = append(k.listed, list)
	}
	return slices.Index(k.listed, list), len(b.keeps[item]), slices.Index(b.keeps[item], member)
}

// when puts the conditions of a relation before a test.
func (b *builder) when(k *kept, r model.Relation, test string) string {
	var conditions []string
	for _, c := range r.When {
		conditions = append(conditions, condition(c, b.span(k, r, c.Pointer)))
	}
	if conditions == nil {
		return test
	}
	return "if " + strings.Join(conditions, " && ") + " {\n" + test + "}\n"
}

// span is Go text for where the value is that a pointer leads to.
func (b *builder) span(k *kept, r model.Relation, p model.Pointer) string {
	if slices.Contains(p, "*") {
		b.problems.Add(r.At, "the pointer %s leads to several values", p)
	}
	slot := fmt.Sprintf("kept[%d]", k.slot(p[0]))
	if len(p) == 1 {
		return slot
	}
	words := make([]string, len(p)-1)
	for i, name := range p[1:] {
		words[i] = strconv.Quote(name)
	}
	return fmt.Sprintf("s.Below(%s, %s)", slot, strings.Join(words, ", "))
}

// condition is Go text that is true where the value at a span is what c asks.
func condition(c model.Condition, span string) string {
	switch c.Demand {
	case model.DemandNull:
		return fmt.Sprintf("s.Nil(%s)", span)
	case model.DemandPresent:
		return fmt.Sprintf("s.Present(%s)", span)
	case model.DemandAbsent:
		return fmt.Sprintf("s.Absent(%s)", span)
	}
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = strconv.Quote(v.String())
	}
	return fmt.Sprintf("s.Is(%s, %s)", span, strings.Join(values, ", "))
}
