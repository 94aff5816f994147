package emit

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"text/template"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"

	"github.com/ecsconform/ecsconform/gen/generate/model"
)

// The templates replace oapi-codegen's client, which would put each request
// builder, each interface and each decoder in the output once per operation.
var (
	//go:embed templates/client.tmpl
	clientTemplate string
	//go:embed templates/replies.tmpl
	repliesTemplate string
	//go:embed templates/imports.tmpl
	importsTemplate string
	//go:embed templates/editors.tmpl
	editorsTemplate string
)

// emitClient writes the types and the client of one API.
func emitClient(api *model.API, files Files) error {
	document, err := clientDocument(api)
	if err != nil {
		return err
	}
	dir := "gen/" + api.Name + "/"
	for _, part := range []struct {
		file     string
		generate codegen.GenerateOptions
	}{
		{"types.gen.go", codegen.GenerateOptions{Models: true}},
		{"client.gen.go", codegen.GenerateOptions{Client: true}},
	} {
		// The library changes the document, so each run gets its own.
		doc, err := openapi3.NewLoader().LoadFromData(document)
		if err != nil {
			return fmt.Errorf("load the bundled document: %w", err)
		}
		code, err := codegen.Generate(doc, clientOptions(api.Name, part.generate))
		if err != nil {
			return fmt.Errorf("%s: %w", part.file, err)
		}
		files[dir+part.file] = []byte(header(document) + clean(code))
	}
	editors, err := template.New("editors.tmpl").Parse(editorsTemplate)
	if err != nil {
		return err
	}
	files[dir+"editors.gen.go"], err = render(editors, api)
	if err != nil {
		return err
	}
	files[dir+"doc.gen.go"] = fmt.Appendf(nil, `%s// Package %s holds the types and the client of the API %q.
// Start at NewClientWithResponses; a request editor sets the microversion
// (WithMicroversion) or signs the request (WithCredentials).
package %s
`, header(document), api.Name, api.Title, api.Name)
	return nil
}

func clientOptions(pkg string, generate codegen.GenerateOptions) codegen.Configuration {
	text := codegen.SimpleTypeSpec{Type: "string"}
	return codegen.Configuration{
		PackageName: pkg,
		Generate:    generate,
		Compatibility: codegen.CompatibilityOptions{
			AlwaysPrefixEnumValues:           true,
			DisableRequiredReadOnlyAsPointer: true,
		},
		OutputOptions: codegen.OutputOptions{
			SkipPrune:          true,
			SkipEnumValidate:   true,
			NameNormalizer:     string(codegen.NameNormalizerFunctionToCamelCaseWithInitialisms),
			ResponseTypeSuffix: "Response",
			UserTemplates: map[string]string{
				"client.tmpl":                clientTemplate,
				"client-with-responses.tmpl": repliesTemplate,
				"imports.tmpl":               importsTemplate,
			},
			PreferSkipOptionalPointerOnContainerTypes: true,
			// A conformance client has to show what it got and to send what
			// does not fit: formats are the judge's business, not the types'.
			TypeMapping: &codegen.TypeMapping{
				Integer: codegen.FormatMapping{Default: codegen.SimpleTypeSpec{Type: "int64"}},
				Number: codegen.FormatMapping{
					Default: codegen.SimpleTypeSpec{Type: "float64"},
					Formats: map[string]codegen.SimpleTypeSpec{"float": {Type: "float64"}},
				},
				String: codegen.FormatMapping{Formats: map[string]codegen.SimpleTypeSpec{
					"byte": text, "email": text, "date": text, "date-time": text, "duration": text,
					"json": text, "uuid": text, "binary": text,
				}},
			},
		},
	}
}

var fragment = regexp.MustCompile(`(fmt\.Sprintf\("/[^"#\n]*)#[^"\n]*"`)

// clean takes the fragments of action paths, which only tell the operations of
// one path apart, out of the request builders, and the library's own note on
// who generated the code out of the head.
func clean(code string) string {
	code = fragment.ReplaceAllString(code, `$1"`)
	return strings.TrimLeft(code, "\n")
}
