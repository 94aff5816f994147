package schema

import (
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// branch is one alternative as it was tried.
type branch struct {
	schema *model.Schema
	found  []found
	with   *object
	// shape counts how much of the value the alternative recognises: -1 if it
	// is of another type, else the number of documented members.
	shape int
	// wrong counts the members that have another value than the few that are
	// allowed: mostly a name for the kind of object.
	wrong int
}

func (b *branch) fits() bool { return !severe(b.found) }

// closer reports whether b explains a value better than c: more of it
// recognised, then fewer objections.
func (b *branch) closer(c *branch) bool {
	switch {
	case c == nil:
		return true
	case b.fits() != c.fits():
		return b.fits()
	case !b.fits() && (b.shape < 0) != (c.shape < 0):
		return c.shape < 0
	case !b.fits() && b.wrong != c.wrong:
		return b.wrong < c.wrong
	case !b.fits() && b.shape != c.shape:
		return b.shape > c.shape
	}
	return len(b.found) < len(c.found)
}

// branches judges anyOf and oneOf. If no alternative fits, the objections of
// the one that was meant are reported, if it can be told.
func (r *run) branches(s *model.Schema, list []*model.Schema, keyword string, v *value, at *place, o *object) {
	var best *branch
	var fits []*branch
	tie := false
	for _, sub := range list {
		if !r.exists(sub.Versions) {
			continue
		}
		b := r.branch(sub, v, at, o)
		if b.fits() {
			fits = append(fits, b)
		}
		tie = best != nil && !b.closer(best) && !best.closer(b)
		if b.closer(best) {
			best = b
		}
	}
	switch {
	case len(fits) == 0 && r.otherVersion(list, v, at, o):
	case len(fits) == 0 && (best == nil || best.shape < 0 || tie):
		r.broken(at, s, v, keyword, alternatives(list))
	case len(fits) == 0:
		r.found = append(r.found, best.found...)
		o.merge(best.with)
	default:
		if keyword == "oneOf" && len(fits) > 1 {
			names := make([]string, len(fits))
			for i, b := range fits {
				names[i] = describe(b.schema)
			}
			r.broken(at, s, v, keyword, "just one of "+strings.Join(names, ", "))
		}
		r.found = append(r.found, best.found...)
		for _, b := range fits {
			o.merge(b.with)
		}
	}
}

func (r *run) branch(s *model.Schema, v *value, at *place, o *object) *branch {
	b := &branch{schema: s}
	var fresh *object
	if o != nil {
		fresh = &object{known: make([]bool, len(o.known))}
	}
	b.found, b.with = r.try(s, v, at, fresh)
	for _, f := range b.found {
		if f.at == v.at && f.Keyword == "type" && f.place.depth() == at.depth() {
			b.shape = -1
			return b
		}
		if (f.Keyword == "enum" || f.Keyword == "const") && f.Severity == validate.Violation && f.place.depth() == at.depth()+1 && v.kind == "object" {
			b.wrong++
		}
	}
	if b.with != nil {
		for _, known := range b.with.known {
			if known {
				b.shape++
			}
		}
	}
	return b
}

// otherVersion reports a value that only fits at other microversions.
func (r *run) otherVersion(list []*model.Schema, v *value, at *place, o *object) bool {
	for _, sub := range list {
		if r.exists(sub.Versions) {
			continue
		}
		tried, with := r.try(sub, v, at, o)
		if severe(tried) {
			continue
		}
		o.merge(with)
		r.add(at.as(sub), sub, v.at, validate.ClassVersion, "x-microversion",
			"no such value at "+r.version.String()+": it belongs to "+sub.Versions.String(), r.got(v, at))
		return true
	}
	return false
}

func alternatives(list []*model.Schema) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = describe(s)
	}
	return strings.Join(names, " or ")
}

// describe names a schema in a few words.
func describe(s *model.Schema) string {
	switch {
	case s.Ref != nil:
		return describe(s.Ref)
	case s.Name != "":
		return s.Name
	case s.Const != nil:
		return s.Const.String()
	case s.Enum != nil:
		return enumWords(s.Enum)
	case len(s.Types) > 0:
		return typeWords(s.Types)
	}
	return "another schema"
}
