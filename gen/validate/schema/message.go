package schema

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// Offsets of the parts of a message that come before the body.
const (
	atStatus = -4
	atPath   = -3
	atQuery  = -2
	atHeader = -1
)

func (r *run) request(op *model.Operation, m *validate.Message) {
	top := &place{source: op.Sources}
	if !r.exists(op.Versions) {
		r.outside(&place{prefix: "path", source: op.Sources}, nil, op.Deviations, atPath,
			"no "+op.Name+" at "+r.version.String()+": it belongs to "+op.Versions.String(), op.Method+" "+op.Path)
	}
	r.path(op, m)
	r.query(op, m)
	r.headers(op.Parameters, m.Header, op.Sources)
	if op.Body == nil {
		if len(m.Body) > 0 {
			r.report(validate.Note, top, nil, 0, validate.ClassUndocumented, "body", "no body", plural(len(m.Body), "byte"))
		}
		return
	}
	if len(op.Body.Sources) > 0 {
		top.source = op.Body.Sources
	}
	r.content(op.Body.Media, op.Body.Required, nil, m, top)
}

func (r *run) response(op *model.Operation, m *validate.Message, statuses map[int]bool) {
	here := &place{prefix: "status", source: op.Sources}
	got := strconv.Itoa(m.Status)
	answer := op.Response(m.Status)
	if answer != nil && answer.Status == 0 && m.Status < 400 {
		answer = nil // the default describes refusals only
	}
	switch {
	case m.Status < 400 && !r.exists(op.Versions):
		r.outside(here, nil, op.Deviations, atStatus,
			"a refusal: "+op.Name+" belongs to "+op.Versions.String(), got)
	case m.Status < 400 && answer == nil:
		r.add(here, nil, atStatus, validate.ClassStatus, "status", statusWords(op), got)
	case answer == nil || answer.Status == 0 && !statuses[m.Status]:
		r.add(here, nil, atStatus, validate.ClassStatus, "status", "a status of the general tables (ecs 10.1, ecs A.1)", got)
	}
	if answer == nil {
		return
	}
	source := op.Sources
	if len(answer.Sources) > 0 {
		source = answer.Sources
		here.source = source
	}
	r.deviantStatus(op, answer, here, got)
	r.headers(answer.Headers, m.Header, source)
	r.content(answer.Media, true, answer.Deviations, m, &place{source: source})
}

// deviantStatus reports a documented status that only a ruling tolerates.
func (r *run) deviantStatus(op *model.Operation, answer *model.Response, here *place, got string) {
	if !answer.Tolerated() && r.exists(answer.Versions) {
		return
	}
	r.add(here, nil, atStatus, validate.ClassStatus, "status", statusWords(op), got)
	for _, d := range answer.Deviations {
		if d.OfStatus() && r.applies(d) {
			r.excuse(d.Ruling)
			return
		}
	}
}

// statusWords lists the successes that an operation documents.
func statusWords(op *model.Operation) string {
	if len(op.Success) == 0 {
		return "a refusal"
	}
	words := make([]string, len(op.Success))
	for i, code := range op.Success {
		words[i] = strconv.Itoa(code)
	}
	return strings.Join(words, " or ")
}

// excuse makes the last finding, of the parts before the body, a deviation.
func (r *run) excuse(ruling string) {
	last := &r.found[len(r.found)-1]
	last.Severity, last.Ruling = validate.Deviation, ruling
}

// content judges the media type and the body; deviations are those of an answer.
func (r *run) content(media []model.Media, required bool, deviations []model.Deviation, m *validate.Message, top *place) {
	body := bytes.TrimSpace(m.Body)
	existing := slices.DeleteFunc(slices.Clone(media), func(m model.Media) bool { return !r.exists(m.Versions) })
	if len(media) > 0 && len(existing) == 0 {
		if len(body) > 0 {
			r.add(top, nil, 0, validate.ClassVersion, "x-microversion",
				"no body at "+r.version.String()+": it belongs to "+media[0].Versions.String(), plural(len(m.Body), "byte"))
		}
		return
	}
	if media = existing; len(media) == 0 {
		if len(body) > 0 {
			r.report(validate.Note, top, nil, 0, validate.ClassUndocumented, "body", "no body", plural(len(m.Body), "byte"))
		}
		return
	}
	if len(m.Body) == 0 {
		if required {
			r.add(top, nil, 0, validate.ClassSchema, "required", "a body of "+mediaWords(media), "nothing")
			if i := r.deviantBody(deviations, m.Status, func(d model.Deviation) bool { return d.Missing != nil }); i >= 0 {
				r.excuse(deviations[i].Ruling)
			}
		}
		return
	}
	chosen, ok := r.mediaType(media, m.Header)
	if !ok {
		name, _, _ := mime.ParseMediaType(m.Header.Get("Content-Type"))
		if i := r.deviantBody(deviations, m.Status, func(d model.Deviation) bool { return slices.Contains(d.Media, name) }); i >= 0 {
			r.excuse(deviations[i].Ruling)
			return
		}
	}
	if !ok && !looksLikeJSON(body) {
		return // the media type says it all
	}
	if chosen.Schema == nil || !isJSON(chosen.Type) {
		return
	}
	r.json(chosen.Schema, m.Body, top)
}

// deviantBody is the index of the first deviation that tolerates a body in the
// given way at this status, -1 if none does.
func (r *run) deviantBody(list []model.Deviation, status int, tolerates func(model.Deviation) bool) int {
	return slices.IndexFunc(list, func(d model.Deviation) bool {
		return tolerates(d) && (d.Statuses == nil || slices.Contains(d.Statuses, status)) && r.applies(d)
	})
}

// json judges a JSON text by a schema.
func (r *run) json(s *model.Schema, text []byte, top *place) {
	v, broken := parse(text)
	if broken != nil {
		r.add(top, nil, broken.at, validate.ClassSyntax, "syntax", broken.want, broken.got)
		return
	}
	r.value(s, &v, top)
	if r.exhausted() {
		r.add(top, nil, 0, validate.ClassSyntax, "limit", "a body whose alternatives can be told apart", "too many possibilities")
	}
}

// mediaType finds the documented media type of the body; false is reported.
func (r *run) mediaType(media []model.Media, header http.Header) (model.Media, bool) {
	got := header.Get("Content-Type")
	name, params, err := mime.ParseMediaType(got)
	here := &place{prefix: "header:Content-Type"}
	for _, documented := range media {
		if err == nil && name == documented.Type {
			if charset := params["charset"]; isJSON(name) && charset != "" && !strings.EqualFold(charset, "utf-8") {
				r.add(here, nil, atHeader, validate.ClassContentType, "content-type", "the charset utf-8 of JSON", cut(charset))
			}
			return documented, true
		}
	}
	if got == "" {
		got = "nothing"
	}
	r.add(here, nil, atHeader, validate.ClassContentType, "content-type", mediaWords(media), cut(got))
	return media[0], false
}

func mediaWords(media []model.Media) string {
	words := make([]string, len(media))
	for i, m := range media {
		words[i] = m.Type
	}
	return strings.Join(words, " or ")
}

func isJSON(name string) bool { return name == "application/json" || strings.HasSuffix(name, "+json") }

func looksLikeJSON(body []byte) bool { return len(body) > 0 && (body[0] == '{' || body[0] == '[') }

// headers judges the headers that are documented; endpoints and proxies add
// others as they like.
func (r *run) headers(parameters []*model.Parameter, header http.Header, source []string) {
	for _, p := range parameters {
		if p.In != "header" {
			continue
		}
		here := r.part("header:"+p.Name, p, source)
		values := header.Values(p.Name)
		if !r.parameter(p, len(values) > 0, here, atHeader) {
			continue
		}
		r.simple(p, values, here, atHeader)
	}
}

func (r *run) path(op *model.Operation, m *validate.Message) {
	if m.Path == nil {
		return
	}
	for _, p := range op.Parameters {
		if p.In != "path" {
			continue
		}
		here := r.part("path:"+p.Name, p, op.Sources)
		v, ok := m.Path[p.Name]
		if r.parameter(p, ok, here, atPath) {
			r.simple(p, []string{v}, here, atPath)
		}
	}
}

// part is the place of a parameter or header.
func (r *run) part(prefix string, p *model.Parameter, source []string) *place {
	here := &place{prefix: prefix, source: source, secret: p.Secret}
	if len(p.Sources) > 0 {
		here.source = p.Sources
	}
	return here
}

// parameter reports whether there is a value to judge.
func (r *run) parameter(p *model.Parameter, given bool, here *place, offset int) bool {
	switch {
	case given && !r.exists(p.Versions):
		if !r.outside(here, p.Schema, p.Deviations, offset,
			"no such parameter at "+r.version.String()+": it belongs to "+p.Versions.String(), "the parameter "+p.Name) {
			return false
		}
	case !given && p.Required && p.Versions.Contains(r.version):
		r.add(here, p.Schema, offset, validate.ClassSchema, "required", "the parameter "+p.Name, "nothing")
	}
	return given && p.Schema != nil
}

// simple judges a parameter by its schema: text that stands for a number where
// a number is documented.
func (r *run) simple(p *model.Parameter, texts []string, here *place, offset int) {
	mark := len(r.found)
	s := effective(p.Schema)
	if slices.Contains(s.Types, "array") {
		if !p.Explode {
			texts = strings.Split(strings.Join(texts, ","), ",")
		}
		list := value{kind: "array", at: offset, end: offset}
		item := s.Items
		if item != nil {
			item = effective(item)
		}
		for _, text := range texts {
			list.items = append(list.items, plain(text, item, offset))
		}
		r.value(p.Schema, &list, here)
	} else {
		for _, text := range texts {
			v := plain(text, s, offset)
			r.value(p.Schema, &v, here)
		}
	}
	for i := mark; i < len(r.found); i++ {
		r.found[i].at = offset
		if r.found[i].Ruling == "" {
			r.found[i].Ruling = only(p.Rulings)
		}
		if r.found[i].Requirement == "" {
			r.found[i].Requirement = only(p.Requirements)
		}
	}
}

// effective follows references to the schema that names a type.
func effective(s *model.Schema) *model.Schema {
	for range 8 {
		if s.Ref == nil || len(s.Types) > 0 {
			break
		}
		s = s.Ref
	}
	return s
}

// plain is a text of the path, query or header as the value it stands for.
func plain(text string, s *model.Schema, offset int) value {
	v := value{kind: "string", text: text, at: offset, end: offset}
	if s == nil || len(s.Types) == 0 || slices.Contains(s.Types, "string") {
		return v
	}
	if parsed, broken := parse([]byte(text)); broken == nil && slices.ContainsFunc(s.Types, parsed.is) && parsed.kind != "object" && parsed.kind != "array" {
		parsed.at, parsed.end = offset, offset
		return parsed
	}
	return v
}
