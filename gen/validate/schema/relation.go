package schema

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// at is a value that a pointer leads to, with the place it was found at and
// what stood for each "*" on the way.
type at struct {
	value *value
	place *place
	stars []string
}

// resolve follows a pointer from an object. "*" stands for every item or
// member; if stars is not nil its tokens stand for the first of them.
func resolve(v *value, from *place, p model.Pointer, stars []string) []at {
	found := []at{{value: v, place: from}}
	for _, token := range p {
		var next []at
		for _, a := range found {
			if token != "*" {
				if child := a.value.child(token); child != nil {
					next = append(next, at{child, a.place.below(token), a.stars})
				}
				continue
			}
			for name, child := range a.value.children() {
				if n := len(a.stars); n < len(stars) && stars[n] != name {
					continue
				}
				next = append(next, at{child, a.place.below(name), append(a.stars[:len(a.stars):len(a.stars)], name)})
			}
		}
		found = next
	}
	return found
}

func (v *value) child(token string) *value {
	if v.kind == "object" {
		return v.member(token)
	}
	if i, err := strconv.Atoi(token); v.kind == "array" && err == nil && i >= 0 && i < len(v.items) {
		return &v.items[i]
	}
	return nil
}

func (v *value) children() func(yield func(string, *value) bool) {
	return func(yield func(string, *value) bool) {
		for i := range v.members {
			if !yield(v.members[i].name, &v.members[i].value) {
				return
			}
		}
		for i := range v.items {
			if !yield(strconv.Itoa(i), &v.items[i]) {
				return
			}
		}
	}
}

// one is the only value that a pointer without "*" leads to.
func one(v *value, from *place, p model.Pointer) (at, bool) {
	found := resolve(v, from, p, nil)
	if len(found) == 0 {
		return at{}, false
	}
	return found[0], true
}

func (r *run) relation(s *model.Schema, rel *model.Relation, v *value, from *place) {
	switch rel.Kind {
	case model.RelationCount:
		count, ok := one(v, from, rel.Subject)
		list, listed := one(v, from, rel.Others[0])
		if ok && listed && count.value.kind == "number" && list.value.kind == "array" &&
			newNumber(count.value.text).rat().Cmp(new(big.Rat).SetInt64(int64(len(list.value.items)))) != 0 {
			r.unrelated(s, rel, count, plural(len(list.value.items), "item"))
		}
	case model.RelationOrdered:
		first, ok := one(v, from, rel.Subject)
		last, found := one(v, from, rel.Others[0])
		if ok && found && after(first.value, last.value) && holdAll(v, from, rel.When, nil) {
			r.unrelated(s, rel, first, "")
		}
	case model.RelationUnique:
		r.unique(s, rel, v, from)
	case model.RelationEndsIn:
		r.endsIn(s, rel, v, from)
	case model.RelationExactlyOne:
		n := 0
		for _, p := range rel.Others {
			if a, ok := one(v, from, p); ok && a.value.kind != "null" {
				n++
			}
		}
		if n != 1 {
			r.add(from, s, v.at, validate.ClassRelation, "x-relations", rel.String(), strconv.Itoa(n)+" of them")
		}
	case model.RelationWhen:
		if !holdAll(v, from, rel.When, nil) {
			return
		}
		for _, c := range rel.Then {
			if holds(v, from, c, nil) {
				continue
			}
			a, ok := one(v, from, c.Pointer)
			if !ok {
				a = at{value: &value{kind: "null", text: "nothing", at: v.at}, place: from}
				for _, token := range c.Pointer {
					a.place = a.place.below(token)
				}
			}
			r.unrelated(s, rel, a, "")
		}
	}
}

// unrelated reports the value at a; what stands against it is in more.
func (r *run) unrelated(s *model.Schema, rel *model.Relation, a at, more string) {
	expected := rel.String()
	if more != "" {
		expected += ", " + more
	}
	r.add(a.place, s, a.value.at, validate.ClassRelation, "x-relations", expected, r.got(a.value, a.place))
	if last := len(r.found) - 1; rel.Ruling != "" && last >= 0 {
		r.found[last].Ruling = rel.Ruling
	}
}

func (r *run) unique(s *model.Schema, rel *model.Relation, v *value, from *place) {
	list, ok := one(v, from, rel.Subject)
	if !ok || list.value.kind != "array" {
		return
	}
	seen := map[string]bool{}
	for i := range list.value.items {
		item := at{value: &list.value.items[i], place: list.place.below(strconv.Itoa(i))}
		if len(rel.Others) > 0 {
			if item, ok = one(item.value, item.place, rel.Others[0]); !ok {
				continue
			}
		}
		key := item.value.key()
		if seen[key] {
			r.unrelated(s, rel, item, "")
		}
		seen[key] = true
	}
}

func (r *run) endsIn(s *model.Schema, rel *model.Relation, v *value, from *place) {
	end, ok := one(v, from, rel.Others[0])
	if !ok || end.value.kind != "string" {
		return
	}
	for _, a := range resolve(v, from, rel.Subject, nil) {
		if a.value.kind == "string" && holdAll(v, from, rel.When, a.stars) && !strings.HasSuffix(a.value.text, end.value.text) {
			r.unrelated(s, rel, a, "")
		}
	}
}

func holdAll(v *value, from *place, conditions []model.Condition, stars []string) bool {
	for _, c := range conditions {
		if !holds(v, from, c, stars) {
			return false
		}
	}
	return true
}

// holds judges a condition; of several values all must meet it.
func holds(v *value, from *place, c model.Condition, stars []string) bool {
	found := resolve(v, from, c.Pointer, stars)
	if len(found) == 0 {
		return c.Demand == model.DemandNull || c.Demand == model.DemandAbsent
	}
	for _, a := range found {
		if !a.value.meets(c) {
			return false
		}
	}
	return true
}

func (v *value) meets(c model.Condition) bool {
	switch c.Demand {
	case model.DemandNull:
		return v.kind == "null"
	case model.DemandPresent:
		return v.kind != "null"
	case model.DemandAbsent:
		return false
	}
	for _, l := range c.Values {
		if v.equals(l) {
			return true
		}
	}
	return false
}

// after reports whether a comes after b: numbers by value, times as instants,
// everything else not at all.
func after(a, b *value) bool {
	if a.kind == "number" && b.kind == "number" {
		return newNumber(a.text).rat().Cmp(newNumber(b.text).rat()) > 0
	}
	if a.kind != "string" || b.kind != "string" {
		return false
	}
	x, okX := instant(a.text)
	y, okY := instant(b.text)
	return okX && okY && x.After(y)
}

// instant reads RFC 3339 and the same without a zone, which Nova writes for UTC.
func instant(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
