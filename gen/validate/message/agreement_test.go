package message_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

type example struct {
	File         string          `json:"-"`
	Operation    string          `json:"operation"`
	Direction    string          `json:"direction"`
	Status       int             `json:"status"`
	Microversion string          `json:"microversion"`
	Body         json.RawMessage `json:"body"`
}

func examples(t testing.TB) []example {
	t.Helper()
	files, err := filepath.Glob("../../../fixtures/examples/*/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documented examples: %v", err)
	}
	var list []example
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var e example
		if err := json.Unmarshal(text, &e); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		e.File = filepath.Base(f)
		if len(e.Body) > 0 && e.Operation != "" {
			list = append(list, e)
		}
	}
	return list
}

// TestTheTwoValidatorsAgree holds the compiled validators against the ones that
// interpret the contract: on every documented example at several microversions
// and profiles, and on every mutant of it with a single fault. They share no code
// but the contract, so each is the other's oracle.
func TestTheTwoValidatorsAgree(t *testing.T) {
	oracle, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	ours := compiled.New()
	compared, disagreed := 0, 0
	told := map[string]bool{}
	for _, e := range examples(t) {
		op, ok := catalog.Operation(e.Operation)
		if !ok {
			t.Errorf("%s: the contract has no operation %s", e.File, e.Operation)
			continue
		}
		versions, profiles := []string{""}, []string{""}
		if op.API == "nova" {
			versions, profiles = []string{"2.1", "2.26", "2.35", "2.60"}, []string{"", "nova-community"}
		}
		for i, body := range append([]string{string(e.Body)}, mutants(e.Body)...) {
			versions, profiles := versions, profiles
			if i > 0 {
				// The gates are the same for all mutants: each gets one version and profile.
				versions, profiles = versions[i%len(versions):][:1], profiles[i%len(profiles):][:1]
			}
			for _, version := range versions {
				for _, profile := range profiles {
					o := validate.Options{Profile: profile}
					if version != "" {
						o.Version = microversion.MustParse(version)
					}
					m := &validate.Message{Status: e.Status, Body: []byte(body), Header: http.Header{"Content-Type": {"application/json"}}}
					judge := func(v validate.Validator) []validate.Finding {
						if e.Direction == "request" {
							return v.Request(op, m, o)
						}
						return v.Response(op, m, o)
					}
					want, got := words(judge(oracle)), words(judge(ours))
					compared++
					if want != got {
						disagreed++
						if kind := e.File + difference(want, got); !told[kind] && len(told) < 20 {
							told[kind] = true
							t.Errorf("%s at %q for %q:\n%.600s\ninterpreted:\n%scompiled:\n%sdifference:\n%s", e.File, version, profile, body, want, got, difference(want, got))
						}
					}
				}
			}
		}
	}
	t.Logf("%d bodies compared, %d disagreements", compared, disagreed)
}

// difference are the lines that only one side has.
func difference(want, got string) string {
	var out []string
	for _, pair := range [][2]string{{want, got}, {got, want}} {
		for line := range strings.Lines(pair[0]) {
			if !strings.Contains(pair[1], line) {
				out = append(out, line)
			}
		}
	}
	return strings.Join(out, "")
}

// words are findings as far as both must agree: where, what, how bad and why.
func words(list []validate.Finding) string {
	lines := make([]string, 0, len(list))
	for _, f := range list {
		if f.Keyword == "syntax" {
			// Of a body that is no JSON only one tells what it saw before it broke.
			return "  " + f.Got + "\n"
		}
		if f.Severity != validate.Deviation {
			f.Ruling = "" // shaped the place; which one is named is a matter of taste
		}
		lines = append(lines, fmt.Sprintf("  %s %s %s %s %s\n", f.Severity, f.Class, f.Pointer, f.Keyword, f.Ruling))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// mutants are all bodies that differ from the given one in a single place: a
// member is missing, another, doubled or misspelled, a value of another type.
func mutants(body json.RawMessage) []string {
	var tree any
	if err := json.Unmarshal(body, &tree); err != nil {
		return nil
	}
	var out []string
	text := func() string {
		b, err := json.Marshal(tree)
		if err != nil {
			panic(err)
		}
		return string(b)
	}
	values := []any{nil, "", "surprise", 7.0, -1.0, 1.5, true, []any{}, map[string]any{}, strings.Repeat("x", 300)}
	var walk func(v any, set func(any), depth int)
	walk = func(v any, set func(any), depth int) {
		for _, w := range values {
			set(w)
			out = append(out, text())
		}
		set(v)
		switch v := v.(type) {
		case map[string]any:
			names := make([]string, 0, len(v))
			for k := range v {
				names = append(names, k)
			}
			slices.Sort(names)
			for _, k := range names {
				old := v[k]
				delete(v, k)
				out = append(out, text())
				v[strings.ToUpper(k)] = old
				out = append(out, text())
				delete(v, strings.ToUpper(k))
				v[k] = old
				walk(old, func(w any) { v[k] = w }, depth+1)
			}
			v["unheard-of"] = 1
			out = append(out, text())
			delete(v, "unheard-of")
		case []any:
			if len(v) > 0 {
				set(append(slices.Clone(v), v[0]))
				out = append(out, text())
				set(v)
				walk(v[0], func(w any) { v[0] = w }, depth+1)
			}
		}
	}
	walk(tree, func(w any) { tree = w }, 0)
	whole := string(body)
	for _, n := range []int{len(whole) / 3, len(whole) / 2, len(whole) - 1} {
		out = append(out, whole[:n])
	}
	return append(out, whole+"x", strings.Replace(whole, `": `, `" : `, 1), strings.Replace(whole, `"`, `"\u00`, 1))
}
