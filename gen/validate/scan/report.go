package scan

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// kind is what is wrong.
type kind uint8

const (
	syntax kind = iota
	wrongType
	required
	undocumented
	outsideVersion
	wrongCase
	duplicateMember
	minLength
	maxLength
	maxBytes
	maxDecoded
	enum
	constant
	format
	encoding
	pattern
	minimum
	maximum
	openMinimum
	openMaximum
	overflow
	multiple
	minItems
	maxItems
	uniqueItems
	minProperties
	maxProperties
	noBranch
	manyBranches
	memberName
	relation
	tolerated
)

// keywords are the words of JSON Schema where it has one.
var keywords = [...]string{
	syntax: "syntax", wrongType: "type", required: "required", undocumented: "undocumented", outsideVersion: "x-microversion",
	wrongCase: "case", duplicateMember: "duplicate", minLength: "minLength", maxLength: "maxLength", maxBytes: "x-max-bytes",
	maxDecoded: "x-max-decoded-bytes", enum: "enum", constant: "const", format: "format", encoding: "contentEncoding", pattern: "pattern", minimum: "minimum",
	maximum: "maximum", openMinimum: "exclusiveMinimum", openMaximum: "exclusiveMaximum", overflow: "format", multiple: "multipleOf", minItems: "minItems", maxItems: "maxItems",
	uniqueItems: "uniqueItems", minProperties: "minProperties", maxProperties: "maxProperties", noBranch: "anyOf",
	manyBranches: "oneOf", memberName: "propertyNames", relation: "x-relations", tolerated: "x-deviation",
}

func (k kind) class() validate.Class {
	switch k {
	case syntax, duplicateMember:
		return validate.ClassSyntax
	case undocumented, wrongCase:
		return validate.ClassUndocumented
	case outsideVersion:
		return validate.ClassVersion
	case relation:
		return validate.ClassRelation
	}
	return validate.ClassSchema
}

// anywhere is the rule of places that the contract says nothing of.
var anywhere Rule

// raw is a finding before anybody asked for it: an offset and what was
// expected there.
type raw struct {
	at     int
	kind   kind
	n      int
	rule   *Rule
	text   *Text
	int    *Int
	num    *Num
	limit  int
	member *Member
	want   string
	ruling string
	// under is the pointer below the value at the offset, for members that miss.
	under string
	// done is the finding, once it is asked for, and abs its offset in the whole body.
	done *validate.Finding
	abs  int
}

// rank is how much a finding is worth: a note least, then items that are alike, of
// which there may be very many.
func (r *raw) rank() uint8 {
	switch r.kind {
	case undocumented:
		return 0
	case relation, uniqueItems:
		return 1
	}
	return 2
}

func (s *Scan) add(r raw) {
	if len(s.found) < MaxFindings {
		s.found = append(s.found, r)
		return
	}
	s.dropped++
	// What is worth more takes the place of what is worth least.
	for own := r.rank(); s.least < own; s.least++ {
		for i := len(s.found) - 1; i >= 0; i-- {
			if s.found[i].rank() == s.least {
				s.found[i] = r
				return
			}
		}
	}
}

// insert puts r before the findings from mark on: it is the cause of them.
func (s *Scan) insert(mark int, r raw) {
	if mark >= MaxFindings {
		s.dropped++
		return
	}
	s.found = slices.Insert(s.found, mark, r)
}

// broken records that the body is no JSON at i, where want was expected.
func (s *Scan) broken(i int, want string) {
	for _, r := range s.found {
		if r.kind == syntax {
			return
		}
	}
	if len(s.found) >= MaxFindings {
		s.found = s.found[:MaxFindings-1]
		s.dropped++
	}
	s.found = append(s.found, raw{at: i, kind: syntax, rule: &anywhere, want: want})
}

// Mark is a point in a validation to come back to.
type Mark struct{ found, dropped, spans, names, depth int }

// Mark is the present point.
func (s *Scan) Mark() Mark {
	return Mark{len(s.found), s.dropped, len(s.spans), len(s.names), s.depth}
}

// Back forgets what was found since the mark.
func (s *Scan) Back(m Mark) {
	s.found, s.dropped, s.depth = s.found[:m.found], m.dropped, m.depth
	s.spans, s.names = s.spans[:m.spans], s.names[:m.names]
	s.least = 0
}

// clean reports whether nothing at all was found since the mark.
func (s *Scan) clean(m Mark) bool { return len(s.found) == m.found && s.dropped == m.dropped }

// Severe reports whether anything worse than a note or a deviation was found
// since the mark.
func (s *Scan) Severe(m Mark) bool {
	if s.dropped > m.dropped {
		return true
	}
	for i := m.found; i < len(s.found); i++ {
		if s.found[i].severe() {
			return true
		}
	}
	return false
}

// severe reports a finding worse than a note or a deviation.
func (r *raw) severe() bool { return r.kind != undocumented && r.ruling == "" }

// Findings are what the last Run found, in the order of the body. They are
// copies: nothing in them refers to the body.
func (s *Scan) Findings() []validate.Finding {
	if len(s.found) == 0 {
		return nil
	}
	s.settle()
	slices.SortStableFunc(s.found, func(a, b raw) int { return cmp.Compare(a.abs, b.abs) })
	out := make([]validate.Finding, len(s.found), len(s.found)+1)
	for i := range s.found {
		out[i] = *s.found[i].done
	}
	if s.dropped > 0 {
		out = append(out, validate.Finding{
			Class: validate.ClassSchema, Severity: validate.Note, Keyword: "limit",
			Expected: fmt.Sprintf("at most %d findings", MaxFindings), Got: fmt.Sprintf("%d more", s.dropped),
		})
	}
	return out
}

// settle makes findings of all that was found as long as the body is there.
func (s *Scan) settle() {
	var order, offsets []int
	for i := range s.found {
		if s.found[i].done == nil {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.found[a].at, s.found[b].at) })
	for _, i := range order {
		offsets = append(offsets, s.found[i].at)
	}
	// What follows a fault of the syntax is nobody's business, and may not be there.
	whole := s.b
	readable := whole
	for _, i := range order {
		if r := &s.found[i]; r.kind == syntax {
			readable = whole[:min(r.at, len(whole))]
		}
	}
	list := make([]validate.Finding, len(order))
	for n, pointer := range pointersOf(readable, offsets, s.live) {
		r := &s.found[order[n]]
		if s.b = readable; r.kind == syntax {
			s.b = whole
		}
		list[n] = s.finding(r, pointer)
		r.done, r.abs = &list[n], s.live.absolute(r.at)
	}
	s.b = whole
}

func (s *Scan) finding(r *raw, pointer string) validate.Finding {
	f := validate.Finding{
		Class: r.kind.class(), Severity: validate.Violation, Pointer: pointer + r.under, Keyword: keywords[r.kind],
		Expected: s.expected(r), Got: s.got(r), Source: r.rule.Source, Ruling: r.rule.Ruling, Requirement: r.rule.Requirement,
	}
	if r.kind == required {
		f.Pointer = pointer + "/" + escapePointer(r.member.Member)
	}
	if r.kind == undocumented {
		f.Severity = validate.Note
	}
	if r.ruling != "" {
		f.Severity, f.Ruling = validate.Deviation, r.ruling
	}
	return f
}

func (s *Scan) expected(r *raw) string {
	switch r.kind {
	case required:
		return "the member " + r.member.Member
	case undocumented:
		return "no member but the documented ones"
	case outsideVersion:
		return "no such member at " + s.version.String() + ": it belongs to " + r.member.Since + ".." + r.member.Until
	case wrongCase:
		return "the spelling " + r.member.Member
	case duplicateMember:
		return "each member once"
	case minLength:
		return "at least " + plural(r.text.Min, "character")
	case maxLength:
		return "at most " + plural(r.text.Max, "character")
	case maxBytes:
		return "at most " + plural(r.text.MaxBytes, "byte")
	case maxDecoded:
		return "at most " + plural(r.text.MaxDecoded, "byte") + " behind base64"
	case enum:
		return oneOfWords(r)
	case constant:
		if r.want == "" {
			return oneOfWords(r)
		}
	case format:
		return r.text.Format.Says
	case encoding:
		return r.text.Encoding.Says
	case pattern:
		return "text that matches " + r.text.pattern()
	case minimum:
		if r.num != nil {
			return "at least " + strconv.FormatFloat(r.num.Min, 'g', -1, 64)
		}
		return "at least " + strconv.FormatInt(r.int.Min, 10)
	case maximum:
		if r.num != nil {
			return "at most " + strconv.FormatFloat(r.num.Max, 'g', -1, 64)
		}
		return "at most " + strconv.FormatInt(r.int.Max, 10)
	case openMinimum:
		if r.num != nil {
			return "more than " + strconv.FormatFloat(r.num.Min, 'g', -1, 64)
		}
		return "more than " + strconv.FormatInt(r.int.Min-1, 10)
	case openMaximum:
		if r.num != nil {
			return "less than " + strconv.FormatFloat(r.num.Max, 'g', -1, 64)
		}
		return "less than " + strconv.FormatInt(r.int.Max+1, 10)
	case overflow:
		return fmt.Sprintf("an integer of %d bits", cmp.Or(r.int.Bits, 64))
	case multiple:
		if r.num != nil {
			return "a multiple of " + strconv.FormatFloat(r.num.Multiple, 'g', -1, 64)
		}
		return "a multiple of " + strconv.FormatInt(r.int.Multiple, 10)
	case minItems:
		return "at least " + plural(r.limit, "item")
	case maxItems:
		return "at most " + plural(r.limit, "item")
	case uniqueItems:
		return "no two items alike"
	case minProperties:
		return "at least " + plural(r.limit, "member")
	case maxProperties:
		return "at most " + plural(r.limit, "member")
	case wrongType:
		if r.rule.Null {
			return r.want + " or null"
		}
	}
	return r.want
}

// pattern is the pattern as the contract has it.
func (r *Text) pattern() string {
	switch {
	case r.Class != nil:
		return r.Class.Source
	case r.Shape != nil:
		return r.Shape.Source
	case r.Machine != nil:
		return r.Machine.Source
	}
	return r.Pattern.String()
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// oneOfWords lists allowed values, the long lists cut.
func oneOfWords(r *raw) string {
	var words []string
	switch {
	case r.text != nil:
		for _, v := range r.text.Enum.List {
			words = append(words, strconv.Quote(v))
		}
	case r.int != nil:
		for _, v := range r.int.Enum {
			words = append(words, strconv.FormatInt(v, 10))
		}
	case r.num != nil:
		for _, v := range r.num.Enum {
			words = append(words, strconv.FormatFloat(v, 'g', -1, 64))
		}
	}
	if r.rule.Null {
		words = append(words, "null")
	}
	if len(words) == 1 {
		return words[0]
	}
	if n := len(words); n > 12 {
		words = append(words[:12], fmt.Sprintf("%d more", n-12))
	}
	return "one of " + strings.Join(words, ", ")
}

// maxExcerpt is how many bytes of a value a finding shows.
const maxExcerpt = 48

func (s *Scan) got(r *raw) string {
	b := s.b
	switch r.kind {
	case required:
		return "nothing"
	case minItems, maxItems:
		return plural(r.n, "item")
	case minProperties, maxProperties:
		return plural(r.n, "member")
	case syntax:
		if r.at >= len(b) {
			return "the end of the body at byte " + strconv.Itoa(s.live.absolute(len(b)))
		}
		c := b[r.at]
		if c > ' ' && c < 0x7F {
			return strconv.QuoteRune(rune(c)) + " at byte " + strconv.Itoa(s.live.absolute(r.at))
		}
		return fmt.Sprintf("0x%02X at byte %d", c, s.live.absolute(r.at))
	case undocumented, duplicateMember, wrongCase:
		if r.at < len(b) && b[r.at] == '"' {
			return "the member " + excerpt(b[r.at:])
		}
	}
	if r.rule.Secret {
		return "a secret value"
	}
	if r.at >= len(b) {
		return "nothing"
	}
	switch b[r.at] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	}
	return excerpt(b[r.at:])
}

// excerpt is the scalar that b begins with, cut where it is long.
func excerpt(b []byte) string {
	end := 0
	if b[0] == '"' {
		for end = 1; end < len(b) && b[end] != '"'; end++ {
			if b[end] == '\\' {
				end++
			}
		}
		end++
	} else {
		for end < len(b) && !strings.ContainsRune(",]} \t\r\n", rune(b[end])) {
			end++
		}
	}
	end = min(end, len(b))
	if end <= maxExcerpt {
		return strings.ToValidUTF8(string(b[:end]), "\uFFFD")
	}
	cut := maxExcerpt
	for cut > 0 && !utf8.RuneStart(b[cut]) {
		cut--
	}
	return strings.ToValidUTF8(string(b[:cut])+"…", "\uFFFD")
}
