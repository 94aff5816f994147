package schema

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// document is a contract of one operation, whose body and answer have the
// schema Thing.
const document = `
openapi: 3.1.0
info: {title: Test, version: '1', x-source: ecs 5}
paths:
  /things/{id}: {$ref: 'paths.yaml#/things'}
`

const paths = `
things:
  x-source: ecs 5.1.1
  parameters:
    - {name: id, in: path, required: true, x-source: ecs 5.1.1 table 1, schema: {type: string, format: uuid}}
  put:
    operationId: PutThing
    summary: Put a thing
    parameters:
      - {name: limit, in: query, schema: {type: integer, minimum: 1}, x-ruling: R-001}
      - {name: flag, in: query, schema: {type: boolean}}
      - {name: tag, in: query, schema: {type: array, items: {type: string, enum: [a, b]}}}
      - {name: word, in: query, explode: false, schema: {type: array, items: {type: integer}}}
      - {name: new, in: query, x-microversion: {min: '2.10'}, schema: {type: string}}
      - {name: X-Request, in: header, required: true, schema: {type: string, format: uuid}}
      - {name: X-Secret, in: header, x-secret: true, schema: {type: string, maxLength: 3}}
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: 'schemas.yaml#/Thing'}}}
    responses:
      '200':
        description: Done.
        headers:
          X-Count: {required: true, schema: {type: integer}}
        content: {application/json: {schema: {$ref: 'schemas.yaml#/Thing'}}}
      '202': {description: Taken.}
      '207':
        description: Taken, with a body later on.
        content: {application/json: {schema: {$ref: 'schemas.yaml#/Late'}}}
      '203': {description: Odd., x-deviation: {ruling: R-002}}
      '206': {description: Odd for some., x-deviation: {ruling: R-003}}
      default:
        description: Refused.
        content: {application/json: {schema: {$ref: 'schemas.yaml#/Fault'}}}
`

const catalogue = `
statuses:
  - {code: 200, meaning: done, sources: [ecs 10.1]}
  - {code: 201, meaning: made, sources: [ecs 10.1]}
  - {code: 404, meaning: not found, sources: [ecs 10.1]}
`

const rulings = `
rulings:
  - {id: R-003, title: t, reading: r, reason: r, violation: v, deviation: d, profiles: [special]}
`

// load is a validator for a contract with these schemas; a schema Thing must be
// among them.
func load(t testing.TB, schemas string) (*Validator, *contract.Operation) {
	t.Helper()
	g := NewWithT(t)
	if !strings.Contains(schemas, "\nFault:") {
		schemas += "\nFault: {type: object, required: [error], properties: {error: {type: string}}}\nLate: {type: object, x-microversion: {min: '2.10'}, properties: {a: {type: integer}}}\nNew: {type: string, x-source: ecs 6 table 2}\n"
	}
	v, err := Load(fstest.MapFS{
		"openapi/test/openapi.yaml": {Data: []byte(document)},
		"openapi/test/paths.yaml":   {Data: []byte(paths)},
		"openapi/test/schemas.yaml": {Data: []byte(schemas)},
		"catalog/statuses.yaml":     {Data: []byte(catalogue)},
		"rulings/test.yaml":         {Data: []byte(rulings)},
	})
	g.Expect(err).NotTo(HaveOccurred())
	return v, &contract.Operation{ID: "test.PutThing"}
}

const id = "b0a6c1f2-7f0e-4c9d-8a53-0123456789ab"

func answer(body string) *validate.Message {
	return &validate.Message{
		Status: 200, Body: []byte(body),
		Header: http.Header{"Content-Type": {"application/json"}, "X-Count": {"1"}},
	}
}

func question(query, body string) *validate.Message {
	return &validate.Message{
		Path: map[string]string{"id": id}, Query: query, Body: []byte(body),
		Header: http.Header{"Content-Type": {"application/json"}, "X-Request": {id}},
	}
}

// judge is what is wrong with a body by the schema Thing.
func judge(t testing.TB, thing, body, version, profile string) []validate.Finding {
	t.Helper()
	v, op := load(t, "Thing:\n"+indent(thing))
	o := validate.Options{Profile: profile}
	if version != "" {
		o.Version = microversion.MustParse(version)
	}
	return v.Response(op, answer(body), o)
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") + "\n"
}
