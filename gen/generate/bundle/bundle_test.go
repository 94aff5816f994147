package bundle

import (
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"
	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
)

const head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"

func bundled(t *testing.T, files map[string]string) (*Bundle, error) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["openapi/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := read.Load(fsys)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return New(tree, "a")
}

func text(t *testing.T, b *Bundle) string {
	t.Helper()
	out, err := yaml.Marshal(b.Root)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return string(out)
}

func TestReferencesBecomeComponents(t *testing.T) {
	g := NewWithT(t)
	b, err := bundled(t, map[string]string{
		"a/openapi.yaml":    head + "paths:\n  /x: {$ref: 'paths/x.yaml#/x'}\n",
		"a/paths/x.yaml":    "x:\n  parameters: [{$ref: '../parameters.yaml#/Limit'}]\n  get:\n    responses:\n      '200':\n        description: d\n        content: {application/json: {schema: {$ref: '../../shared/s.yaml#/Tree'}}}\n",
		"a/parameters.yaml": "Limit: {name: limit, in: query, schema: {$ref: '../shared/s.yaml#/Count'}}\n",
		"shared/s.yaml":     "Tree: {type: object, properties: {left: {$ref: '#/Tree', description: half}, n: {$ref: '#/Count'}}}\nCount: {type: integer}\n",
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(text(t, b)).To(MatchYAML(head + `
paths:
  /x:
    parameters: [{$ref: '#/components/parameters/Limit'}]
    get:
      responses:
        '200':
          description: d
          content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {$ref: '#/components/schemas/Count'}}
  schemas:
    Count: {type: integer}
    Tree: {type: object, properties: {left: {$ref: '#/components/schemas/Tree', description: half}, n: {$ref: '#/components/schemas/Count'}}}
`))
	tree := read.Member(read.Member(read.Member(b.Root, "components"), "schemas"), "Tree")
	g.Expect(b.At(tree).String()).To(Equal("openapi/shared/s.yaml:1:7"), "nodes remember where they were written")
}

func TestMembersBesideAReference(t *testing.T) {
	g := NewWithT(t)
	b, err := bundled(t, map[string]string{
		"a/openapi.yaml": head + `
paths:
  /x:
    get:
      responses:
        '200': {$ref: 'r.yaml#/Done', x-source: ecs 5}
        '202': {$ref: 'r.yaml#/Done'}
`,
		"a/r.yaml": "Done: {description: Done., x-source: ecs 6}\n",
	})
	g.Expect(err).NotTo(HaveOccurred())
	// OpenAPI knows no members beside a reference except in schemas, so the
	// object is written out with them.
	g.Expect(text(t, b)).To(MatchYAML(head + `
paths:
  /x:
    get:
      responses:
        '200': {description: Done., x-source: ecs 5}
        '202': {$ref: '#/components/responses/Done'}
components: {responses: {Done: {description: Done., x-source: ecs 6}}}
`))
}

func TestDataIsNoReference(t *testing.T) {
	g := NewWithT(t)
	b, err := bundled(t, map[string]string{
		"a/openapi.yaml": head + "paths: {}\ncomponents:\n  schemas:\n    S: {type: object, example: {$ref: not one}, properties: {$ref: {type: string}}}\n",
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(text(t, b)).To(ContainSubstring("example: {$ref: not one}"))
}

func TestMistakesHavePositions(t *testing.T) {
	for name, row := range map[string]struct {
		files map[string]string
		want  string
	}{
		"no document":   {map[string]string{"b/openapi.yaml": head}, "openapi/a/openapi.yaml: there is no such document"},
		"no file":       {map[string]string{"a/openapi.yaml": head + "paths:\n  /x: {$ref: 'y.yaml#/x'}\n"}, `openapi/a/openapi.yaml:4:14: reference "y.yaml#/x": there is no file openapi/a/y.yaml`},
		"no key":        {map[string]string{"a/openapi.yaml": head + "paths:\n  /x: {$ref: 'y.yaml#/x'}\n", "a/y.yaml": "z: {}\n"}, `openapi/a/openapi.yaml:4:14: reference "y.yaml#/x": openapi/a/y.yaml has no key x`},
		"no pointer":    {map[string]string{"a/openapi.yaml": head + "paths:\n  /x: {$ref: 'y.yaml'}\n"}, `openapi/a/openapi.yaml:4:14: reference "y.yaml" names no key: write FILE#/KEY`},
		"below a key":   {map[string]string{"a/openapi.yaml": head + "paths:\n  /x: {$ref: 'y.yaml#/x/y'}\n", "a/y.yaml": "x: {y: {}}\n"}, `openapi/a/openapi.yaml:4:14: reference "y.yaml#/x/y": only a key of a file can be referred to`},
		"claimed twice": {map[string]string{"a/openapi.yaml": head + "paths: {}\ncomponents:\n  schemas:\n    A: {items: {$ref: 'y.yaml#/S'}}\n    B: {items: {$ref: 'z.yaml#/S'}}\n", "a/y.yaml": "S: {}\n", "a/z.yaml": "S: {}\n"}, "openapi/a/z.yaml:1:1: component schemas/S is claimed twice (also at openapi/a/y.yaml:1:1); referred to at openapi/a/openapi.yaml:7:23"},
		"path of paths": {map[string]string{"a/openapi.yaml": head + "paths:\n  /x: {$ref: 'y.yaml#/x'}\n", "a/y.yaml": "x: {$ref: '#/z'}\nz: {}\n"}, `openapi/a/openapi.yaml:4:14: y.yaml#/x is itself a reference`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := bundled(t, row.files)
			NewWithT(t).Expect(err).To(MatchError(row.want))
		})
	}
}
