package mutant

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// relate changes an object until it keeps its schema's relations.
func (m *Maker) relate(s *model.Schema, o sample.Object, depth int) (sample.Object, error) {
	for range 4 {
		for i := range s.Relations {
			var err error
			if o, err = m.mend(s, o, &s.Relations[i], depth); err != nil {
				return nil, err
			}
		}
	}
	return o, nil
}

// member is the value of an object's member, and its place; -1 if it is absent.
func member(o sample.Object, name string) (sample.Value, int) {
	for i := range o {
		if o[i].Name == name {
			return o[i].Value, i
		}
	}
	return nil, -1
}

// find is the value that a pointer without "*" leads to, nil if there is none.
func find(v sample.Value, p model.Pointer) sample.Value {
	for _, token := range p {
		o, ok := v.(sample.Object)
		if !ok {
			return nil
		}
		v, _ = member(o, token)
	}
	return v
}

// put sets the value that a pointer leads to, or removes it if v is nil. Only the
// objects on the way that are there are changed.
func put(o sample.Object, p model.Pointer, v sample.Value) sample.Object {
	old, i := member(o, p[0])
	if len(p) > 1 {
		if below, ok := old.(sample.Object); ok {
			o = slices.Clone(o)
			o[i].Value = put(below, p[1:], v)
		}
		return o
	}
	switch {
	case v == nil && i >= 0:
		return slices.Delete(slices.Clone(o), i, i+1)
	case v == nil:
		return o
	case i >= 0:
		o = slices.Clone(o)
		o[i].Value = v
		return o
	}
	return append(slices.Clone(o), sample.Member{Name: p[0], Value: v})
}

func isNull(v sample.Value) bool { return v == sample.Null }

func present(v sample.Value) bool { return v != nil && !isNull(v) }

func holds(o sample.Object, c model.Condition) bool {
	v := find(o, c.Pointer)
	switch c.Demand {
	case model.DemandNull:
		return !present(v)
	case model.DemandPresent:
		return present(v)
	case model.DemandAbsent:
		return v == nil
	}
	return v != nil && slices.ContainsFunc(c.Values, func(l model.Literal) bool { return string(sample.JSON(v)) == l.String() })
}

func allHold(o sample.Object, list []model.Condition) bool {
	return !slices.ContainsFunc(list, func(c model.Condition) bool { return !holds(o, c) })
}

func (m *Maker) mend(s *model.Schema, o sample.Object, r *model.Relation, depth int) (sample.Object, error) {
	switch r.Kind {
	case model.RelationCount:
		if list, ok := find(o, r.Others[0]).(sample.List); ok && present(find(o, r.Subject)) {
			o = put(o, r.Subject, sample.Int(len(list)))
		}
	case model.RelationOrdered:
		a, b := find(o, r.Subject), find(o, r.Others[0])
		if present(a) && present(b) && after(a, b) && allHold(o, r.When) {
			o = put(put(o, r.Subject, b), r.Others[0], a)
		}
	case model.RelationUnique:
		return m.distinct(s, o, r, depth)
	case model.RelationEndsIn:
		return m.endings(o, r), nil
	case model.RelationExactlyOne:
		return m.exactlyOne(s, o, r, depth)
	case model.RelationWhen:
		if allHold(o, r.When) {
			return m.demand(s, o, r, depth)
		}
	}
	return o, nil
}

// after compares numbers, or times that are spelt alike.
func after(a, b sample.Value) bool {
	x, y := string(sample.JSON(a)), string(sample.JSON(b))
	p, ok := new(big.Rat).SetString(x)
	q, alsoOK := new(big.Rat).SetString(y)
	if ok && alsoOK {
		return p.Cmp(q) > 0
	}
	return x > y
}

// fresh is a new value for the member that a pointer leads to, not null.
func (m *Maker) fresh(s *model.Schema, p model.Pointer, depth int) (sample.Value, error) {
	for _, token := range p {
		s = shape(s)
		i := slices.IndexFunc(s.Properties, func(q model.Property) bool { return q.Name == token })
		if i < 0 {
			return nil, fmt.Errorf("%s: no member %s", s.At, token)
		}
		s = s.Properties[i].Schema
	}
	full := *m
	full.Full = true
	return full.value(s, depth+1)
}

func (m *Maker) distinct(s *model.Schema, o sample.Object, r *model.Relation, depth int) (sample.Object, error) {
	list, ok := find(o, r.Subject).(sample.List)
	if !ok || len(r.Others) == 0 {
		return o, nil
	}
	items := shape(s)
	for _, token := range r.Subject {
		i := slices.IndexFunc(items.Properties, func(q model.Property) bool { return q.Name == token })
		items = shape(items.Properties[i].Schema)
	}
	seen := map[string]bool{}
	var kept sample.List
	for _, item := range list {
		v := find(item, r.Others[0])
		for tries := 0; v != nil && seen[string(sample.JSON(v))] && tries < 20; tries++ {
			fresh, err := m.value(items.Items, depth+1)
			if err != nil {
				return nil, err
			}
			item = fresh
			v = find(item, r.Others[0])
		}
		if v != nil && seen[string(sample.JSON(v))] {
			continue // there are no more different values
		}
		if v != nil {
			seen[string(sample.JSON(v))] = true
		}
		kept = append(kept, item)
	}
	if kept == nil {
		kept = sample.List{}
	}
	return put(o, r.Subject, kept), nil
}

// endings lets texts end in the value of another member.
func (m *Maker) endings(o sample.Object, r *model.Relation) sample.Object {
	of := find(o, r.Others[0])
	if !present(of) {
		return o
	}
	end := unquote(of)
	if len(r.Subject) == 1 {
		if v := find(o, r.Subject); present(v) && !strings.HasSuffix(unquote(v), end) {
			o = put(o, r.Subject, of)
		}
		return o
	}
	list, ok := find(o, r.Subject[:1]).(sample.List)
	if !ok || len(r.Subject) != 3 {
		return o
	}
	out := slices.Clone(list)
	for i, item := range out {
		link, ok := item.(sample.Object)
		if !ok {
			continue
		}
		if meant(link, r) && present(find(link, r.Subject[2:])) && !strings.HasSuffix(unquote(find(link, r.Subject[2:])), end) {
			out[i] = put(link, r.Subject[2:], sample.Text("https://ecs.example.com/v2.1/things/"+end))
		}
	}
	return put(o, r.Subject[:1], out)
}

// meant reports whether an item keeps the conditions beside the subject.
func meant(item sample.Object, r *model.Relation) bool {
	return !slices.ContainsFunc(r.When, func(c model.Condition) bool {
		below := c
		below.Pointer = c.Pointer[2:]
		return !holds(item, below)
	})
}

func (m *Maker) exactlyOne(s *model.Schema, o sample.Object, r *model.Relation, depth int) (sample.Object, error) {
	var there []model.Pointer
	for _, p := range r.Others {
		if present(find(o, p)) {
			there = append(there, p)
		}
	}
	if len(there) == 0 {
		p := r.Others[m.Rand.IntN(len(r.Others))]
		v, err := m.fresh(s, p, depth)
		if err != nil {
			return nil, err
		}
		return put(o, p, v), nil
	}
	for _, p := range there[1:] {
		o = put(o, p, nil)
	}
	return o, nil
}

func (m *Maker) demand(s *model.Schema, o sample.Object, r *model.Relation, depth int) (sample.Object, error) {
	for _, c := range r.Then {
		if holds(o, c) {
			continue
		}
		switch c.Demand {
		case model.DemandNull:
			o = put(o, c.Pointer, sample.Null)
			if !nullable(s, c.Pointer) {
				o = put(o, c.Pointer, nil)
			}
		case model.DemandAbsent:
			o = put(o, c.Pointer, nil)
		case model.DemandPresent:
			v, err := m.fresh(s, c.Pointer, depth)
			if err != nil {
				return nil, err
			}
			o = put(o, c.Pointer, v)
		default:
			o = put(o, c.Pointer, sample.Raw(c.Values[0].String()))
		}
	}
	return o, nil
}

// nullable reports whether the member that a pointer leads to may be null.
func nullable(s *model.Schema, p model.Pointer) bool {
	for _, token := range p {
		s = shape(s)
		i := slices.IndexFunc(s.Properties, func(q model.Property) bool { return q.Name == token })
		if i < 0 {
			return false
		}
		s = s.Properties[i].Schema
	}
	return takes(shape(s), "null")
}

// takes reports whether a schema allows values of a type.
func takes(s *model.Schema, kind string) bool {
	s = shape(s)
	for _, sub := range slices.Concat(s.AnyOf, s.OneOf) {
		if takes(sub, kind) {
			return true
		}
	}
	if len(s.AnyOf)+len(s.OneOf) > 0 {
		return false
	}
	literals := s.Enum
	if s.Const != nil {
		literals = []model.Literal{*s.Const}
	}
	if literals != nil && !slices.ContainsFunc(literals, func(l model.Literal) bool {
		return l.Type == kind || kind == "integer" && l.Type == "number"
	}) {
		return false
	}
	return len(s.Types) == 0 || slices.Contains(s.Types, kind) || kind == "integer" && slices.Contains(s.Types, "number")
}
