package mutant

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// Maker makes instances of schemas at a microversion.
type Maker struct {
	Rand *rand.Rand
	// Version is what members must exist at; zero for APIs without.
	Version microversion.Version
	// Full gives every object all of its members and every value that may be null
	// another one; otherwise chance decides.
	Full bool
}

// Instance is a value that keeps a schema, or an error that says which part of the
// schema nobody can make.
func (m *Maker) Instance(s *model.Schema) (sample.Value, error) { return m.instance(s, 0) }

func (m *Maker) instance(s *model.Schema, depth int) (sample.Value, error) {
	if s == nil {
		return m.any(), nil
	}
	return m.value(s, depth)
}

// deepest is how deep objects are filled with members that may be left out.
const deepest = 8

func (m *Maker) exists(v microversion.Version, s *model.Schema) bool {
	r := versions(s)
	return v.IsZero() || r.Contains(v)
}

// versions are the microversions of a schema, or of what it refers to.
func versions(s *model.Schema) microversion.Range {
	for ; s.Ref != nil && s.Versions == (microversion.Range{}); s = s.Ref {
	}
	return s.Versions
}

// shape follows references and joins allOf.
func shape(s *model.Schema) *model.Schema {
	for s.Ref != nil {
		s = s.Ref
	}
	if len(s.AllOf) == 0 {
		return s
	}
	c := *s
	c.AllOf = nil
	for _, sub := range s.AllOf {
		t := shape(sub)
		c.Types = t.Types
		c.Properties = slices.Concat(c.Properties, t.Properties)
		c.Required = slices.Concat(c.Required, t.Required)
		c.Relations = slices.Concat(c.Relations, t.Relations)
		c.Deviations = slices.Concat(c.Deviations, t.Deviations)
		if t.AdditionalProperties != nil {
			c.AdditionalProperties = t.AdditionalProperties
		}
	}
	return &c
}

func (m *Maker) any() sample.Value { return sample.Text("anything") }

func (m *Maker) value(s *model.Schema, depth int) (sample.Value, error) {
	s = shape(s)
	if branches := slices.Concat(s.AnyOf, s.OneOf); len(branches) > 0 {
		return m.branch(branches, depth)
	}
	if s.Const != nil {
		return sample.Raw(s.Const.String()), nil
	}
	if s.Enum != nil {
		list := slices.DeleteFunc(slices.Clone(s.Enum), func(l model.Literal) bool { return l.Type == "null" })
		if len(list) == 0 || !m.Full && len(list) < len(s.Enum) && m.Rand.IntN(8) == 0 {
			return sample.Null, nil
		}
		return sample.Raw(list[m.Rand.IntN(len(list))].String()), nil
	}
	types := slices.DeleteFunc(slices.Clone(s.Types), func(t string) bool { return t == "null" })
	switch {
	case len(s.Types) == 0:
		return m.any(), nil
	case len(types) == 0:
		return sample.Null, nil
	case len(types) < len(s.Types) && !m.Full && m.Rand.IntN(8) == 0:
		return sample.Null, nil
	}
	switch kind := types[m.Rand.IntN(len(types))]; kind {
	case "string":
		return m.text(s)
	case "integer":
		n, err := m.integer(s)
		return sample.Raw(n.String()), err
	case "number":
		return m.number(s), nil
	case "boolean":
		return sample.Raw([]string{"true", "false"}[m.Rand.IntN(2)]), nil
	case "array":
		return m.list(s, depth)
	case "object":
		return m.object(s, depth)
	default:
		return nil, fmt.Errorf("%s: a value of type %s", s.At, kind)
	}
}

func (m *Maker) branch(list []*model.Schema, depth int) (sample.Value, error) {
	var last error
	for _, k := range m.Rand.Perm(len(list)) {
		if !m.exists(m.Version, list[k]) {
			continue
		}
		v, err := m.value(list[k], depth)
		if err == nil {
			return v, nil
		}
		last = err
	}
	if last == nil {
		last = fmt.Errorf("%s: no branch exists at %s", list[0].At, m.Version)
	}
	return nil, last
}

// integer is near to a bound as often as not.
func (m *Maker) integer(s *model.Schema) (*big.Int, error) {
	low, high := bounds(s)
	step := big.NewInt(1)
	if s.MultipleOf != nil {
		step = s.MultipleOf.Num()
	}
	switch {
	case low == nil && high == nil:
		low, high = big.NewInt(0), big.NewInt(100)
	case low == nil:
		low = new(big.Int).Sub(high, big.NewInt(100))
	case high == nil:
		high = new(big.Int).Add(low, big.NewInt(100))
	}
	span := new(big.Int).Sub(high, low)
	if span.Sign() < 0 {
		return low, fmt.Errorf("%s: no integer is between %s and %s", s.At, low, high)
	}
	n := new(big.Int).Set(low)
	switch m.Rand.IntN(3) {
	case 0:
		n.Set(high)
	case 1:
		if span.IsInt64() && span.Int64() < 1<<62 {
			n.Add(low, big.NewInt(m.Rand.Int64N(span.Int64()+1)))
		}
	}
	// Down to a multiple, or up to the first one.
	n.Sub(n, new(big.Int).Mod(n, step))
	if n.Cmp(low) < 0 {
		n.Add(n, step)
	}
	return n, nil
}

// bounds are the least and the greatest integer that a schema allows, nil for none.
func bounds(s *model.Schema) (low, high *big.Int) {
	one := big.NewInt(1)
	if s.Minimum != nil {
		low = ceil(s.Minimum)
	}
	if s.ExclusiveMinimum != nil {
		low = new(big.Int).Add(floor(s.ExclusiveMinimum), one)
	}
	if s.Maximum != nil {
		high = floor(s.Maximum)
	}
	if s.ExclusiveMaximum != nil {
		high = new(big.Int).Sub(ceil(s.ExclusiveMaximum), one)
	}
	bits := map[string]uint{"int32": 31, "int64": 63}[s.Format]
	if bits > 0 {
		limit := new(big.Int).Lsh(one, bits)
		if low == nil {
			low = new(big.Int).Neg(limit)
		}
		if high == nil {
			high = new(big.Int).Sub(limit, one)
		}
	}
	return low, high
}

func floor(r *big.Rat) *big.Int { return new(big.Int).Div(r.Num(), r.Denom()) }

func ceil(r *big.Rat) *big.Int {
	n := new(big.Int).Neg(r.Num())
	return n.Neg(n.Div(n, r.Denom()))
}

func (m *Maker) number(s *model.Schema) sample.Value {
	low, high := s.Minimum, s.Maximum
	if low == nil {
		low = s.ExclusiveMinimum
	}
	if high == nil {
		high = s.ExclusiveMaximum
	}
	switch {
	case low == nil && high == nil:
		return sample.Raw("1.5")
	case low == nil:
		low = new(big.Rat).Sub(high, big.NewRat(2, 1))
	case high == nil:
		high = new(big.Rat).Add(low, big.NewRat(2, 1))
	}
	middle := new(big.Rat).Add(low, high)
	return sample.Raw(middle.Quo(middle, big.NewRat(2, 1)).FloatString(3))
}

func (m *Maker) list(s *model.Schema, depth int) (sample.Value, error) {
	least, most := 0, 3
	if s.MinItems != nil {
		least = *s.MinItems
	}
	most = max(most, least)
	if s.MaxItems != nil {
		most = min(most, *s.MaxItems)
	}
	n := most
	if !m.Full && most > least {
		n = least + m.Rand.IntN(most-least+1)
	} else if m.Full {
		n = min(most, max(least, 2))
	}
	out := sample.List{}
	for tries := 0; len(out) < n && tries < 20*n; tries++ {
		v, err := m.instance(s.Items, depth+1)
		if err != nil {
			return nil, err
		}
		if s.UniqueItems && slices.ContainsFunc(out, func(w sample.Value) bool { return string(sample.JSON(w)) == string(sample.JSON(v)) }) {
			continue
		}
		out = append(out, v)
	}
	if len(out) < least {
		return nil, fmt.Errorf("%s: there are no %d different items", s.At, least)
	}
	return out, nil
}

func (m *Maker) object(s *model.Schema, depth int) (sample.Value, error) {
	out := sample.Object{}
	for _, p := range s.Properties {
		if !m.exists(m.Version, p.Schema) {
			continue
		}
		required := slices.Contains(s.Required, p.Name)
		if !required && (depth > deepest || !m.Full && m.Rand.IntN(2) == 0) {
			continue
		}
		v, err := m.value(p.Schema, depth+1)
		if err != nil {
			if required {
				return nil, err
			}
			continue
		}
		out = append(out, sample.Member{Name: p.Name, Value: v})
	}
	if s.AdditionalProperties != nil {
		var err error
		if out, err = m.entries(s, out, depth); err != nil {
			return nil, err
		}
	}
	if !m.Full {
		m.Rand.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	if s.MaxProperties != nil && len(out) > *s.MaxProperties {
		out = slices.DeleteFunc(out, func(x sample.Member) bool { return !slices.Contains(s.Required, x.Name) })
	}
	return m.relate(s, out, depth)
}

// entries adds members whose names are data.
func (m *Maker) entries(s *model.Schema, out sample.Object, depth int) (sample.Object, error) {
	least, most := 0, 2
	if s.MinProperties != nil {
		least = *s.MinProperties
	}
	if s.MaxProperties != nil {
		most = min(most, *s.MaxProperties)
	}
	n := max(least, most)
	if !m.Full && most > least {
		n = least + m.Rand.IntN(most-least+1)
	}
	for k := len(out); k < n; k++ {
		name := fmt.Sprintf("key%d", k)
		if s.PropertyNames != nil {
			v, err := m.value(s.PropertyNames, depth+1)
			if err != nil {
				return nil, err
			}
			if name = unquote(v); slices.ContainsFunc(out, func(x sample.Member) bool { return x.Name == name }) {
				continue
			}
		}
		v, err := m.value(s.AdditionalProperties, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, sample.Member{Name: name, Value: v})
	}
	return out, nil
}
