package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
)

// kept is what an object's function remembers for its relations.
type kept struct {
	// members are remembered by offset, in slots.
	members []string
	// counted are the lists whose items are counted.
	counted []string
	// distinct are the lists whose items must differ, with Go text that tests it.
	distinct map[string]string
	// own are the members that the object keeps for the list around it.
	own []string
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

// markKept finds the items of unique lists, whose functions keep a member.
func (b *builder) markKept(o *model.Operation) {
	seen := map[*model.Schema]bool{}
	var walk func(s *model.Schema)
	walk = func(s *model.Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		for _, r := range s.Relations {
			if r.Kind != model.RelationUnique || len(r.Others) == 0 {
				continue
			}
			item := b.itemOf(s, r.Subject)
			if item == nil || len(r.Others[0]) != 1 {
				b.problems.Add(r.At, "unique needs a list among the object's own members, and by one member of its items")
				continue
			}
			if !slices.Contains(b.keeps[item], r.Others[0][0]) {
				b.keeps[item] = append(b.keeps[item], r.Others[0][0])
			}
		}
		eachSub(s, walk)
	}
	eachSchema(o, walk)
}

// itemOf is the schema of the items of a list among an object's members.
func (b *builder) itemOf(s *model.Schema, p model.Pointer) *model.Schema {
	if len(p) != 1 {
		return nil
	}
	list, ok := s.Property(p[0])
	if !ok {
		return nil
	}
	r := b.resolve(list)
	if r.Items == nil {
		return nil
	}
	return b.resolve(r.Items)
}

// keeping settles what the function of t remembers, and the tests at its end.
func (b *builder) keeping(t *model.Schema, p place) *kept {
	k := &kept{distinct: map[string]string{}}
	for _, own := range b.keeps[t] {
		k.own = append(k.own, own)
		k.slot(own)
	}
	var relations []string
	for _, r := range t.Relations {
		at := p
		if r.Ruling != "" {
			at.rulings = []string{r.Ruling}
		}
		head := fmt.Sprintf("%s, Says: %q", at.rule(false, false), r.String())
		switch r.Kind {
		case model.RelationUnique:
			if len(r.Others) == 0 {
				b.problems.Add(r.At, "unique without by: write uniqueItems")
				continue
			}
			k.slot(r.Subject[0])
			rel := b.data("Relation", "scan.Relation{"+head+", Kind: scan.Unique}")
			group := 0
			if item := b.itemOf(t, r.Subject); item != nil {
				group = slices.Index(b.keeps[item], r.Others[0][0])
			}
			k.distinct[r.Subject[0]] += fmt.Sprintf("s.Distinct(mark, %d, &%s)\n", group, rel)
		case model.RelationCount:
			if len(r.Subject) != 1 || len(r.Others[0]) != 1 {
				b.problems.Add(r.At, "count needs two of the object's own members")
				continue
			}
			number, list := k.slot(r.Subject[0]), r.Others[0][0]
			k.slot(list)
			k.counted = append(k.counted, list)
			rel := b.data("Relation", "scan.Relation{"+head+", Kind: scan.Counts}")
			k.tests += fmt.Sprintf("s.Counted(kept[%d], count%d, &%s)\n", number, len(k.counted)-1, rel)
		case model.RelationOrdered:
			relations = append(relations, fmt.Sprintf("{%s, Kind: scan.Ordered, Subject: %s, Other: %s}", head, k.path(r.Subject), k.path(r.Others[0])))
		case model.RelationEndsIn:
			relations = append(relations, fmt.Sprintf("{%s, Kind: scan.EndsIn, Subject: %s, Other: %s, When: %s}",
				head, k.path(r.Subject), k.path(r.Others[0]), k.conditions(r.When)))
		case model.RelationExactlyOne:
			var among []string
			for _, p := range r.Others {
				among = append(among, k.path(p))
			}
			relations = append(relations, fmt.Sprintf("{%s, Kind: scan.ExactlyOne, Among: []scan.Path{%s}}", head, strings.Join(among, ", ")))
		case model.RelationWhen:
			relations = append(relations, fmt.Sprintf("{%s, Kind: scan.When, When: %s, Then: %s}", head, k.conditions(r.When), k.conditions(r.Then)))
		}
	}
	for _, member := range k.members {
		if !slices.ContainsFunc(t.Properties, func(p model.Property) bool { return p.Name == member }) {
			b.problem(t, "a relation speaks of the member %s, which has no schema", member)
		}
	}
	if relations != nil {
		k.tests += fmt.Sprintf("s.Relate(f.Begin, kept[:], %s)\n", b.data("Relations", "[]scan.Relation{\n"+strings.Join(relations, ",\n")+",\n}"))
	}
	return k
}

func (k *kept) path(p model.Pointer) string {
	text := fmt.Sprintf("scan.Path{Slot: %d, Text: %q", k.slot(p[0]), p.String())
	if len(p) > 1 {
		text += fmt.Sprintf(", Below: %#v", []string(p[1:]))
	}
	return text + "}"
}

func (k *kept) conditions(list []model.Condition) string {
	var words []string
	for _, c := range list {
		text := fmt.Sprintf("{Path: %s, Demand: %q", k.path(c.Pointer), c.Demand)
		if c.Demand == model.DemandOneOf {
			var values []string
			for _, v := range c.Values {
				values = append(values, v.String())
			}
			text += fmt.Sprintf(", Values: %#v", values)
		}
		words = append(words, text+"}")
	}
	return "[]scan.Condition{" + strings.Join(words, ", ") + "}"
}
