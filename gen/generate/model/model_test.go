package model

import (
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

func build(t *testing.T, files map[string]string) (*Contract, error) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := read.Load(fsys)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return New(tree)
}

const document = `openapi: 3.1.0
info: {title: Test, version: '1'}
paths:
  /v1/{id}: {$ref: 'p.yaml#/thing'}
`

const paths = `thing:
  x-source: ecs 5.1.1
  parameters:
    - {name: id, in: path, required: true, schema: {type: string}}
    - {name: limit, in: query, x-ruling: R-003, schema: {type: integer}}
  get:
    operationId: ShowThing
    summary: Show a thing
    x-microversion: {min: '2.3', max: '2.10'}
    x-deviation: {ruling: R-001, at: {min: '2.11'}}
    x-ruling: [R-002, R-001]
    parameters:
      - {name: limit, in: query, explode: false, schema: {$ref: '#/Thing'}}
      - {name: x-openstack-thing, in: header, schema: {type: string, x-secret: true}}
    responses:
      '202': {description: Taken., x-requirements: ECS-5.1.1-a}
      '200': {description: Done., content: {Application/JSON: {schema: {$ref: '#/Thing'}}}}
      '204': {description: Odd., x-deviation: {ruling: R-001, profiles: [x]}}
      '203': {description: Wordless., x-deviation: [{ruling: R-001, missing: [body]}, {ruling: R-002, media: [Text/HTML], status: [203]}]}
      default: {description: Refused.}
Thing:
  x-source: ecs 5.1.1 table 5-2
  type: [object, 'null']
  maximum: 9223372036854775808123
  const: 1e2
  required: [a]
  x-relations:
    - {when: {/a: [X, 1], /b~1c/*: absent}, then: {/d: null, /e: present}, ruling: R-001}
  properties:
    a: {type: string}
    again: {$ref: '#/Thing', x-microversion: {min: '2.10'}}
`

func TestOperation(t *testing.T) {
	g := NewWithT(t)
	c, err := build(t, map[string]string{"openapi/test/openapi.yaml": document, "openapi/test/p.yaml": paths})
	g.Expect(err).NotTo(HaveOccurred())
	o := c.API("test").Operations[0]
	g.Expect(o.ID).To(Equal("test.ShowThing"))
	g.Expect(o.Sources).To(Equal([]string{"ecs 5.1.1"}), "inherited from the path")
	g.Expect(o.Versions).To(Equal(microversion.Between("2.3", "2.10")))
	g.Expect(o.Rulings).To(Equal([]string{"R-001", "R-002"}), "sorted, without that of the parameter that is replaced")
	g.Expect(o.Requirements).To(Equal([]string{"ECS-5.1.1-a"}))
	g.Expect(o.Success).To(Equal([]int{202, 200, 203}), "in the order of the document, without what is only tolerated")
	g.Expect(o.At.String()).To(Equal("openapi/test/p.yaml:7:18"))

	g.Expect(o.Parameters).To(HaveLen(3))
	g.Expect(o.Parameters[1].Explode).To(BeFalse(), "the operation's parameter replaces that of the path")
	g.Expect(o.Parameters[2].Name).To(Equal("X-Openstack-Thing"))
	g.Expect(o.Parameters[2].Secret).To(BeTrue())

	g.Expect(o.Response(200).Media[0].Type).To(Equal("application/json"))
	g.Expect(o.Response(404).Status).To(Equal(0))
	g.Expect(o.Response(204).Deviations[0].Profiles).To(Equal([]string{"x"}))
	g.Expect(o.Deviations[0].At).To(HaveValue(Equal(microversion.Since("2.11"))))
	wordless := o.Response(203).Deviations
	g.Expect(wordless[0].Missing).To(Equal([]string{"body"}))
	g.Expect(wordless[1].Media).To(Equal([]string{"text/html"}), "as a client compares it")
	g.Expect(wordless[1].Statuses).To(Equal([]int{203}))
	g.Expect(c.API("none")).To(BeNil())
}

// An action is a key of the body, or the only value of its member action.
func TestActions(t *testing.T) {
	g := NewWithT(t)
	c, err := build(t, map[string]string{"openapi/test/openapi.yaml": `openapi: 3.1.0
info: {title: Test, version: '1'}
paths:
  /v1/things#start:
    post:
      operationId: StartThing
      x-action: start
      requestBody: {content: {application/json: {schema: {type: object, required: [start], properties: {start: {type: 'null'}, action: {enum: [start]}}}}}}
      responses: {'202': {description: Taken.}}
  /v1/things#tag:
    post:
      operationId: TagThing
      x-action: tag
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Tag'}}}}
      responses: {'202': {description: Taken.}}
  /v1/things#other:
    post:
      operationId: OtherThing
      x-action: other
      requestBody: {content: {application/json: {schema: {type: object, required: [action], properties: {action: {enum: [other, tag]}}}}}}
      responses: {'202': {description: Taken.}}
components:
  schemas:
    Tag: {type: object, required: [action], properties: {action: {type: string, enum: [tag]}}}
`})
	g.Expect(err).NotTo(HaveOccurred())
	members := map[string]string{}
	for _, o := range c.API("test").Operations {
		members[o.Name] = o.ActionMember
	}
	g.Expect(members).To(Equal(map[string]string{"StartThing": "", "TagThing": "action", "OtherThing": ""}))
}

func TestSchema(t *testing.T) {
	g := NewWithT(t)
	c, err := build(t, map[string]string{"openapi/test/openapi.yaml": document, "openapi/test/p.yaml": paths})
	g.Expect(err).NotTo(HaveOccurred())
	s := c.API("test").Schemas["Thing"]
	g.Expect(s.Maximum.RatString()).To(Equal("9223372036854775808123"), "numbers are exact")
	g.Expect(s.Const.Number.RatString()).To(Equal("100"))
	again, ok := s.Property("again")
	g.Expect(ok).To(BeTrue())
	g.Expect(again.Ref).To(BeIdenticalTo(s), "recursion in the contract is recursion in the model")
	g.Expect(again.Versions).To(Equal(microversion.Since("2.10")))

	r := s.Relations[0]
	g.Expect(r.Ruling).To(Equal("R-001"))
	g.Expect(r.When[1].Pointer).To(Equal(Pointer{"b/c", "*"}))
	g.Expect(r.String()).To(Equal(`/d is null and /e is present when /a is "X" or 1 and /b~1c/* is absent`))
}

func TestCatalogSortsAndKnowsPositions(t *testing.T) {
	g := NewWithT(t)
	c, err := build(t, map[string]string{
		"catalog/errors.yaml":     "x-ruling: R-001\nerrors:\n  - {code: Ecs.0002, status: 500, source: ecs A.2}\n  - {code: Ecs.0001, status: 400, source: [ecs A.2, ecs A.1]}\n",
		"requirements/ecs-5.yaml": "requirements:\n  - {id: B, text: b, source: s, level: must, proof: judge}\n",
		"requirements/ecs-6.yaml": "requirements:\n  - {id: A, text: a, source: s, level: must, proof: judge}\n",
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.Catalog.Errors[0].Code).To(Equal("Ecs.0001"))
	g.Expect(c.Catalog.Errors[0].Source).To(Equal("ecs A.2; ecs A.1"))
	g.Expect(c.Catalog.Requirements[0].ID).To(Equal("A"), "sorted over all files")
	g.Expect(c.Catalog.At["error Ecs.0001"].String()).To(Equal("catalog/errors.yaml:4:5"))
}

func TestJSON(t *testing.T) {
	g := NewWithT(t)
	tree, err := read.Load(fstest.MapFS{"a.yaml": {Data: []byte("z: 1.50\na: [true, null, 'x\"<', 2026-01-01]\nbig: 12345678901234567890123\n")}})
	g.Expect(err).NotTo(HaveOccurred())
	text, err := JSON(tree.File("a.yaml").Root)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(Equal(`{"z":1.50,"a":[true,null,"x\"\u003c","2026-01-01"],"big":12345678901234567890123}`))
}
