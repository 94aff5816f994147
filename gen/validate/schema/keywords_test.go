package schema

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// Every keyword and every format is shown to pass what fits and to refuse what
// does not, with its own name and the pointer of the culprit.
func TestKeywords(t *testing.T) {
	type bad struct{ body, pointer, keyword string }
	for name, row := range map[string]struct {
		schema string
		good   []string
		bad    []bad
	}{
		"type string":  {"type: string", []string{`"x"`, `""`}, []bad{{`1`, "", "type"}, {`null`, "", "type"}, {`[]`, "", "type"}}},
		"type integer": {"type: integer", []string{`1`, `-0`, `1.0`, `1e3`, `9223372036854775808123`}, []bad{{`1.5`, "", "type"}, {`"1"`, "", "type"}, {`1e-1`, "", "type"}, {`true`, "", "type"}}},
		"type number":  {"type: number", []string{`1`, `1.5`, `-2e-7`}, []bad{{`"1"`, "", "type"}}},
		"type boolean": {"type: boolean", []string{`true`, `false`}, []bad{{`0`, "", "type"}, {`"true"`, "", "type"}}},
		"type null":    {"type: 'null'", []string{`null`}, []bad{{`0`, "", "type"}}},
		"type array":   {"type: array", []string{`[]`, `[1,"x"]`}, []bad{{`{}`, "", "type"}}},
		"type object":  {"type: object", []string{`{}`}, []bad{{`[]`, "", "type"}}},
		"type list":    {"type: [string, 'null']", []string{`null`, `"x"`}, []bad{{`1`, "", "type"}}},
		"never":        {"type: object\nproperties: {a: false}", []string{`{}`}, []bad{{`{"a":1}`, "/a", "false"}}},
		"enum":         {"enum: [a, 1, null, true, 9007199254740993]", []string{`"a"`, `1`, `1.0`, `null`, `true`, `9007199254740993`}, []bad{{`"1"`, "", "enum"}, {`2`, "", "enum"}, {`false`, "", "enum"}, {`9007199254740992`, "", "enum"}}},
		"enum null":    {"type: [string, 'null']\nenum: [a]", []string{`"a"`}, []bad{{`null`, "", "enum"}}},
		"const":        {"const: 1.50", []string{`1.5`, `15e-1`}, []bad{{`1`, "", "const"}, {`"1.50"`, "", "const"}}},
		"const null":   {"const: null", []string{`null`}, []bad{{`0`, "", "const"}}},
		"minLength":    {"type: string\nminLength: 2", []string{`"ab"`, `"\ud83d\ude00x"`, `"äö"`}, []bad{{`"a"`, "", "minLength"}, {`"\ud83d\ude00"`, "", "minLength"}}},
		"maxLength":    {"type: string\nmaxLength: 2", []string{`"äö"`, `"\ud83d\ude00\ud83d\ude00"`}, []bad{{`"abc"`, "", "maxLength"}}},
		"maxLength 0":  {"type: string\nmaxLength: 0", []string{`""`}, []bad{{`"a"`, "", "maxLength"}}},
		"pattern":      {"type: string\npattern: '^[a-z]+$'", []string{`"abc"`}, []bad{{`"aBc"`, "", "pattern"}, {`""`, "", "pattern"}}},
		"max bytes":    {"type: string\nx-max-bytes: 3", []string{`"abc"`, `"ä"`}, []bad{{`"ää"`, "", "x-max-bytes"}}},
		"base64":       {"type: string\ncontentEncoding: base64", []string{`""`, `"QUJD"`, `"QQ=="`}, []bad{{`"QQ"`, "", "contentEncoding"}, {`"Q Q="`, "", "contentEncoding"}, {`"QUJD\nQUJD"`, "", "contentEncoding"}}},
		"max decoded": {"type: string\ncontentEncoding: base64\nx-max-decoded-bytes: 3",
			[]string{`"QUJD"`}, []bad{{`"QUJDRA=="`, "", "x-max-decoded-bytes"}, {`"!"`, "", "contentEncoding"}}},
		"minimum":           {"type: integer\nminimum: 5", []string{`5`, `1e400000000`}, []bad{{`4`, "", "minimum"}, {`-1e400000000`, "", "minimum"}}},
		"maximum":           {"type: number\nmaximum: 0.3", []string{`0.3`, `0.30000000000000000000`, `1e-400000000`}, []bad{{`0.30000000000000000001`, "", "maximum"}, {`1e400000000`, "", "maximum"}}},
		"maximum exact":     {"type: integer\nmaximum: 9223372036854775807", []string{`9223372036854775807`}, []bad{{`9223372036854775808`, "", "maximum"}}},
		"exclusive minimum": {"type: number\nexclusiveMinimum: 0", []string{`0.1`}, []bad{{`0`, "", "exclusiveMinimum"}, {`-0.0`, "", "exclusiveMinimum"}}},
		"exclusive maximum": {"type: number\nexclusiveMaximum: 1", []string{`0.9`}, []bad{{`1.0`, "", "exclusiveMaximum"}}},
		"multiple":          {"type: number\nmultipleOf: 0.1", []string{`0.3`, `-7`, `0`}, []bad{{`0.25`, "", "multipleOf"}}},
		"items":             {"type: array\nitems: {type: integer}", []string{`[]`, `[1,2]`}, []bad{{`[1,"x",3]`, "/1", "type"}}},
		"prefix items":      {"type: array\nprefixItems: [{type: integer}]\nitems: {type: string}", []string{`[1,"a"]`}, []bad{{`["a"]`, "/0", "type"}, {`[1,2]`, "/1", "type"}}},
		"min items":         {"type: array\nminItems: 1", []string{`[1]`}, []bad{{`[]`, "", "minItems"}}},
		"max items":         {"type: array\nmaxItems: 1", []string{`[1]`}, []bad{{`[1,2]`, "", "maxItems"}}},
		"unique items":      {"type: array\nuniqueItems: true", []string{`[1,"1",{"a":1},{"a":2}]`}, []bad{{`[1,1.0]`, "/1", "uniqueItems"}, {`[{"a":1,"b":2},{"b":2,"a":1}]`, "/1", "uniqueItems"}}},
		"contains":          {"type: array\ncontains: {type: integer}", []string{`["a",1]`}, []bad{{`["a"]`, "", "contains"}}},
		"min contains":      {"type: array\ncontains: {type: integer}\nminContains: 2", []string{`[1,2]`}, []bad{{`[1]`, "", "contains"}}},
		"max contains":      {"type: array\ncontains: {type: integer}\nmaxContains: 1", []string{`[1]`}, []bad{{`[1,2]`, "", "maxContains"}}},
		"required":          {"type: object\nrequired: [a, b/c]\nproperties: {a: {}, b/c: {}}", []string{`{"a":null,"b/c":1}`}, []bad{{`{"a":1}`, "/b~1c", "required"}}},
		"properties":        {"type: object\nproperties: {a: {type: object, properties: {b: {type: integer}}}}", []string{`{"a":{"b":1}}`}, []bad{{`{"a":{"b":"x"}}`, "/a/b", "type"}}},
		"pattern properties": {"type: object\npatternProperties: {'^x-': {type: integer}}",
			[]string{`{"x-a":1}`}, []bad{{`{"x-a":"b"}`, "/x-a", "type"}}},
		"additional properties": {"type: object\nproperties: {a: {}}\nadditionalProperties: {type: integer}",
			[]string{`{"a":"x","b":1}`}, []bad{{`{"b":"x"}`, "/b", "type"}}},
		"property names":     {"type: object\npropertyNames: {maxLength: 2}\nadditionalProperties: {}", []string{`{"ab":1}`}, []bad{{`{"abc":1}`, "/abc", "propertyNames"}}},
		"min properties":     {"type: object\nminProperties: 1\nadditionalProperties: {}", []string{`{"a":1}`}, []bad{{`{}`, "", "minProperties"}}},
		"max properties":     {"type: object\nmaxProperties: 1\nadditionalProperties: {}", []string{`{"a":1}`}, []bad{{`{"a":1,"b":2}`, "", "maxProperties"}}},
		"dependent required": {"type: object\ndependentRequired: {a: [b]}\nproperties: {a: {}, b: {}}", []string{`{}`, `{"a":1,"b":1}`}, []bad{{`{"a":1}`, "/b", "required"}}},
		"dependent schemas":  {"type: object\ndependentSchemas: {a: {required: [b]}}\nproperties: {a: {}, b: {}}", []string{`{}`, `{"a":1,"b":1}`}, []bad{{`{"a":1}`, "/b", "required"}}},
		"all of":             {"allOf: [{type: integer}, {minimum: 3}]", []string{`3`}, []bad{{`2`, "", "minimum"}, {`"x"`, "", "type"}}},
		"any of":             {"anyOf: [{type: integer}, {type: string, maxLength: 1}]", []string{`3`, `"a"`}, []bad{{`true`, "", "anyOf"}, {`"ab"`, "", "maxLength"}}},
		"one of":             {"oneOf: [{type: integer}, {type: number, minimum: 3}]", []string{`2`, `3.5`}, []bad{{`4`, "", "oneOf"}, {`"x"`, "", "oneOf"}}},
		"not":                {"not: {type: string}", []string{`1`}, []bad{{`"x"`, "", "not"}}},
		"if then else":       {"if: {type: string}\nthen: {minLength: 2}\nelse: {type: integer}", []string{`"ab"`, `1`}, []bad{{`"a"`, "", "minLength"}, {`true`, "", "type"}}},
		"int32":              {"type: integer\nformat: int32", []string{`-2147483648`, `2147483647`}, []bad{{`2147483648`, "", "format"}, {`-2147483649`, "", "format"}}},
		"int64":              {"type: integer\nformat: int64", []string{`9223372036854775807`}, []bad{{`9223372036854775808`, "", "format"}, {`1e19`, "", "format"}}},
		"uuid":               {"type: string\nformat: uuid", []string{`"` + id + `"`, `"` + strings.ToUpper(id) + `"`}, []bad{{`"` + id[1:] + `"`, "", "format"}, {`"` + strings.ReplaceAll(id, "-", "") + `"`, "", "format"}, {`"g` + id[1:] + `"`, "", "format"}}},
		"date-time": {"type: string\nformat: date-time",
			[]string{`"2026-01-31T23:59:60Z"`, `"2024-02-29T00:00:00.123456+05:30"`, `"2026-01-31t23:59:59z"`},
			[]bad{{`"2026-01-31T23:59:59"`, "", "format"}, {`"2026-02-30T00:00:00Z"`, "", "format"}, {`"2026-01-31 23:59:59Z"`, "", "format"}, {`"2026-01-31T24:00:00Z"`, "", "format"}, {`"2026-01-31T23:59:59+24:00"`, "", "format"}}},
		"date":          {"type: string\nformat: date", []string{`"2024-02-29"`}, []bad{{`"2026-02-29"`, "", "format"}, {`"2026-1-1"`, "", "format"}}},
		"ipv4":          {"type: string\nformat: ipv4", []string{`"10.0.0.255"`}, []bad{{`"10.0.0.256"`, "", "format"}, {`"010.0.0.1"`, "", "format"}, {`"::1"`, "", "format"}}},
		"ipv6":          {"type: string\nformat: ipv6", []string{`"::1"`, `"fe80::1:2"`}, []bad{{`"10.0.0.1"`, "", "format"}, {`"fe80::1%eth0"`, "", "format"}}},
		"ip":            {"type: string\nformat: ip", []string{`"::1"`, `"10.0.0.1"`}, []bad{{`"host"`, "", "format"}}},
		"cidr":          {"type: string\nformat: cidr", []string{`"10.0.0.0/8"`}, []bad{{`"10.0.0.0"`, "", "format"}, {`"10.0.0.0/33"`, "", "format"}}},
		"mac":           {"type: string\nformat: mac", []string{`"fa:16:3e:20:17:95"`}, []bad{{`"fa-16-3e-20-17-95"`, "", "format"}}},
		"uri":           {"type: string\nformat: uri", []string{`"http://h/p?q#f"`}, []bad{{`"/p"`, "", "format"}, {`"http://h/a b"`, "", "format"}}},
		"uri-reference": {"type: string\nformat: uri-reference", []string{`"/p"`, `"http://h"`}, []bad{{`"a b"`, "", "format"}}},
		"hostname":      {"type: string\nformat: hostname", []string{`"a-b.example"`}, []bad{{`"-a"`, "", "format"}, {`"a_b"`, "", "format"}}},
		"byte":          {"type: string\nformat: byte", []string{`"QUJD"`}, []bad{{`"QUJ"`, "", "format"}}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, body := range row.good {
				NewWithT(t).Expect(judge(t, row.schema, body, "", "")).To(BeEmpty(), body)
			}
			for _, b := range row.bad {
				g := NewWithT(t)
				found := judge(t, row.schema, b.body, "", "")
				g.Expect(found).To(HaveLen(1), b.body)
				g.Expect([]string{found[0].Pointer, found[0].Keyword}).To(Equal([]string{b.pointer, b.keyword}), b.body)
				g.Expect(found[0].Severity).To(Equal(validate.Violation))
				g.Expect(found[0].Class).To(Equal(validate.ClassSchema))
				g.Expect(found[0].Source).To(Equal("ecs 5.1.1"))
				g.Expect(found[0].Expected).NotTo(BeEmpty())
				g.Expect(found[0].Got).NotTo(BeEmpty())
			}
		})
	}
}

func TestEveryFormatIsTested(t *testing.T) {
	// A new format without a row above would be silently off.
	g := NewWithT(t)
	for name := range formats() {
		body := `"fits < none"`
		g.Expect(judge(t, "type: string\nformat: "+name, body, "", "")).To(HaveLen(1), name)
	}
}

func TestAllViolationsAreReported(t *testing.T) {
	g := NewWithT(t)
	found := judge(t, "type: object\nrequired: [z]\nproperties: {a: {type: integer}, b: {type: string, maxLength: 1, pattern: '^x'}, z: {}}",
		`{"b":"abc","a":"1","c":1,"A":2}`, "", "")
	var got []string
	for _, f := range found {
		got = append(got, f.Pointer+" "+f.Keyword+" "+string(f.Severity))
	}
	g.Expect(got).To(Equal([]string{
		"/z required violation", "/b maxLength violation", "/b pattern violation", "/a type violation", "/c undocumented note", "/A case violation",
	}))
}
