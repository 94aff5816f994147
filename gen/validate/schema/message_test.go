package schema

import (
	"net/http"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

const simple = "Thing: {type: object, properties: {a: {type: integer}}}\n"

func TestRequests(t *testing.T) {
	v, op := load(t, simple)
	for name, row := range map[string]struct {
		change  func(*validate.Message)
		version string
		want    []string
	}{
		"fits":               {func(*validate.Message) {}, "", []string{}},
		"path":               {func(m *validate.Message) { m.Path["id"] = "x" }, "", []string{"schema violation path:id format"}},
		"path missing":       {func(m *validate.Message) { m.Path = map[string]string{} }, "", []string{"schema violation path:id required"}},
		"path unknown":       {func(m *validate.Message) { m.Path = nil }, "", []string{}},
		"query number":       {func(m *validate.Message) { m.Query = "limit=1&limit=25" }, "", []string{}},
		"query small":        {func(m *validate.Message) { m.Query = "limit=0" }, "", []string{"schema violation query:limit minimum R-001"}},
		"query word":         {func(m *validate.Message) { m.Query = "limit=ten" }, "", []string{"schema violation query:limit type R-001"}},
		"query empty":        {func(m *validate.Message) { m.Query = "limit=" }, "", []string{"schema violation query:limit type R-001"}},
		"query boolean":      {func(m *validate.Message) { m.Query = "flag=true" }, "", []string{}},
		"query no boolean":   {func(m *validate.Message) { m.Query = "flag=True" }, "", []string{"schema violation query:flag type"}},
		"query repeated":     {func(m *validate.Message) { m.Query = "tag=a&tag=b" }, "", []string{}},
		"query repeated bad": {func(m *validate.Message) { m.Query = "tag=a&tag=a,b" }, "", []string{"schema violation query:tag/1 enum"}},
		"query joined":       {func(m *validate.Message) { m.Query = "word=1,2" }, "", []string{}},
		"query joined bad":   {func(m *validate.Message) { m.Query = "word=1,x" }, "", []string{"schema violation query:word/1 type"}},
		"query unknown":      {func(m *validate.Message) { m.Query = "b=1&a&b=2" }, "", []string{"undocumented note query:b undocumented", "undocumented note query:a undocumented"}},
		"query escaped":      {func(m *validate.Message) { m.Query = "%6Cimit=%31" }, "", []string{}},
		"query broken":       {func(m *validate.Message) { m.Query = "limit=%zz&flag=true" }, "", []string{"syntax violation query: syntax"}},
		"query too early":    {func(m *validate.Message) { m.Query = "new=x" }, "2.9", []string{"version violation query:new x-microversion"}},
		"query in time":      {func(m *validate.Message) { m.Query = "new=x" }, "2.10", []string{}},
		"header missing":     {func(m *validate.Message) { m.Header.Del("X-Request") }, "", []string{"schema violation header:X-Request required"}},
		"header bad":         {func(m *validate.Message) { m.Header.Set("X-Request", "1") }, "", []string{"schema violation header:X-Request format"}},
		"header unknown":     {func(m *validate.Message) { m.Header.Set("X-Other", "1") }, "", []string{}},
		"body missing":       {func(m *validate.Message) { m.Body = nil }, "", []string{"schema violation  required"}},
		"body bad":           {func(m *validate.Message) { m.Body = []byte(`{"a":"x"}`) }, "", []string{"schema violation /a type"}},
		"media type":         {func(m *validate.Message) { m.Header.Set("Content-Type", "text/plain") }, "", []string{"content-type violation header:Content-Type content-type"}},
		"charset":            {func(m *validate.Message) { m.Header.Set("Content-Type", "application/json; charset=UTF-8") }, "", []string{}},
		"other charset":      {func(m *validate.Message) { m.Header.Set("Content-Type", "application/json; charset=latin1") }, "", []string{"content-type violation header:Content-Type content-type"}},
		"query unprintable":  {func(m *validate.Message) { m.Query = "a%1b%5b=1" }, "", []string{"undocumented note query:a?[ undocumented"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := question("", `{"a":1}`)
			row.change(m)
			o := validate.Options{}
			if row.version != "" {
				o.Version = microversion.MustParse(row.version)
			}
			NewWithT(t).Expect(brief(v.Request(op, m, o))).To(Equal(row.want))
		})
	}
}

func TestSecretParametersAreNotShown(t *testing.T) {
	g := NewWithT(t)
	v, op := load(t, simple)
	m := question("", `{"a":1}`)
	m.Header.Set("X-Secret", "hunter2")
	found := v.Request(op, m, validate.Options{})
	g.Expect(brief(found)).To(Equal([]string{"schema violation header:X-Secret maxLength"}))
	g.Expect(found[0].Got).To(Equal("a secret value"))
}

func TestResponses(t *testing.T) {
	v, op := load(t, simple)
	for name, row := range map[string]struct {
		status  int
		body    string
		profile string
		header  http.Header
		want    []string
	}{
		"documented":         {200, `{"a":1}`, "", nil, []string{}},
		"no body documented": {202, ``, "", nil, []string{}},
		"body where none is": {202, `{}`, "", nil, []string{"undocumented note  body"}},
		"other success":      {201, `{}`, "", nil, []string{"status violation status status"}},
		"redirect":           {302, ``, "", nil, []string{"status violation status status"}},
		"tolerated":          {203, ``, "", nil, []string{"status deviation status status R-002"}},
		"tolerated for some": {206, ``, "special", nil, []string{"status deviation status status R-003"}},
		"not for others":     {206, ``, "", nil, []string{"status violation status status"}},
		"refused":            {404, `{"error":"x"}`, "", nil, []string{}},
		"refused badly":      {404, `{"error":1}`, "", nil, []string{"schema violation /error type"}},
		"refused oddly":      {499, `{"error":"x"}`, "", nil, []string{"status violation status status"}},
		"no status at all":   {0, ``, "", nil, []string{"status violation status status"}},
		"web page":           {404, `<html>`, "", http.Header{"Content-Type": {"text/html"}}, []string{"content-type violation header:Content-Type content-type"}},
		"JSON as text":       {404, `{"error":1}`, "", http.Header{"Content-Type": {"text/plain"}}, []string{"content-type violation header:Content-Type content-type", "schema violation /error type"}},
		"no media type":      {404, `{"error":"x"}`, "", http.Header{}, []string{"content-type violation header:Content-Type content-type"}},
		"no body":            {404, ``, "", nil, []string{"schema violation  required"}},
		"header missing":     {200, `{}`, "", http.Header{"Content-Type": {"application/json"}}, []string{"schema violation header:X-Count required"}},
		"header bad":         {200, `{}`, "", http.Header{"Content-Type": {"application/json"}, "X-Count": {"many"}}, []string{"schema violation header:X-Count type"}},
		"cut short":          {200, `{"a":1`, "", nil, []string{"syntax violation  syntax"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := answer(row.body)
			m.Status = row.status
			if row.header != nil {
				m.Header = row.header
			}
			NewWithT(t).Expect(brief(v.Response(op, m, validate.Options{Profile: row.profile}))).To(Equal(row.want))
		})
	}
}

func TestBodiesThatCameLater(t *testing.T) {
	v, op := load(t, simple)
	for _, row := range []struct {
		version, body string
		want          []string
	}{
		{"2.9", ``, []string{}},
		{"2.9", `{"a":1}`, []string{"version violation  x-microversion"}},
		{"2.10", ``, []string{"schema violation  required"}},
		{"2.10", `{"a":"x"}`, []string{"schema violation /a type"}},
	} {
		m := answer(row.body)
		m.Status = 207
		o := validate.Options{Version: microversion.MustParse(row.version)}
		NewWithT(t).Expect(brief(v.Response(op, m, o))).To(Equal(row.want), row.version+row.body)
	}
}

func TestUnknownOperationsAreNotJudged(t *testing.T) {
	g := NewWithT(t)
	v, _ := load(t, simple)
	g.Expect(v.Request(nil, question("", ""), validate.Options{})).To(BeEmpty())
	g.Expect(v.Response(&contract.Operation{ID: "test.Other"}, answer(""), validate.Options{})).To(BeEmpty())
}

func TestContractWithMistakesIsAnError(t *testing.T) {
	g := NewWithT(t)
	_, err := New()
	g.Expect(err).NotTo(HaveOccurred())
}

// Whatever arrives, the judge answers: no panic, bounded output, no secret.
func FuzzResponse(f *testing.F) {
	for _, body := range []string{
		``, `{}`, `{"a":1}`, `{"a":[{"b":"x"}],"s":"hunter2"}`, `[1,2,[3]]`, "{\"a\":\"\xff\"}", `{"a":1e999999999}`, `{"a":-0.0e-1}`, `"\ud800"`,
	} {
		f.Add(body, 200, "application/json", "limit=1&tag=a")
	}
	v, op := load(f, `
Thing:
  type: object
  x-deviation: {ruling: R-010, missing: [z]}
  x-relations: [{count: /a, of: /b}, {ordered: [/a, /b]}, {ends-in: '/b/*/c', of: /s}, {exactly-one: [/a, /b]}]
  required: [z]
  properties:
    s: {type: string, x-secret: true, maxLength: 1}
    a: {anyOf: [{type: integer, multipleOf: 0.3, minimum: 1}, {$ref: '#/Thing'}]}
    b: {type: array, uniqueItems: true, items: {$ref: '#/Thing'}, contains: {type: object}}
    c: {type: string, format: date-time, pattern: x}
  additionalProperties: {oneOf: [{type: string}, {not: {type: string}}]}
`)
	f.Fuzz(func(t *testing.T, body string, status int, media, query string) {
		m := answer(body)
		m.Status = status
		m.Header.Set("Content-Type", media)
		began := time.Now()
		defer func() {
			if took := time.Since(began); took > 10*time.Second {
				t.Fatalf("%d bytes took %s", len(body), took)
			}
		}()
		for _, list := range [][]validate.Finding{v.Response(op, m, validate.Options{}), v.Request(op, question(query, body), validate.Options{})} {
			if len(list) > maxFindings+1 {
				t.Fatalf("%d findings", len(list))
			}
			for _, found := range list {
				if len(found.Got) > 5*maxExcerpt || len(found.Pointer) > 2*len(body)+len(query)+maxToken || found.Keyword == "" || found.Expected == "" || found.Got == "" {
					t.Fatalf("odd finding %+v", found)
				}
			}
		}
	})
}

// One validator judges for everybody; the race detector watches.
func TestConcurrentUse(t *testing.T) {
	g := NewWithT(t)
	v, op := load(t, simple)
	var group sync.WaitGroup
	results := make([][]string, 8)
	for i := range results {
		group.Go(func() { results[i] = brief(v.Response(op, answer(`{"a":"x","b":1}`), validate.Options{})) })
	}
	group.Wait()
	for _, result := range results {
		g.Expect(result).To(Equal([]string{"schema violation /a type", "undocumented note /b undocumented"}))
	}
}
