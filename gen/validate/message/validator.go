package message

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/scan"
)

// Validator judges messages by tables. It is safe for concurrent use.
type Validator struct {
	operations map[string]*entry
	statuses   statuses
	// pool holds judgements that are done with.
	pool sync.Pool
	// first and limit are the windows of streams.
	first, limit int
}

// statuses is a set of HTTP statuses.
type statuses [1000]bool

func (s *statuses) has(code int) bool { return code >= 0 && code < len(s) && s[code] }

type entry struct {
	id  string
	api *API
	op  *Operation
}

var _ validate.Validator = (*Validator)(nil)

// New is a validator for the given APIs. Statuses are those of the general
// tables, which any call may answer with when it refuses.
func New(apis []API, codes []int) *Validator {
	v := &Validator{operations: map[string]*entry{}}
	v.pool.New = func() any { return &judgement{scan: scan.New(), entry: &entry{}} }
	for i := range apis {
		for j := range apis[i].Operations {
			op := &apis[i].Operations[j]
			v.operations[op.ID] = &entry{op.ID, &apis[i], op}
		}
	}
	for _, code := range codes {
		if code >= 0 && code < len(v.statuses) {
			v.statuses[code] = true
		}
	}
	return v
}

// Request judges what a client sent. An operation that the contract does not
// have is never judged.
func (v *Validator) Request(op *contract.Operation, m *validate.Message, o validate.Options) []validate.Finding {
	j := v.begin(op, m, o)
	if j == nil {
		return nil
	}
	j.request()
	return v.end(j)
}

// Response judges what an endpoint answered.
func (v *Validator) Response(op *contract.Operation, m *validate.Message, o validate.Options) []validate.Finding {
	j := v.begin(op, m, o)
	if j == nil {
		return nil
	}
	j.response(&v.statuses)
	return v.end(j)
}

// begin is nil for an operation that the contract does not have.
func (v *Validator) begin(op *contract.Operation, m *validate.Message, o validate.Options) *judgement {
	if op == nil || m == nil {
		return nil
	}
	j := v.pool.Get().(*judgement)
	if j.entry.id != op.ID { // the same operation mostly comes again
		e, ok := v.operations[op.ID]
		if !ok {
			v.pool.Put(j)
			return nil
		}
		j.entry = e
	}
	version := o.Version
	if version.IsZero() {
		// Without a version an endpoint takes the oldest (ecs 3).
		version = microversion.Default
	}
	gates := j.entry.api.Gates
	j.epoch = 0
	for j.epoch < len(gates) && gates[j.epoch].Compare(version) <= 0 {
		j.epoch++
	}
	j.op, j.m, j.version, j.profile = j.entry.op, m, version, o.Profile
	return j
}

// end is what was found; j is not used any more.
func (v *Validator) end(j *judgement) []validate.Finding {
	found := j.found
	if len(found) > 0 {
		j.nearest()
	}
	j.m, j.found = nil, nil
	j.scan.Done()
	v.pool.Put(j)
	return found
}

// judgement is the judgement of one message.
type judgement struct {
	entry   *entry
	op      *Operation
	m       *validate.Message
	epoch   int
	version microversion.Version
	profile string
	scan    *scan.Scan
	found   []validate.Finding
	// stream is set while the body comes in pieces.
	stream *Stream
	pieces scan.Stream
}

func (j *judgement) add(f validate.Finding) { j.found = append(j.found, f) }

// nearest names, of several sources, those in the sections of the operation.
func (j *judgement) nearest() {
	for i := range j.found {
		f := &j.found[i]
		if !strings.Contains(f.Source, ", ") {
			continue
		}
		all := strings.Split(f.Source, ", ")
		inside := slices.DeleteFunc(all, func(source string) bool {
			return !slices.ContainsFunc(j.op.Sections, func(section string) bool {
				return source == section || strings.HasPrefix(source, section+" ")
			})
		})
		if len(inside) > 0 {
			f.Source = strings.Join(inside, ", ")
		}
	}
}

func (j *judgement) request() {
	op := j.op
	if !op.Life.at(j.epoch) {
		j.add(validate.Finding{Class: validate.ClassVersion, Severity: validate.Violation, Pointer: "path", Keyword: "x-microversion",
			Expected: "no " + op.Name + " at " + j.version.String() + ": it belongs to " + op.Life.Says, Got: op.Call, Source: op.Sources})
		j.outside(op.Outside)
	}
	if j.m.Path != nil {
		for i := range op.Parameters {
			if p := &op.Parameters[i]; p.In == "path" {
				text, given := j.m.Path[p.Name]
				j.parameter(p, given, text, nil)
			}
		}
	}
	j.query()
	j.headers(op.Parameters)
	if op.Body == nil {
		switch {
		case j.stream != nil:
			j.stream.none = true
		case len(j.m.Body) > 0:
			j.noBody(len(j.m.Body), op.Sources)
		}
		return
	}
	j.content(op.Body.Media, op.Body.Required, nil, op.Body.Source)
}

func (j *judgement) noBody(size int, source string) {
	j.add(validate.Finding{Class: validate.ClassUndocumented, Severity: validate.Note, Keyword: "body",
		Expected: "no body", Got: plural(size, "byte"), Source: source})
}

func (j *judgement) response(general *statuses) {
	op, status := j.op, j.m.Status
	var answer *Response
	for i := range op.Responses {
		if r := &op.Responses[i]; r.Status == status || r.Status == 0 && answer == nil {
			answer = r
		}
	}
	if answer != nil && answer.Status == 0 && status < 400 {
		answer = nil // the default describes refusals only
	}
	source := op.Sources
	if answer != nil {
		source = answer.Source
	}
	switch {
	case status < 400 && !op.Life.at(j.epoch):
		j.status(validate.ClassVersion, "x-microversion", "a refusal: "+op.Name+" belongs to "+op.Life.Says, op.Sources)
		j.outside(op.Outside)
	case status < 400 && answer == nil:
		j.status(validate.ClassStatus, "status", op.Success, op.Sources)
	case answer == nil || answer.Status == 0 && !general.has(status):
		j.status(validate.ClassStatus, "status", "a status of the general tables (ecs 10.1, ecs A.1)", op.Sources)
	}
	if answer == nil {
		return
	}
	if len(answer.Tolerances) > 0 || !answer.Life.at(j.epoch) {
		j.status(validate.ClassStatus, "status", op.Success, source)
		for i := range answer.Tolerances {
			if t := &answer.Tolerances[i]; t.applies(j.profile) {
				j.excuse(t.Ruling)
				break
			}
		}
	}
	j.headers(answer.Headers)
	j.content(answer.Media, true, answer.Bodies, source)
}

// excuse makes the last finding a deviation.
func (j *judgement) excuse(ruling string) {
	f := &j.found[len(j.found)-1]
	f.Severity, f.Ruling = validate.Deviation, ruling
}

// outside excuses the last finding, that something does not exist at the version,
// and reports whether a ruling tolerates it there.
func (j *judgement) outside(list []scan.Outside) bool {
	ruling := scan.ToleratedAt(list, j.version, j.profile)
	if ruling != "" {
		j.excuse(ruling)
	}
	return ruling != ""
}

// excuseBody excuses the last finding if one of the tolerances of the body is of the
// wanted kind.
func (j *judgement) excuseBody(list []BodyTolerance, wanted func(*BodyTolerance) bool) bool {
	for i := range list {
		t := &list[i]
		if wanted(t) && (t.Statuses == nil || slices.Contains(t.Statuses, j.m.Status)) && t.applies(j.profile) {
			j.excuse(t.Ruling)
			return true
		}
	}
	return false
}

func (j *judgement) status(class validate.Class, keyword, expected, source string) {
	j.add(validate.Finding{Class: class, Severity: validate.Violation, Pointer: "status", Keyword: keyword,
		Expected: expected, Got: strconv.Itoa(j.m.Status), Source: source})
}

// extent is what is known of a body besides its value.
type extent struct {
	size int
	// first is the first byte that is not white space, if there is some.
	first byte
	some  bool
}

// more is the extent with one more piece.
func (e extent) more(p []byte) extent {
	for i := 0; !e.some && i < len(p); i++ {
		if c := p[i]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			e.first, e.some = c, true
		}
	}
	e.size += len(p)
	return e
}

// content judges the media type and the body; tolerances are those of an answer.
func (j *judgement) content(media []Media, required bool, tolerances []BodyTolerance, source string) {
	if j.stream != nil {
		t := j.stream
		t.documented, t.media, t.required, t.tolerances, t.source = true, media, required, tolerances, source
		return
	}
	body := j.m.Body
	value := j.body(media, required, tolerances, source, extent{}.more(body))
	if value != nil && !j.scan.Run(body, j.epoch, j.version, j.profile, value) {
		j.addAll(j.scan.Findings(), source)
	}
}

func (j *judgement) addAll(list []validate.Finding, source string) {
	for _, f := range list {
		if f.Source == "" {
			f.Source = source
		}
		j.add(f)
	}
}

// body judges whether there may be a body, and of which media type. It returns how the
// value is to be validated, nil if it is not.
func (j *judgement) body(media []Media, required bool, tolerances []BodyTolerance, source string, body extent) scan.Value {
	if slices.ContainsFunc(media, j.late) {
		there := slices.DeleteFunc(slices.Clone(media), j.late)
		if len(there) == 0 {
			if body.some {
				j.add(validate.Finding{Class: validate.ClassVersion, Severity: validate.Violation, Keyword: "x-microversion",
					Expected: "no body at " + j.version.String() + ": it belongs to " + media[0].Life.Says, Got: plural(body.size, "byte"), Source: source})
			}
			return nil
		}
		media = there
	}
	if len(media) == 0 {
		if body.some {
			j.noBody(body.size, source)
		}
		return nil
	}
	if body.size == 0 {
		if required {
			j.add(validate.Finding{Class: validate.ClassSchema, Severity: validate.Violation, Keyword: "required",
				Expected: "a body of " + mediaWords(media), Got: "nothing", Source: source})
			j.excuseBody(tolerances, func(t *BodyTolerance) bool { return t.Missing })
		}
		return nil
	}
	chosen, ok := j.mediaType(media)
	if !ok && len(tolerances) > 0 {
		name, _, _ := mime.ParseMediaType(j.m.Header.Get("Content-Type"))
		if j.excuseBody(tolerances, func(t *BodyTolerance) bool { return slices.Contains(t.Media, name) }) {
			return nil
		}
	}
	if !ok && body.first != '{' && body.first != '[' {
		return nil // the media type says it all
	}
	if !isJSON(chosen.Type) {
		return nil
	}
	return chosen.Value
}

// late reports a body that does not exist at the version.
func (j *judgement) late(m Media) bool { return !m.Life.at(j.epoch) }

// mediaType finds the documented media type of the body; false is reported.
func (j *judgement) mediaType(media []Media) (*Media, bool) {
	var got string
	if values := j.m.Header["Content-Type"]; len(values) > 0 {
		got = values[0]
	} else {
		got = j.m.Header.Get("Content-Type")
	}
	for i := range media {
		if media[i].Type == got {
			return &media[i], true
		}
	}
	name, params, err := mime.ParseMediaType(got)
	for i := range media {
		if err == nil && name == media[i].Type {
			if charset := params["charset"]; isJSON(name) && charset != "" && !strings.EqualFold(charset, "utf-8") {
				j.contentType("the charset utf-8 of JSON", charset)
			}
			return &media[i], true
		}
	}
	if got == "" {
		got = "nothing"
	}
	j.contentType(mediaWords(media), got)
	return &media[0], false
}

func (j *judgement) contentType(expected, got string) {
	j.add(validate.Finding{Class: validate.ClassContentType, Severity: validate.Violation, Pointer: "header:Content-Type",
		Keyword: "content-type", Expected: expected, Got: cut(got)})
}

func mediaWords(media []Media) string {
	words := make([]string, len(media))
	for i := range media {
		words[i] = media[i].Type
	}
	return strings.Join(words, " or ")
}

func isJSON(name string) bool { return name == "application/json" || strings.HasSuffix(name, "+json") }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// maxExcerpt is how much of a text a finding shows.
const maxExcerpt = 48

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

// headers judges the documented headers; endpoints and proxies add others.
func (j *judgement) headers(parameters []Parameter) {
	for i := range parameters {
		if p := &parameters[i]; p.In == "header" {
			values := headerValues(j.m.Header, p.Name)
			switch len(values) {
			case 0:
				j.parameter(p, false, "", nil)
			case 1:
				j.parameter(p, true, values[0], nil)
			default:
				j.parameter(p, true, values[0], values[1:])
			}
		}
	}
}

func headerValues(h http.Header, name string) []string {
	if values, ok := h[name]; ok {
		return values
	}
	return h.Values(name)
}
