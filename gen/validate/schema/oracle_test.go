package schema_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/export"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// TestAgreesWithJSONSchema holds the judge against a reader of JSON Schema that
// knows nothing of ours: the exported document of each API, the documented
// examples, and each of them with one member removed or of another kind. What
// plain JSON Schema cannot say is left out of the comparison.
func TestAgreesWithJSONSchema(t *testing.T) {
	g := NewWithT(t)
	v, err := schema.New()
	g.Expect(err).NotTo(HaveOccurred())
	files, err := filepath.Glob("../../../fixtures/examples/*/*.json")
	g.Expect(err).NotTo(HaveOccurred())
	documents := map[string]*openapi3.T{}
	compared, refused := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		var e struct {
			Operation, Direction string
			Status               int
			Body                 json.RawMessage
		}
		g.Expect(json.Unmarshal(text, &e)).To(Succeed())
		op, ok := catalog.Operation(e.Operation)
		if !ok || op.Action != "" {
			continue // the bodies of actions are one union in the exported document
		}
		const version = "2.26"
		if documents[op.API] == nil {
			documents[op.API] = document(t, op.API, version)
		}
		plain := plainSchema(documents[op.API], op, e.Direction, e.Status)
		if plain == nil {
			continue
		}
		var body any
		g.Expect(json.Unmarshal(e.Body, &body)).To(Succeed())
		for _, mutant := range mutants(body) {
			text, err := json.Marshal(mutant)
			g.Expect(err).NotTo(HaveOccurred())
			m := &validate.Message{Status: e.Status, Body: text, Header: http.Header{"Content-Type": {"application/json"}}}
			o := validate.Options{Version: microversion.MustParse(version)}
			found := v.Response(op, m, o)
			if e.Direction == "request" {
				found = v.Request(op, m, o)
			}
			ours := slices.ContainsFunc(found, breaksPlainSchema)
			if !ours && slices.ContainsFunc(found, onlyOurs) {
				continue
			}
			theirs := documents[op.API].ValidateSchemaJSON(plain, mutant) != nil
			if ours != theirs {
				t.Errorf("%s: ours %t, theirs %t: %v\n%s", filepath.Base(file), ours, theirs, found, text)
			}
			compared++
			if theirs {
				refused++
			}
		}
	}
	t.Logf("%d bodies, %d of them refused by both", compared, refused)
	g.Expect(compared).To(BeNumerically(">", 1000))
	g.Expect(refused).To(BeNumerically(">", 200))
}

// breaksPlainSchema reports whether a finding is one of plain JSON Schema.
func breaksPlainSchema(f validate.Finding) bool {
	return f.Class == validate.ClassSchema && f.Severity != validate.Note && !onlyOurs(f) &&
		!strings.HasPrefix(f.Pointer, "header:") && !strings.HasPrefix(f.Pointer, "path:") && !strings.HasPrefix(f.Pointer, "query:")
}

// onlyOurs reports whether the other reader sees it in part or not at all: it
// knows few formats, and the limits in bytes are limits in characters to it.
func onlyOurs(f validate.Finding) bool {
	return slices.Contains([]string{"format", "x-max-bytes", "contentEncoding", "x-max-decoded-bytes"}, f.Keyword)
}

func document(t *testing.T, api, version string) *openapi3.T {
	t.Helper()
	g := NewWithT(t)
	text, err := export.Plain(api, microversion.MustParse(version), export.Options{JSON: true})
	g.Expect(err).NotTo(HaveOccurred())
	doc, err := openapi3.NewLoader().LoadFromData(text)
	g.Expect(err).NotTo(HaveOccurred())
	return doc
}

func plainSchema(doc *openapi3.T, op *contract.Operation, direction string, status int) *openapi3.Schema {
	item := doc.Paths.Value(op.Path)
	if item == nil || item.GetOperation(op.Method) == nil {
		return nil
	}
	operation := item.GetOperation(op.Method)
	var content openapi3.Content
	switch {
	case direction == "request" && operation.RequestBody != nil:
		content = operation.RequestBody.Value.Content
	case direction == "response":
		response := operation.Responses.Status(status)
		if response == nil && status >= 400 {
			response = operation.Responses.Default()
		}
		if response != nil {
			content = response.Value.Content
		}
	}
	if media := content.Get("application/json"); media != nil {
		return media.Schema.Value
	}
	return nil
}

// mutants are the value itself and copies with one place changed.
func mutants(v any) []any {
	list := []any{v}
	switch v := v.(type) {
	case map[string]any:
		for key, child := range v {
			without := map[string]any{}
			for k, c := range v {
				if k != key {
					without[k] = c
				}
			}
			list = append(list, without)
			for _, m := range mutants(child) {
				with := map[string]any{}
				for k, c := range v {
					with[k] = c
				}
				with[key] = m
				list = append(list, with)
			}
		}
	case []any:
		list = append(list, []any{}, map[string]any{})
		if len(v) > 0 {
			for _, m := range mutants(v[0]) {
				list = append(list, append([]any{m}, v[1:]...))
			}
		}
	case string:
		list = append(list, 7.0, nil, "", strings.Repeat("x", 300))
	case float64:
		list = append(list, "seven", 7.5, -1.0, 1e12)
	case bool:
		list = append(list, "true", nil)
	case nil:
		list = append(list, "x", 0.0)
	}
	return list
}
