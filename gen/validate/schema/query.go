package schema

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// query judges the raw query: every documented parameter, and every pair that
// no document names.
func (r *run) query(op *model.Operation, m *validate.Message) {
	values, order := r.pairs(m.Query, op.Sources)
	for _, p := range op.Parameters {
		if p.In != "query" {
			continue
		}
		given, ok := values[p.Name]
		here := r.part("query:"+p.Name, p, op.Sources)
		if r.parameter(p, ok, here, atQuery) {
			r.simple(p, given, here, atQuery)
		}
	}
	for _, name := range order {
		documented := slices.ContainsFunc(op.Parameters, func(p *model.Parameter) bool { return p.In == "query" && p.Name == name })
		if !documented {
			r.report(validate.Note, &place{prefix: "query:" + printable(name), source: op.Sources}, nil, atQuery,
				validate.ClassUndocumented, "undocumented", "no parameter but the documented ones", "the parameter "+short(name))
		}
	}
}

// printable is a name as a report can show it.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, cut(name))
}

// pairs splits a query; order holds each name once.
func (r *run) pairs(raw string, source []string) (values map[string][]string, order []string) {
	values = map[string][]string{}
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, text, _ := strings.Cut(pair, "=")
		name, errName := url.QueryUnescape(name)
		text, errText := url.QueryUnescape(text)
		if errName != nil || errText != nil {
			r.add(&place{prefix: "query:", source: source}, nil, atQuery, validate.ClassSyntax, "syntax",
				"percent-encoded pairs joined by &", "another form")
			continue
		}
		if _, ok := values[name]; !ok {
			order = append(order, name)
		}
		values[name] = append(values[name], text)
	}
	return values, order
}
