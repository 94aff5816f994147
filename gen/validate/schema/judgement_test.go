package schema

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// brief is a finding in one line: class severity pointer keyword ruling.
func brief(list []validate.Finding) []string {
	lines := make([]string, len(list))
	for i, f := range list {
		lines[i] = strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", f.Class, f.Severity, f.Pointer, f.Keyword, f.Ruling))
	}
	return lines
}

func TestMicroversions(t *testing.T) {
	const thing = `
type: object
required: [old, new, both]
properties:
  old: {type: string, x-microversion: {max: '2.9'}, x-source: ecs 6 table 1}
  new: {$ref: '#/New', x-microversion: {min: '2.10'}}
  both: {type: string}
  any:
    oneOf:
      - {type: string, x-microversion: {max: '2.9'}}
      - {type: integer, x-microversion: {min: '2.10'}}
`
	for _, row := range []struct {
		version, body string
		want          []string
	}{
		{"2.9", `{"old":"a","both":"b","any":"x"}`, []string{}},
		{"2.10", `{"new":"a","both":"b","any":1}`, []string{}},
		{"2.9", `{"both":"b"}`, []string{"schema violation /old required"}},
		{"2.10", `{"both":"b"}`, []string{"schema violation /new required"}},
		{"2.2", `{"old":"a","both":"b","new":"c"}`, []string{"version violation /new x-microversion"}},
		{"2.10", `{"old":"a","both":"b","new":"c"}`, []string{"version violation /old x-microversion"}},
		{"2.9", `{"old":"a","both":"b","any":1}`, []string{"version violation /any x-microversion"}},
		{"2.10", `{"new":"a","both":"b","any":true}`, []string{"schema violation /any oneOf"}},
		{"", `{"old":"a","both":"b","any":"x"}`, []string{}},
		{"", `{"old":"a","both":"b","new":"c"}`, []string{"version violation /new x-microversion"}},
	} {
		t.Run(row.version+" "+row.body, func(t *testing.T) {
			g := NewWithT(t)
			g.Expect(brief(judge(t, thing, row.body, row.version, ""))).To(Equal(row.want))
		})
	}
}

func TestDeviations(t *testing.T) {
	const thing = `
type: object
required: [name, size, mode]
x-deviation:
  - {ruling: R-010, missing: [mode]}
  - {ruling: R-003, missing: [size]}
properties:
  name: {type: string, enum: [a], x-ruling: R-020, x-deviation: {ruling: R-011, schema: {type: string, maxLength: 3}}}
  size: {type: integer, x-deviation: [{ruling: R-012, schema: {type: string}, profiles: [special]}, {ruling: R-013, schema: {type: 'null'}}]}
  mode: {}
  part: {type: object, properties: {x: {type: integer}, y: {type: integer}}, x-deviation: {ruling: R-014, schema: {type: object, additionalProperties: {type: string}}}}
`
	for _, row := range []struct {
		profile, body string
		want          []string
	}{
		{"", `{"name":"a","size":1,"mode":1}`, []string{}},
		{"", `{"name":"b","size":1,"mode":1}`, []string{"schema deviation /name enum R-011"}},
		{"", `{"name":"long","size":1,"mode":1}`, []string{"schema violation /name enum R-020"}},
		{"", `{"name":"a","size":1}`, []string{"schema deviation /mode required R-010"}},
		{"", `{"name":"a","mode":1}`, []string{"schema violation /size required"}},
		{"special", `{"name":"a","mode":1}`, []string{"schema deviation /size required R-003"}},
		{"", `{"name":"a","size":"x","mode":1}`, []string{"schema violation /size type"}},
		{"special", `{"name":"a","size":"x","mode":1}`, []string{"schema deviation /size type R-012"}},
		{"special", `{"name":"a","size":null,"mode":1}`, []string{"schema deviation /size type R-013"}},
		{"", `{"name":"a","size":1,"mode":1,"part":{"x":"1","y":"2","z":"3"}}`, []string{"schema deviation /part/x type R-014"}},
		{"", `{"name":"a","size":1,"mode":1,"part":{"x":1,"z":3}}`, []string{"undocumented note /part/z undocumented"}},
	} {
		t.Run(row.profile+row.body, func(t *testing.T) {
			NewWithT(t).Expect(brief(judge(t, thing, row.body, "", row.profile))).To(Equal(row.want))
		})
	}
}

func TestRelations(t *testing.T) {
	const count = "type: object\nproperties: {n: {}, list: {}}\nx-relations: [{count: /n, of: /list}]"
	const ordered = "type: object\nproperties: {a: {}, b: {}}\nx-relations: [{ordered: [/a, /b]}]"
	const unique = "type: object\nproperties: {l: {}}\nx-relations: [{unique: /l, by: /id}]"
	const links = "type: object\nproperties: {id: {}, links: {}}\nx-relations: [{ends-in: '/links/*/href', of: /id, where: {'/links/*/rel': self}}]"
	const one = "type: object\nproperties: {a: {}, b: {}}\nx-relations: [{exactly-one: [/a, /b]}]"
	const when = "type: object\nproperties: {s: {}, e: {}, t: {}}\nx-relations: [{when: {/s: [DONE, OVER]}, then: {/e: null, /t: present}, ruling: R-009}]"
	for _, row := range []struct {
		schema, body string
		want         []string
	}{
		{count, `{"n":2,"list":[1,1]}`, []string{}},
		{count, `{"n":2}`, []string{}},
		{count, `{"n":"x","list":[]}`, []string{}},
		{count, `{"n":1,"list":[1,1]}`, []string{"relation violation /n x-relations"}},
		{ordered, `{"a":1,"b":1}`, []string{}},
		{ordered, `{"a":10,"b":9}`, []string{"relation violation /a x-relations"}},
		{ordered, `{"a":null,"b":9}`, []string{}},
		{ordered, `{"a":"2026-01-01T00:00:00Z","b":"2026-01-01T00:00:00.1Z"}`, []string{}},
		{ordered, `{"a":"2026-01-01T00:00:00Z","b":"2026-01-01T00:59:59+01:00"}`, []string{"relation violation /a x-relations"}},
		{ordered, `{"a":"2026-01-01T00:00:01.5","b":"2026-01-01T00:00:01.25"}`, []string{"relation violation /a x-relations"}},
		{unique, `{"l":[{"id":1},{"id":2},{}]}`, []string{}},
		{unique, `{"l":[{"id":1},{"id":2},{"id":1.0}]}`, []string{"relation violation /l/2/id x-relations"}},
		{links, `{"id":"7","links":[{"rel":"self","href":"/x/7"},{"rel":"other","href":"/y"}]}`, []string{}},
		{links, `{"id":"7","links":[{"rel":"other","href":"/y"},{"rel":"self","href":"/x/8"}]}`, []string{"relation violation /links/1/href x-relations"}},
		{links, `{"id":7,"links":"x"}`, []string{}},
		{one, `{"a":1}`, []string{}},
		{one, `{"a":1,"b":null}`, []string{}},
		{one, `{"a":1,"b":1}`, []string{"relation violation  x-relations"}},
		{one, `{}`, []string{"relation violation  x-relations"}},
		{when, `{"s":"RUN"}`, []string{}},
		{when, `{"s":"DONE","t":1}`, []string{}},
		{when, `{"s":"OVER","t":1,"e":null}`, []string{}},
		{when, `{"s":"DONE","t":1,"e":"x"}`, []string{"relation violation /e x-relations R-009"}},
		{when, `{"s":"DONE","t":null}`, []string{"relation violation /t x-relations R-009"}},
		{when, `{"s":"DONE"}`, []string{"relation violation /t x-relations R-009"}},
	} {
		t.Run(row.body, func(t *testing.T) {
			NewWithT(t).Expect(brief(judge(t, row.schema, row.body, "", ""))).To(Equal(row.want))
		})
	}
}

func TestUnionsReportTheAlternativeThatWasMeant(t *testing.T) {
	const thing = `
anyOf:
  - {type: object, required: [error], properties: {error: {type: object, required: [code], properties: {code: {type: string}, message: {type: string}}}}}
  - {type: object, required: [error_code, error_msg], properties: {error_code: {type: string}, error_msg: {type: string}}}
`
	for _, row := range []struct {
		body string
		want []string
	}{
		{`{"error":{"code":"x"}}`, []string{}},
		{`{"error":{"code":1}}`, []string{"schema violation /error/code type"}},
		{`{"error_code":"x"}`, []string{"schema violation /error_msg required"}},
		{`{"error":{"code":"x","more":1}}`, []string{"undocumented note /error/more undocumented"}},
		{`[]`, []string{"schema violation  anyOf"}},
	} {
		NewWithT(t).Expect(brief(judge(t, thing, row.body, "", ""))).To(Equal(row.want), row.body)
	}
}

func TestUndocumentedMembers(t *testing.T) {
	for _, row := range []struct {
		schema, body string
		want         []string
	}{
		{"allOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}]", `{"a":1,"b":2,"c":3}`, []string{"undocumented note /c undocumented"}},
		{"{}", `{"a":1}`, []string{}},
		{"type: object", `{"a":1}`, []string{"undocumented note /a undocumented"}},
		{"type: object\nadditionalProperties: true", `{"a":1}`, []string{}},
		{"type: object\nproperties: {a: {}}", `{"A":1}`, []string{"undocumented violation /A case"}},
		{"type: object\nproperties: {a: {}}\nif: {required: [a]}\nthen: {properties: {b: {}}}", `{"a":1,"b":1}`, []string{}},
		{"type: object\nproperties: {a: {}}\nif: {required: [a]}\nthen: {properties: {b: {}}}", `{"b":1}`, []string{"undocumented note /b undocumented"}},
		{"type: object\noneOf: [{required: [a], properties: {a: {}}}, {required: [b], properties: {b: {}}}]", `{"b":1,"c":1}`, []string{"undocumented note /c undocumented"}},
	} {
		NewWithT(t).Expect(brief(judge(t, row.schema, row.body, "", ""))).To(Equal(row.want), row.schema+row.body)
	}
}

func TestSourcesAreTheNearest(t *testing.T) {
	g := NewWithT(t)
	found := judge(t, `
x-source: [ecs 5.1.1 table 5-2, ecs 6.2.1 table 6-3]
type: object
required: [e]
properties:
  a: {type: integer}
  b: {type: integer, x-source: ecs 5.1.1 table 5-4}
  c: {type: object, x-source: ecs 8.1 table 8-2, properties: {d: {type: integer}}}
  e: {type: integer, x-source: ecs 5.1.1 example 1}
`, `{"a":"x","b":"x","c":{"d":"x"}}`, "", "")
	var got []string
	for _, f := range found {
		got = append(got, f.Pointer+" "+f.Source)
	}
	g.Expect(got).To(Equal([]string{
		"/e ecs 5.1.1 example 1", "/a ecs 5.1.1 table 5-2", "/b ecs 5.1.1 table 5-4", "/c/d ecs 8.1 table 8-2",
	}))
}

func TestSecretsAreNeverShown(t *testing.T) {
	const thing = `
type: object
properties:
  plain: {type: string, x-secret: true, maxLength: 3}
  list: {type: array, x-secret: true, items: {type: integer}}
  part: {type: object, x-secret: true, properties: {x: {enum: [a]}}, x-relations: [{ordered: [/p, /q]}]}
  either: {oneOf: [{type: integer}, {type: string, x-secret: true, maxLength: 3}]}
  ruled: {type: string, x-secret: true, enum: [a], x-deviation: {ruling: R-010, schema: {type: string}}}
`
	body := `{"plain":"hunter2","list":["hunter2"],"part":{"x":"hunter2","p":2,"q":1,"hunter3":"hunter2"},"either":"hunter2","ruled":"hunter2"}`
	g := NewWithT(t)
	found := judge(t, thing, body, "", "")
	g.Expect(len(found)).To(BeNumerically(">=", 6))
	g.Expect(fmt.Sprint(found)).NotTo(ContainSubstring("hunter2"))
	// The same values without x-secret are shown: the assertion above can fail.
	g.Expect(fmt.Sprint(judge(t, strings.ReplaceAll(thing, "x-secret: true, ", ""), body, "", ""))).To(ContainSubstring("hunter2"))
}

func TestLongValuesAreCut(t *testing.T) {
	g := NewWithT(t)
	found := judge(t, "type: string\nmaxLength: 1", `"`+strings.Repeat("ä", 5000)+`"`, "", "")
	g.Expect(found).To(HaveLen(1))
	g.Expect(len(found[0].Got)).To(BeNumerically("<", 60))
	g.Expect(found[0].Got).To(HaveSuffix("ä…"))
}

func TestSyntax(t *testing.T) {
	for _, row := range []struct{ body, got string }{
		{`{"a":1`, "the end of the body at byte 6"},
		{`{"a":1,}`, "'}' at byte 7"},
		{`{"a":1} x`, "'x' at byte 8"},
		{`{"a":01}`, "'0' at byte 5"},
		{`{"a":1.}`, "'}' at byte 7"},
		{`{"a":.5}`, "'.' at byte 5"},
		{`{a:1}`, "'a' at byte 1"},
		{`{"a":'x'}`, `'\'' at byte 5`},
		{`{"a":"x`, "the end of the body at byte 7"},
		{`{"a":"\x"}`, `'\\' at byte 6`},
		{`{"a":"\u12g4"}`, `'\\' at byte 6`},
		{"{\"a\":\"\n\"}", "0x0A at byte 6"},
		{"{\"a\":\"\xff\"}", "0xFF at byte 6"},
		{"{\"a\":\"\xed\xa0\x80\"}", "0xED at byte 6"},
		{`{"a":nul}`, "'}' at byte 8"},
		{`{"a" 1}`, "'1' at byte 5"},
		{"\xef\xbb\xbf{}", "0xEF at byte 0"},
		{`[1 2]`, "'2' at byte 3"},
		{`NaN`, "'N' at byte 0"},
		{strings.Repeat("[", 100_000), "'[' at byte 256"},
	} {
		g := NewWithT(t)
		found := judge(t, "{}", row.body, "", "")
		g.Expect(found).To(HaveLen(1), row.body)
		g.Expect(found[0].Class).To(Equal(validate.ClassSyntax))
		g.Expect(found[0].Severity).To(Equal(validate.Violation))
		g.Expect(found[0].Got).To(Equal(row.got), row.body)
	}
	found := judge(t, "type: object\nadditionalProperties: {}", `{"a":1,"b":{"x":1,"x":2},"a":2}`, "", "")
	NewWithT(t).Expect(brief(found)).To(Equal([]string{"syntax violation /b/x duplicate", "syntax violation /a duplicate"}))
	found = judge(t, "type: object\nproperties: {b: {properties: {x: {}}}}", `{"b":{"x":1,"\u0078":2}}`, "", "")
	NewWithT(t).Expect(brief(found)).To(Equal([]string{"syntax violation /b/x duplicate"}))
}

func TestTooManyFindingsKeepTheWorst(t *testing.T) {
	g := NewWithT(t)
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, `"n%d":1,`, i)
	}
	found := judge(t, "type: object\nproperties: {a: {type: integer}}", `{`+b.String()+`"a":"x"}`, "", "")
	g.Expect(found).To(HaveLen(maxFindings + 1))
	g.Expect(found[maxFindings].Keyword).To(Equal("limit"))
	g.Expect(found[maxFindings].Got).To(Equal("4901 more"))
	g.Expect(brief(found)).To(ContainElement("schema violation /a type"))
}

func TestCostIsBounded(t *testing.T) {
	// Alternatives that refer to themselves multiply with the depth of a value.
	g := NewWithT(t)
	thing := "type: object\nproperties: {a: {anyOf: [{$ref: '#/Thing'}, {$ref: '#/Thing'}, {$ref: '#/Thing'}, {$ref: '#/Thing'}]}}"
	found := judge(t, thing, strings.Repeat(`{"a":`, 200)+"1"+strings.Repeat("}", 200), "", "")
	g.Expect(found).NotTo(BeEmpty())
	g.Expect(brief(found)).To(ContainElement(ContainSubstring("limit")))
}
