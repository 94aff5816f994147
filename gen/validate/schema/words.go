package schema

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// maxFindings is how many findings a message may have, maxKept how many are
// weighed against each other, and maxExcerpt how many bytes of a value one shows.
const (
	maxFindings = 100
	maxKept     = 2000
	maxExcerpt  = 48
)

// broken reports a value that breaks a keyword of its schema.
func (r *run) broken(at *place, s *model.Schema, v *value, keyword, expected string) {
	r.add(at, s, v.at, validate.ClassSchema, keyword, expected, r.got(v, at))
}

// counted is broken for keywords that count.
func (r *run) counted(at *place, s *model.Schema, v *value, keyword, expected, got string) {
	r.add(at, s, v.at, validate.ClassSchema, keyword, expected, got)
}

// add reports a violation at an offset.
func (r *run) add(at *place, s *model.Schema, offset int, class validate.Class, keyword, expected, got string) {
	r.report(validate.Violation, at, s, offset, class, keyword, expected, got)
}

// report is add for any severity.
func (r *run) report(severity validate.Severity, at *place, s *model.Schema, offset int, class validate.Class, keyword, expected, got string) {
	f := found{at: offset, place: at, rulings: at.rulings, Finding: validate.Finding{
		Class: class, Severity: severity, Keyword: keyword,
		Expected: expected, Got: got, Source: r.source(at.source),
	}}
	if s != nil {
		f.Ruling, f.Requirement = only(s.Rulings), only(s.Requirements)
		if f.Ruling == "" && s.Ref != nil {
			f.Ruling = only(s.Ref.Rulings)
		}
		if f.Requirement == "" && s.Ref != nil {
			f.Requirement = only(s.Ref.Requirements)
		}
	}
	r.keep(f)
}

// keep appends a finding. Beyond the limit only violations are of interest, and
// of those one.
func (r *run) keep(f found) {
	switch {
	case len(r.found) < maxKept:
		r.found = append(r.found, f)
	case f.Severity == validate.Violation && !severe(r.found[maxKept-1:]):
		r.found[maxKept-1] = f
		r.dropped++
	default:
		r.dropped++
	}
}

// only is the id of a list of one: of several nobody knows which applies.
func only(ids []string) string {
	if len(ids) == 1 {
		return ids[0]
	}
	return ""
}

// source names the places of the documents, of several those in the sections
// of the operation.
func (r *run) source(sources []string) string {
	if len(sources) < 2 {
		return strings.Join(sources, "")
	}
	inside := slices.DeleteFunc(slices.Clone(sources), func(source string) bool {
		return !slices.ContainsFunc(r.sections, func(section string) bool { return source == section || strings.HasPrefix(source, section+" ") })
	})
	if len(inside) > 0 {
		sources = inside
	}
	return strings.Join(sources, ", ")
}

// section is a source without table, example or prose: "ecs 5.1.1".
func section(source string) string {
	words := strings.Fields(source)
	return strings.Join(words[:min(2, len(words))], " ")
}

// got is a value in a few words, or none if it is a secret.
func (r *run) got(v *value, at *place) string {
	switch {
	case at.secret:
		return "a secret value"
	case v.kind == "object":
		return "an object"
	case v.kind == "array":
		return "an array"
	case v.end > v.at && v.end <= len(r.body):
		return cut(string(r.body[v.at:v.end]))
	case v.kind == "string":
		return short(v.text)
	}
	return cut(v.text)
}

// short is a text in quotes, cut where it is long.
func short(s string) string {
	if len(s) > maxExcerpt {
		s = cut(s)
	}
	return strconv.Quote(s)
}

func cut(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD") // headers and queries may hold anything
	if len(s) <= maxExcerpt {
		return s
	}
	n := maxExcerpt
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

func typeWords(types []string) string {
	words := make([]string, len(types))
	for i, t := range types {
		switch t {
		case "null":
			words[i] = "null"
		case "integer", "object", "array":
			words[i] = "an " + t
		default:
			words[i] = "a " + t
		}
	}
	return strings.Join(words, " or ")
}

// enumWords lists allowed values, long lists cut.
func enumWords(list []model.Literal) string {
	words := make([]string, 0, len(list))
	for _, l := range list {
		words = append(words, l.String())
	}
	if len(words) == 1 {
		return words[0]
	}
	if n := len(words); n > 12 {
		words = append(words[:12], fmt.Sprintf("%d more", n-12))
	}
	return "one of " + strings.Join(words, ", ")
}

func ratText(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// findings are what was found, in the order of the message.
func (r *run) findings() []validate.Finding {
	explained := r.explained()
	if explained == nil {
		return nil
	}
	list := make([]validate.Finding, len(explained))
	for i, e := range explained {
		list[i] = e.Finding
	}
	return list
}

// explained are the findings and the rulings of their places. If there is too
// much, notes go first and violations last.
func (r *run) explained() []Explained {
	if len(r.found) == 0 {
		return nil
	}
	dropped := r.dropped
	for _, severity := range []validate.Severity{validate.Note, validate.Deviation, validate.Violation} {
		room := maxFindings
		for _, f := range r.found {
			if f.Severity != severity {
				room--
			}
		}
		kept := r.found[:0]
		for _, f := range r.found {
			if f.Severity == severity {
				if room--; room < 0 {
					dropped++
					continue
				}
			}
			kept = append(kept, f)
		}
		r.found = kept
	}
	slices.SortStableFunc(r.found, func(a, b found) int { return cmp.Compare(a.at, b.at) })
	list := make([]Explained, len(r.found), len(r.found)+1)
	for i, f := range r.found {
		f.Pointer = f.place.pointer()
		list[i] = Explained{f.Finding, f.rulings}
	}
	if dropped > 0 {
		list = append(list, Explained{Finding: validate.Finding{
			Class: validate.ClassSchema, Severity: validate.Note, Keyword: "limit",
			Expected: fmt.Sprintf("at most %d findings", maxFindings), Got: fmt.Sprintf("%d more", dropped),
		}})
	}
	return list
}
