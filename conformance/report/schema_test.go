package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ecsconform/ecsconform/conformance/exchange"
)

func compiled(t *testing.T, fragment string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(SchemaID, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(SchemaID + fragment)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func asJSON(t *testing.T, b []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func written(t *testing.T, r Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSchemaDeclaresItself(t *testing.T) {
	g := NewWithT(t)
	var head map[string]any
	g.Expect(json.Unmarshal(Schema, &head)).To(Succeed())
	g.Expect(head["$id"]).To(Equal(SchemaID))
	g.Expect(head["$schema"]).To(Equal("https://json-schema.org/draft/2020-12/schema"))
}

func TestWrittenResultsFitTheSchema(t *testing.T) {
	whole, event := compiled(t, ""), compiled(t, "#/$defs/event")
	for name, r := range map[string]Result{"synthetic": synthetic(), "nothing": nothing(), "peaceful": peaceful()} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			g.Expect(whole.Validate(asJSON(t, written(t, r)))).To(Succeed())
			var b bytes.Buffer
			g.Expect(Replay(r, NewEvents(&b))).To(Succeed())
			lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
			g.Expect(len(lines)).To(BeNumerically(">=", len(r.Checks)+2))
			for _, line := range lines {
				g.Expect(event.Validate(asJSON(t, []byte(line)))).To(Succeed(), line)
			}
			g.Expect(event.Validate(asJSON(t, written(t, r)))).NotTo(Succeed(), "a document is no event")
		})
	}
}

// TestSchemaNamesEveryMember keeps the published schema and the Go shapes in step.
func TestSchemaNamesEveryMember(t *testing.T) {
	var schema struct {
		Properties map[string]json.RawMessage
		Defs       map[string]struct {
			Properties map[string]json.RawMessage
		} `json:"$defs"`
	}
	g := NewWithT(t)
	g.Expect(json.Unmarshal(Schema, &schema)).To(Succeed())
	var x struct {
		Properties map[string]struct{ Properties map[string]json.RawMessage }
	}
	var raw struct {
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	g.Expect(json.Unmarshal(Schema, &raw)).To(Succeed())
	g.Expect(json.Unmarshal(raw.Defs["exchange"], &x)).To(Succeed())

	names := func(m map[string]json.RawMessage) []string {
		var ns []string
		for n := range m {
			ns = append(ns, n)
		}
		slices.Sort(ns)
		return ns
	}
	for name, shape := range map[string]any{
		"header": Header{}, "setting": Setting{}, "check": Check{}, "requirement": Requirement{}, "finding": Finding{},
		"exchange": exchange.Exchange{}, "footer": Footer{}, "start": Start{},
	} {
		g.Expect(names(schema.Defs[name].Properties)).To(Equal(members(reflect.TypeOf(shape))), name)
	}
	g.Expect(names(schema.Properties)).To(Equal(members(reflect.TypeFor[Result]())))
	g.Expect(names(x.Properties["request"].Properties)).To(Equal(members(reflect.TypeFor[exchange.Request]())))
	g.Expect(names(x.Properties["response"].Properties)).To(Equal(members(reflect.TypeFor[exchange.Response]())))
}

func members(t reflect.Type) []string {
	var ns []string
	for f := range t.Fields() {
		if f.Anonymous && f.Tag.Get("json") == "" {
			ns = append(ns, members(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		ns = append(ns, name)
	}
	slices.Sort(ns)
	return ns
}

func TestReadingGivesBackWhatWasWritten(t *testing.T) {
	for name, r := range map[string]Result{"synthetic": synthetic(), "nothing": nothing(), "peaceful": peaceful()} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			first := written(t, r)
			read, err := ReadJSON(bytes.NewReader(first))
			g.Expect(err).NotTo(HaveOccurred())
			// A byte that is not UTF-8 is an escape at first and a character from then on.
			want := strings.ReplaceAll(string(first), `\ufffd`, "\ufffd")
			g.Expect(string(written(t, read)) == want).To(BeTrue(), "written, read and written again")

			var events bytes.Buffer
			g.Expect(Replay(r, NewEvents(&events))).To(Succeed())
			again, err := ReadEvents(&events)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(written(t, again)) == want).To(BeTrue(), "through events")
		})
	}
}

// edit changes one place of a document; the last step is a member or an index.
func edit(value any, steps ...any) func(map[string]any) {
	return func(doc map[string]any) {
		var at any = doc
		for _, s := range steps[:len(steps)-1] {
			switch s := s.(type) {
			case string:
				at = at.(map[string]any)[s]
			case int:
				at = at.([]any)[s]
			}
		}
		last := steps[len(steps)-1].(string)
		if value == nil {
			delete(at.(map[string]any), last)
			return
		}
		at.(map[string]any)[last] = value
	}
}

// TestWrongDocumentsAreRefused: each row is one mistake in a document that is
// right otherwise. "" says that the schema, or the reader, cannot see it.
func TestWrongDocumentsAreRefused(t *testing.T) {
	// The checks of peaceful: 0 pass, 1 and 2 unsupported, 3 and 4 pass.
	for name, row := range map[string]struct {
		edit   func(map[string]any)
		schema string
		reader string
	}{
		"no footer":              {edit(nil, "footer"), "missing property 'footer'", "no footer"},
		"null footer":            {func(d map[string]any) { d["footer"] = nil }, "'/footer': got null, want object", "no footer"},
		"no header":              {edit(nil, "header"), "missing property 'header'", "no header"},
		"no checks":              {edit(nil, "checks"), "missing property 'checks'", "5 checks were selected, 0 have a verdict"},
		"another schema":         {edit("https://example.org/1", "header", "schema"), "'/header/schema': value must be", `schema is "https://example.org/1"`},
		"unknown verdict":        {edit("ok", "checks", 0, "verdict"), "'/checks/0/verdict': value must be one of", `unknown verdict "ok"`},
		"no verdict":             {edit(nil, "checks", 0, "verdict"), "missing property 'verdict'", `unknown verdict ""`},
		"verdict in capitals":    {edit("PASS", "checks", 0, "verdict"), "'/checks/0/verdict': value must be one of", `unknown verdict "PASS"`},
		"no id":                  {edit("", "checks", 0, "id"), "'/checks/0/id': minLength", "check 1 has no id"},
		"no reason":              {edit(nil, "checks", 1, "reason"), "missing property 'reason'", ""},
		"the same check twice":   {edit("microversions.list", "checks", 4, "id"), "", ""}, // another microversion: allowed
		"twice at one version":   {func(d map[string]any) { c := d["checks"].([]any); c[4] = c[3] }, "", "check microversions.list@2.10 comes twice"},
		"one check missing":      {func(d map[string]any) { d["checks"] = d["checks"].([]any)[:4] }, "", "counts 3 pass, the checks have 2"},
		"a count too high":       {edit(json.Number("4"), "footer", "counts", "pass"), "", "counts 4 pass, the checks have 3"},
		"a count missing":        {edit(nil, "footer", "counts", "fail"), "missing property 'fail'", ""},
		"a count of nonsense":    {edit(json.Number("1"), "footer", "counts", "skipped"), "'skipped'", `counts the unknown verdict "skipped"`},
		"a pass with exit 1":     {edit(json.Number("1"), "footer", "exit"), "'/footer/exit': value must be 0", "verdict pass goes with exit status 0, got 1"},
		"a fail with exit 0":     {edit("fail", "footer", "verdict"), "'/footer/exit': value must be 1", "verdict fail goes with exit status 1, got 0"},
		"an interrupted pass":    {edit(true, "footer", "interrupted"), "'/footer/interrupted'", "the run was interrupted"},
		"a run that is excluded": {edit("excluded", "footer", "verdict"), "'/footer/verdict'", `cannot have the verdict "excluded"`},
		"a level of ours":        {edit("urgent", "checks", 0, "level"), "'/checks/0/level'", ""},
		"a microversion 2.07":    {edit("2.07", "checks", 0, "microversion"), "'/checks/0/microversion'", ""},
		"a member too many":      {edit("x", "checks", 0, "colour"), "additional properties 'colour' not allowed", ""},
		"time without zone":      {edit("2026-11-21 22:15", "header", "began"), "'/header/began'", "cannot parse"},
		"a duration below zero":  {edit(json.Number("-1"), "checks", 0, "took_ns"), "minimum", ""},
		"a duration as text":     {edit("1s", "checks", 0, "took_ns"), "'/checks/0/took_ns': got string", "cannot unmarshal string"},
		"status 0":               {edit(json.Number("0"), "checks", 0, "exchanges", 0, "response", "status"), "minimum", ""},
		"an odd severity":        {edit("bad", "checks", 3, "findings", 0, "severity"), "'/checks/3/findings/0/severity'", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			doc := asJSON(t, written(t, peaceful())).(map[string]any)
			row.edit(doc)
			err := compiled(t, "").Validate(doc)
			if row.schema == "" {
				g.Expect(err).NotTo(HaveOccurred())
			} else {
				g.Expect(err).To(MatchError(ContainSubstring(row.schema)))
			}
			b, err := json.Marshal(doc)
			g.Expect(err).NotTo(HaveOccurred())
			_, err = ReadJSON(bytes.NewReader(b))
			if row.reader == "" {
				g.Expect(err).NotTo(HaveOccurred())
			} else {
				g.Expect(err).To(MatchError(ContainSubstring(row.reader)))
			}
		})
	}
}

// TestNoPrefixIsAResult cuts a document after every byte: none of the pieces is a result.
func TestNoPrefixIsAResult(t *testing.T) {
	r := peaceful()
	r.Checks = r.Checks[4:]
	r.Header.Checks, r.Footer.Counts = 1, Count(r.Checks)
	whole := bytes.TrimRight(written(t, r), "\n")
	var events bytes.Buffer
	if err := Replay(r, NewEvents(&events)); err != nil {
		t.Fatal(err)
	}
	lines := bytes.TrimRight(events.Bytes(), "\n")
	for n := range whole {
		if _, err := ReadJSON(bytes.NewReader(whole[:n])); err == nil {
			t.Fatalf("the first %d bytes of %d were read as a result", n, len(whole))
		} else if n > 0 && !errors.Is(err, ErrUnfinished) {
			t.Fatalf("the first %d bytes: want ErrUnfinished, got %v", n, err)
		}
	}
	for n := range lines {
		if _, err := ReadEvents(bytes.NewReader(lines[:n])); err == nil {
			t.Fatalf("the first %d bytes of %d events were read as a result", n, len(lines))
		}
	}
}

func TestBrokenTextsAreRefused(t *testing.T) {
	doc := string(written(t, peaceful()))
	for name, row := range map[string]struct{ text, says string }{
		"empty":            {"", "the result is empty"},
		"blank":            {" \n", "the result is empty"},
		"null":             {"null", `want "{", got <nil>`},
		"a list":           {"[]", `want "{", got [`},
		"html":             {"<html>", "invalid character '<'"},
		"two documents":    {doc + doc, "something follows the document"},
		"two footers":      {strings.Replace(doc, "],\n\"footer\"", "],\n\"footer\":null,\"footer\"", 1), `member "footer" comes twice`},
		"an unknown part":  {strings.Replace(doc, "],\n\"footer\"", "],\n\"notes\":[],\"footer\"", 1), "notes: unknown member"},
		"checks as object": {strings.Replace(doc, "\"checks\":[", "\"checks\":{", 1), `checks: want "[", got {`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadJSON(strings.NewReader(row.text))
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(row.says)))
		})
	}
	for name, row := range map[string]struct{ text, says string }{
		"empty":              {"", "the result is empty"},
		"no header":          {`{"record":"start","start":{"id":"a"}}`, "called out of order"},
		"unknown record":     {`{"record":"heading"}`, `line 1: record "heading" is unknown`},
		"record without its": {`{"record":"header"}`, "lacks its member"},
		"not JSON":           {`{"record":`, "line 1: unexpected end"},
	} {
		t.Run("events/"+name, func(t *testing.T) {
			_, err := ReadEvents(strings.NewReader(row.text))
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(row.says)))
		})
	}
}

// TestUnfinishedResultIsStillReadable: with the error comes what was there.
func TestUnfinishedResultIsStillReadable(t *testing.T) {
	g := NewWithT(t)
	var b bytes.Buffer
	g.Expect(Replay(unfinished(), NewJSON(&b))).To(Succeed())
	r, err := ReadJSON(&b)
	g.Expect(err).To(MatchError(ErrUnfinished))
	g.Expect(r.Footer).To(BeNil())
	g.Expect(r.Header.Profile).To(Equal("nova-community"))
	g.Expect(r.Checks).To(HaveLen(4))
	g.Expect(WriteJSON(&b, unfinished())).To(MatchError(ErrUnfinished))
}

// TestPassNeedsAJudgedCheck: footers that claim more than the checks show.
func TestPassNeedsAJudgedCheck(t *testing.T) {
	one := func(v Verdict, provisional bool) []Check {
		return []Check{{ID: "a.b", Verdict: v, Provisional: provisional, Reason: "why", Took: time.Second}}
	}
	for name, row := range map[string]struct {
		checks []Check
		run    Verdict
		says   string
	}{
		"no check":              {nil, Pass, "no decisive check passed"},
		"only unsupported":      {one(Unsupported, false), Pass, "no decisive check passed"},
		"only provisional":      {one(Pass, true), Pass, "no decisive check passed"},
		"a failed check":        {append(one(Pass, false), Check{ID: "c", Verdict: Fail}), Pass, "1 decisive checks failed"},
		"an error":              {append(one(Pass, false), Check{ID: "c", Verdict: Error}), Pass, "1 erred"},
		"not run":               {append(one(Pass, false), Check{ID: "c", Verdict: NotRun}), Pass, "1 did not run"},
		"fail without failure":  {one(Pass, false), Fail, "no decisive check failed"},
		"fail, but provisional": {one(Fail, true), Fail, "no decisive check failed"},
		"provisional failure":   {append(one(Pass, false), Check{ID: "c", Verdict: Fail, Provisional: true}), Pass, ""},
		"nothing judged":        {one(Unsupported, false), Error, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := Result{Header: Header{Schema: SchemaID, Checks: len(row.checks)}, Checks: row.checks,
				Footer: &Footer{Verdict: row.run, Counts: Count(row.checks), Exit: map[Verdict]int{Pass: 0, Fail: 1, Error: 3}[row.run]}}
			err := r.Verify()
			if row.says == "" {
				NewWithT(t).Expect(err).NotTo(HaveOccurred())
			} else {
				NewWithT(t).Expect(err).To(MatchError(ContainSubstring(row.says)))
			}
		})
	}
}
