package message

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// parameter judges one parameter: whether it may and must be there, and each
// of its values. More holds the values after the first.
func (j *judgement) parameter(p *Parameter, given bool, text string, more []string) {
	switch {
	case given && !p.Life.at(j.epoch):
		j.part(p, validate.ClassVersion, "x-microversion",
			"no such parameter at "+j.version.String()+": it belongs to "+p.Life.Says, "the parameter "+p.Name)
		if !j.outside(p.Outside) {
			return
		}
	case !given && p.Required && p.Life.at(j.epoch):
		j.part(p, validate.ClassSchema, "required", "the parameter "+p.Name, "nothing")
	}
	if !given || p.Value == nil {
		return
	}
	if p.Kinds&Array != 0 {
		j.list(p, text, more)
		return
	}
	j.text(p, text)
	for _, t := range more {
		j.text(p, t)
	}
}

func (j *judgement) part(p *Parameter, class validate.Class, keyword, expected, got string) {
	j.add(validate.Finding{Class: class, Severity: validate.Violation, Pointer: p.In + ":" + p.Name, Keyword: keyword,
		Expected: expected, Got: got, Source: p.Source, Ruling: p.Ruling, Requirement: p.Requirement})
}

// text judges one value as the JSON value that it stands for.
func (j *judgement) text(p *Parameter, text string) {
	j.scan.Scratch = appendPlain(j.scan.Scratch[:0], text, p.Kinds)
	j.value(p)
}

func (j *judgement) list(p *Parameter, text string, more []string) {
	texts := append([]string{text}, more...)
	if !p.Explode {
		texts = strings.Split(strings.Join(texts, ","), ",")
	}
	list := j.scan.Scratch[:0]
	list = append(list, '[')
	for i, t := range texts {
		if i > 0 {
			list = append(list, ',')
		}
		list = appendPlain(list, t, p.Items)
	}
	list = append(list, ']')
	j.scan.Scratch = list
	j.value(p)
}

func (j *judgement) value(p *Parameter) {
	if j.scan.Run(j.scan.Scratch, j.epoch, j.version, j.profile, p.Value) {
		return
	}
	for _, f := range j.scan.Findings() {
		f.Pointer = p.In + ":" + p.Name + f.Pointer
		if f.Source == "" {
			f.Source = p.Source
		}
		if f.Ruling == "" {
			f.Ruling = p.Ruling
		}
		if f.Requirement == "" {
			f.Requirement = p.Requirement
		}
		j.add(f)
	}
}

// appendPlain appends a text of the path, query or header as the JSON value
// that it stands for: a number where only a number is documented.
func appendPlain(b []byte, text string, kinds Kinds) []byte {
	if kinds&String == 0 && kinds != 0 {
		number, integer := isNumber(text)
		switch {
		case number && (kinds&Number != 0 || integer && kinds&Integer != 0),
			kinds&Boolean != 0 && (text == "true" || text == "false"),
			kinds&Null != 0 && text == "null":
			return append(b, text...)
		}
	}
	return appendJSON(b, text)
}

// isNumber reports whether text is a JSON number, and whether an integer.
func isNumber(text string) (number, integer bool) {
	t := strings.TrimPrefix(text, "-")
	digits := len(t) - len(strings.TrimLeft(t, "0123456789"))
	if digits == 0 || digits > 1 && t[0] == '0' {
		return false, false
	}
	if digits == len(t) {
		return true, true
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.ContainsAny(t, "xXpP_nN") || strings.HasSuffix(t, ".") {
		return false, false
	}
	return true, v == float64(int64(v))
}

// appendJSON appends text as a JSON string; bytes that are no UTF-8 become U+FFFD.
func appendJSON(b []byte, text string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = append(b, string(r)...)
		}
	}
	return append(b, '"')
}

// query judges the raw query: every documented parameter, and every pair that
// no document names.
func (j *judgement) query() {
	var values map[string][]string
	var order []string
	if j.m.Query != "" {
		values, order = j.pairs()
	}
	for i := range j.op.Parameters {
		if p := &j.op.Parameters[i]; p.In == "query" {
			if given := values[p.Name]; len(given) > 0 {
				j.parameter(p, true, given[0], given[1:])
			} else {
				j.parameter(p, false, "", nil)
			}
		}
	}
	for _, name := range order {
		documented := slices.ContainsFunc(j.op.Parameters, func(p Parameter) bool { return p.In == "query" && p.Name == name })
		if !documented {
			j.add(validate.Finding{Class: validate.ClassUndocumented, Severity: validate.Note, Pointer: "query:" + printable(name), Keyword: "undocumented",
				Expected: "no parameter but the documented ones", Got: "the parameter " + strconv.Quote(cut(name)), Source: j.op.Sources})
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

// pairs splits the query; order holds each name once.
func (j *judgement) pairs() (values map[string][]string, order []string) {
	values = map[string][]string{}
	for pair := range strings.SplitSeq(j.m.Query, "&") {
		if pair == "" {
			continue
		}
		name, text, _ := strings.Cut(pair, "=")
		name, errName := url.QueryUnescape(name)
		text, errText := url.QueryUnescape(text)
		if errName != nil || errText != nil {
			j.add(validate.Finding{Class: validate.ClassSyntax, Severity: validate.Violation, Pointer: "query:", Keyword: "syntax",
				Expected: "percent-encoded pairs joined by &", Got: "another form", Source: j.op.Sources})
			continue
		}
		if _, ok := values[name]; !ok {
			order = append(order, name)
		}
		values[name] = append(values[name], text)
	}
	return values, order
}
