package coverage

import (
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/spec"
)

// small is a contract with a few of everything, told apart by their sources.
func small() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"openapi/test/openapi.yaml": `openapi: 3.1.0
info: {title: Test, version: '1', x-source: ecs 5}
paths:
  /v1/{project_id}/things: {$ref: 'paths/things.yaml#/things'}
  /v1/{project_id}/things/action#start: {$ref: 'paths/things.yaml#/start'}
`,
		"openapi/test/paths/things.yaml": `things:
  x-source: [ecs 5.1.1, ecs 5.1.2]
  parameters:
    - {name: project_id, in: path, required: true, x-source: [ecs 5.1.1 table 5-1, ecs 5.1.2 table 5-4], schema: {type: string, minLength: 1}}
  post:
    operationId: CreateThing
    summary: Create a thing
    x-source: ecs 5.1.1
    requestBody:
      content: {application/json: {schema: {$ref: '../schemas/thing.yaml#/Thing'}}}
    responses:
      '200': {description: Made., content: {application/json: {schema: {$ref: '../schemas/thing.yaml#/Thing'}}}}
  get:
    operationId: ListThings
    summary: List things
    x-source: ecs 5.1.2
    x-microversion: {min: '2.3'}
    parameters:
      - {name: limit, in: query, x-microversion: {min: '2.9'}, schema: {type: integer, minimum: 0, maximum: 9}}
    responses:
      '200':
        description: The things.
        headers: {Link: {schema: {type: string, format: uri}}}
        content: {application/json: {schema: {$ref: '../schemas/thing.yaml#/Things'}}}
start:
  x-source: ecs 6.1
  parameters:
    - {name: project_id, in: path, required: true, schema: {type: string}}
  post:
    operationId: StartThing
    summary: Start a thing
    x-action: start
    requestBody:
      content: {application/json: {schema: {$ref: '../schemas/thing.yaml#/StartRequest'}}}
    responses:
      '202': {description: Taken.}
      default: {description: Refused., content: {application/json: {schema: {$ref: '../../shared/failure.yaml#/Failure'}}}}
`,
		"openapi/test/schemas/thing.yaml": `Thing:
  x-source: [ecs 5.1.1 table 5-2, ecs 10.3]
  type: object
  properties:
    name: {type: string, minLength: 1, maxLength: 64}
    kind: {$ref: '#/Kind'}
    part: {$ref: '#/Part'}
Kind:
  x-source: ecs 5.1.1 table 5-2
  x-deviation: {ruling: R-001, schema: {type: string, enum: [old], maxLength: 3}}
  type: string
  enum: [big, small]
Part:
  x-source: ecs 5.1.1 table 5-3
  type: object
  properties:
    id: {type: string}
    whole: {$ref: '#/Thing', x-source: autolaunch table 2}
Things:
  x-source: ecs 5.1.2 table 5-5
  type: object
  properties:
    things: {type: array, maxItems: 9, items: {$ref: '#/Thing'}}
    links: {type: array, items: {type: string, x-microversion: {min: '2.9'}}}
StartRequest:
  x-source: ecs 6.1 table 6-2
  type: object
  properties:
    start: {type: 'null'}
`,
		"openapi/shared/failure.yaml": `Failure:
  x-source: ecs 10.3
  type: object
  properties:
    code: {type: string, maxLength: 9}
Lonely:
  x-source: ecs 8.2 table 8-13
  x-ruling: R-001
  type: object
  properties:
    version: {type: string, enum: ['4', '6']}
    failure: {$ref: '#/Failure'}
`,
		"catalog/errors.yaml": "errors:\n  - {code: Ecs.0001, status: 400, source: ecs A.2}\n  - {code: Ecs.0002, status: 400, source: ecs A.2}\n",
		"catalog/states.yaml": `statuses:
  - {name: ACTIVE, source: ecs A.3 table A-1}
vm_states:
  - {name: active, source: ecs A.3 table A-2}
mapping:
  - {vm: active, task: null, status: ACTIVE, source: ecs A.3 table A-4}
`,
		"catalog/statuses.yaml":    "statuses:\n  - {code: 200, meaning: Done., sources: [ecs 10.1, ecs A.1]}\n",
		"catalog/permissions.yaml": "permissions:\n  - {item: 'ecs:things:create', call: POST, source: ecs 9.2.1}\n",
		"requirements/test.yaml": `requirements:
  - {id: ECS-5.1.1-a, text: It is so., source: [ecs 5.1.1, ecs 10.3], level: must, proof: suite}
  - {id: ECS-5.1.1-b, text: It is so., source: ecs 5.1.1 prose, level: must, proof: judge}
  - {id: ECS-6.1-c, text: It is so., source: ecs 6.1, level: must, proof: nobody, reason: hidden}
`,
		"rulings/test.yaml": `rulings:
  - id: R-001
    title: A title
    citations: [{source: ecs 5.1.1 table 5-2, says: one thing}, {source: autolaunch table 2, says: another}]
    reading: This.
    reason: That.
    violation: these
    deviation: none
`,
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func take(t *testing.T, files, examples fstest.MapFS) *Inventory {
	t.Helper()
	g := NewWithT(t)
	tree, err := read.Load(files)
	g.Expect(err).NotTo(HaveOccurred())
	c, err := model.New(tree)
	g.Expect(err).NotTo(HaveOccurred())
	v, err := Take(c, examples)
	g.Expect(err).NotTo(HaveOccurred())
	return v
}

func TestEachThingCountsWhereItComesFrom(t *testing.T) {
	examples := fstest.MapFS{
		"ecs/5.1.1-1-request.json":          {Data: []byte(`{"source": "ecs 5.1.1 example 1"}`)},
		"autolaunch/example-1-request.json": {Data: []byte(`{"source": "autolaunch example 1"}`)},
	}
	rows := take(t, small(), examples).Rows(Section)
	want := []struct {
		place  string
		counts map[Kind]int
	}{
		{"autolaunch", map[Kind]int{RequestFields: 1, ResponseFields: 1, Examples: 1, Rulings: 1}},
		{"ecs 5.1.1", map[Kind]int{
			Operations: 1, Parameters: 1, RequestFields: 4, ResponseFields: 4, Enumerations: 1, Bounds: 3,
			Examples: 1, BySuite: 1, ByJudge: 1, Rulings: 1,
		}},
		{"ecs 5.1.2", map[Kind]int{Operations: 1, Parameters: 2, Headers: 1, ResponseFields: 2, Bounds: 5, Gates: 3}},
		{"ecs 6.1", map[Kind]int{Operations: 1, Actions: 1, Parameters: 1, RequestFields: 1, ByNobody: 1}},
		{"ecs 8.2", map[Kind]int{ResponseFields: 2, Enumerations: 1}},
		{"ecs 9.2.1", map[Kind]int{Permissions: 1}},
		{"ecs 10.1", map[Kind]int{Statuses: 1}},
		{"ecs 10.3", map[Kind]int{RequestFields: 3, ResponseFields: 4, Bounds: 3, BySuite: 1}},
		{"ecs A.1", map[Kind]int{Statuses: 1}},
		{"ecs A.2", map[Kind]int{Codes: 2}},
		{"ecs A.3", map[Kind]int{States: 2, Mappings: 1}},
		{"", map[Kind]int{
			Operations: 3, Actions: 1, Parameters: 4, Headers: 1, RequestFields: 6, ResponseFields: 10, Enumerations: 2, Bounds: 8,
			Codes: 2, Statuses: 1, States: 2, Mappings: 1, Gates: 3, Permissions: 1, Examples: 2, BySuite: 1, ByJudge: 1, ByNobody: 1,
			Rulings: 1,
		}},
	}
	g := NewWithT(t)
	g.Expect(rows).To(HaveLen(len(want)))
	for i, row := range rows {
		g.Expect(row.Place).To(Equal(want[i].place))
		g.Expect(slices.Sorted(maps.Keys(row.Counts))).To(Equal(slices.Sorted(slices.Values(Kinds()))), "every kind has a number")
		for _, k := range Kinds() {
			g.Expect(row.Counts[k]).To(Equal(want[i].counts[k]), "%s of %q", k, row.Place)
		}
	}
}

func TestRowsByTable(t *testing.T) {
	g := NewWithT(t)
	counts, places := map[string]map[Kind]int{}, []string(nil)
	for _, row := range take(t, small(), fstest.MapFS{}).Rows(Table) {
		counts[row.Place] = row.Counts
		places = append(places, row.Place)
	}
	g.Expect(places[:6]).To(Equal([]string{
		"autolaunch table 2", "ecs 5.1.1", "ecs 5.1.1 table 5-1", "ecs 5.1.1 table 5-2", "ecs 5.1.1 table 5-3", "ecs 5.1.2",
	}))
	g.Expect(counts["ecs 5.1.1"][Operations]).To(Equal(1))
	g.Expect(counts["ecs 5.1.1 table 5-1"][Parameters]).To(Equal(1))
	g.Expect(counts["ecs 5.1.1 table 5-2"][RequestFields]).To(Equal(3))
	g.Expect(counts["ecs 5.1.1 table 5-3"][RequestFields]).To(Equal(1))
	g.Expect(counts["ecs A.3 table A-4"][Mappings]).To(Equal(1))
}

func TestPlacesAreOrderedAsInTheDocuments(t *testing.T) {
	g := NewWithT(t)
	places := []string{
		"autolaunch", "ecs 5.1", "ecs 5.1.2 table 5-7", "ecs 5.1.2 table 5-10", "ecs 5.1.10", "ecs 10", "ecs A.1", "ecs A.3 table A-4",
	}
	shuffled := slices.Clone(places)
	slices.Reverse(shuffled)
	slices.SortFunc(shuffled, ComparePlaces)
	g.Expect(shuffled).To(Equal(places))
}

func TestCoarserRowsCountAThingOnce(t *testing.T) {
	g := NewWithT(t)
	v := take(t, small(), nil)
	counts := map[string]map[Kind]int{}
	for _, by := range []By{Document, Chapter} {
		for _, row := range v.Rows(by) {
			counts[row.Place] = row.Counts
		}
	}
	g.Expect(slices.Sorted(maps.Keys(counts))).To(Equal([]string{"", "autolaunch", "ecs", "ecs 10", "ecs 5", "ecs 6", "ecs 8", "ecs 9", "ecs A"}))
	g.Expect(counts["ecs"][BySuite]).To(Equal(1), "one requirement of two sections")
	g.Expect(counts["ecs 5"][Parameters]).To(Equal(3))
	g.Expect(counts["ecs A"][Statuses]).To(Equal(1))
	g.Expect(counts["ecs 10"][Statuses]).To(Equal(1))
	g.Expect(counts["ecs"][Statuses]).To(Equal(1))
}

// Nothing of the real contract may count nowhere, and no document may bring nothing.
func TestTheContractHasSomethingOfEveryDocument(t *testing.T) {
	g := NewWithT(t)
	tree, err := read.Load(spec.Files())
	g.Expect(err).NotTo(HaveOccurred())
	c, err := model.New(tree)
	g.Expect(err).NotTo(HaveOccurred())
	v, err := Take(c, fstest.MapFS{})
	g.Expect(err).NotTo(HaveOccurred())
	for _, thing := range v.things {
		g.Expect(thing.sources).NotTo(BeEmpty(), "%s %s", thing.kind, thing.key)
	}
	rows := v.Rows(Document)
	var places []string
	for _, row := range rows {
		places = append(places, row.Place)
		for _, k := range []Kind{Operations, Parameters, RequestFields, ResponseFields, Enumerations, Bounds, BySuite, ByJudge, Rulings} {
			g.Expect(row.Counts[k]).To(BeNumerically(">", 0), "%s of %q", k, row.Place)
		}
	}
	g.Expect(places).To(Equal([]string{"appgroup-create", "appgroup-list", "appserver-create", "autolaunch", "ecs", ""}))
}
