package lint

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"
)

// clean is a small contract without a mistake; each row of the table makes one.
func clean() map[string]string {
	return map[string]string{
		"openapi/test/openapi.yaml": `openapi: 3.1.0
info: {title: Test, version: '1', x-source: ecs 5}
paths:
  /v1/{project_id}/things: {$ref: 'paths/things.yaml#/things'}
  /v1/{project_id}/things/action#start: {$ref: 'paths/things.yaml#/start'}
`,
		"openapi/test/paths/things.yaml": `things:
  x-source: ecs 5.1.1
  parameters:
    - {name: project_id, in: path, required: true, schema: {type: string}}
  post:
    operationId: CreateThing
    summary: Create a thing
    x-job: {type: createThing, entities: [thing_id]}
    x-permission: ['ecs:things:create']
    x-requirements: [ECS-5.1.1-judged]
    x-ruling: R-001
    parameters:
      - {name: limit, in: query, x-microversion: {min: '2.3'}, schema: {type: integer}}
    requestBody:
      content: {application/json: {schema: {$ref: '../schemas/thing.yaml#/Thing'}}}
    responses:
      '200': {description: Made.}
      default: {description: Refused.}
start:
  x-source: ecs 5.1.2
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
      default: {description: Refused.}
`,
		"openapi/test/schemas/thing.yaml": `Thing:
  description: A thing.
  x-source: ecs 5.1.1 table 5-2
  type: object
  required: [name]
  x-deviation: {ruling: R-001, missing: [name]}
  x-relations: [{count: /count, of: /parts}, {unique: /parts, by: /id}]
  properties:
    name: {type: string, minLength: 1, maxLength: 64, format: uuid, examples: [b0a6c1f2-7f0e-4c9d-8a53-0123456789ab]}
    count: {type: [integer, 'null'], enum: [1, null]}
    parts: {type: array, items: {$ref: '#/Part'}}
    turn:
      oneOf:
        - {type: string, x-microversion: {max: '2.9'}}
        - {type: integer, x-microversion: {min: '2.10'}}
Part:
  description: A part.
  x-source: [ecs 5.1.1 table 5-3, ecs 5.1.1 example 2]
  type: object
  properties:
    id: {type: string}
    whole: {$ref: '#/Thing'}
StartRequest:
  description: Starts.
  x-source: ecs 5.1.2 prose
  type: object
  required: [start]
  properties: {start: {type: 'null'}}
`,
		"catalog/errors.yaml":      "errors:\n  - {code: Ecs.0001, status: 400, source: ecs A.2}\n",
		"catalog/jobs.yaml":        "jobs:\n  - {type: createThing, operations: [test.CreateThing], source: ecs 5.8.1}\n",
		"catalog/permissions.yaml": "permissions:\n  - {item: 'ecs:things:create', call: POST, operations: [test.CreateThing], source: ecs 9.2.1}\n",
		"catalog/profiles.yaml":    "profiles:\n  - {name: whole, says: everything, apis: [test], rulings: []}\n",
		"catalog/states.yaml":      "statuses:\n  - {name: ACTIVE, source: ecs A.3 table A-1}\nmapping:\n  - {vm: active, task: null, status: ACTIVE, source: ecs A.3 table A-4}\n",
		"requirements/ecs-5.yaml": `requirements:
  - {id: ECS-5.1.1-judged, text: It is so., source: ecs 5.1.1 prose, level: must, proof: judge}
  - {id: ECS-5.1.1-unseen, text: It is so., source: ecs 5.1.1 prose, level: must, proof: nobody, reason: hidden}
  - {id: ECS-5.1.1-later, text: It is so., source: ecs 5.1.1 prose, level: must, proof: suite, waiver: no check yet, until: 2027-06-30}
`,
		"rulings/test.yaml": `rulings:
  - id: R-001
    title: A title
    citations: [{source: ecs 5.1.1 table 5-2, says: one thing}, {source: appgroup-list table 2, says: another}]
    reading: This.
    reason: That.
    violation: these
    deviation: none
`,
	}
}

func check(t *testing.T, files map[string]string) []Finding {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	found, err := Check(fsys)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return found
}

func TestCleanContract(t *testing.T) {
	NewWithT(t).Expect(check(t, clean())).To(BeEmpty())
}

func TestEveryRuleBites(t *testing.T) {
	const things, thing = "openapi/test/paths/things.yaml", "openapi/test/schemas/thing.yaml"
	for name, row := range map[string]struct {
		file, old, new string
		want           string // the position and rule, and how the text goes on
	}{
		"broken YAML":             {thing, "Part:\n", "Part: [\n", "openapi/test/schemas/thing.yaml:15: syntax: yaml:"},
		"key twice":               {thing, "    id: {type: string}\n", "    id: {type: string}\n    id: {}\n", "openapi/test/schemas/thing.yaml:22: syntax: key \"id\" is given twice"},
		"alias":                   {thing, "id: {type: string}", "id: &x {type: string}", "openapi/test/schemas/thing.yaml:21: syntax: anchor &x"},
		"unresolved reference":    {thing, "items: {$ref: '#/Part'}", "items: {$ref: '#/Prat'}", "openapi/test/schemas/thing.yaml:11: model: reference \"#/Prat\": openapi/test/schemas/thing.yaml has no key Prat"},
		"missing file":            {things, "../schemas/thing.yaml#/Thing", "../schemas/things.yaml#/Thing", "openapi/test/paths/things.yaml:15: model: reference \"../schemas/things.yaml#/Thing\": there is no file"},
		"deep reference":          {thing, "'#/Part'", "'#/Part/properties/id'", "openapi/test/schemas/thing.yaml:11: model: reference \"#/Part/properties/id\": only a key of a file can be referred to"},
		"unknown keyword":         {thing, "minLength: 1", "minLenght: 1", "openapi/test/schemas/thing.yaml:9: model: unknown keyword \"minLenght\" of a schema"},
		"bad pattern":             {thing, "minLength: 1", "pattern: '('", "openapi/test/schemas/thing.yaml:9: model: the pattern does not compile"},
		"unknown type":            {thing, "id: {type: string}", "id: {type: text}", "openapi/test/schemas/thing.yaml:21: model: unknown type \"text\""},
		"operationId twice":       {things, "operationId: StartThing", "operationId: CreateThing", "openapi/test/paths/things.yaml:24: model: operationId CreateThing is given twice"},
		"inverted range":          {things, "{min: '2.3'}", "{min: '2.10', max: '2.9'}", "openapi/test/paths/things.yaml:13: model: the range 2.10..2.9 is empty"},
		"unquoted microversion":   {things, "{min: '2.3'}", "{min: 2.10}", "openapi/test/paths/things.yaml:13: model: quote the microversion 2.10"},
		"bad microversion":        {things, "{min: '2.3'}", "{min: 'new'}", "openapi/test/paths/things.yaml:13: model: microversion \"new\" is not of the form"},
		"bad relation":            {thing, "{count: /count, of: /parts}", "{counts: /count}", "openapi/test/schemas/thing.yaml:7: model: a relation is one of"},
		"deviation sans ruling":   {thing, "x-deviation: {ruling: R-001, ", "x-deviation: {", "openapi/test/schemas/thing.yaml:6: model: x-deviation names no ruling"},
		"fragment differs":        {things, "x-action: start", "x-action: stop", "openapi/test/paths/things.yaml:24: model: the fragment \"start\" of the path and x-action \"stop\" differ"},
		"no such member":          {"catalog/errors.yaml", "status: 400", "status: 400, staus: 1", "catalog/errors.yaml:2: model: unknown member \"staus\""},
		"listed twice":            {"catalog/errors.yaml", "errors:\n", "errors:\n  - {code: Ecs.0001, status: 400, source: ecs A.2}\n", "catalog/errors.yaml:3: model: error Ecs.0001 is listed twice"},
		"operation sans source":   {things, "  x-source: ecs 5.1.2\n", "", "openapi/test/paths/things.yaml:23: source: the operation StartThing does not say"},
		"schema sans source":      {thing, "  x-source: ecs 5.1.2 prose\n", "", "openapi/test/schemas/thing.yaml:24: source: the schema StartRequest does not say"},
		"unknown document":        {thing, "ecs 5.1.2 prose", "esc 5.1.2 prose", "openapi/test/schemas/thing.yaml:25: source: x-source \"esc 5.1.2 prose\": there is no document esc; is ecs meant?"},
		"bad section":             {thing, "ecs 5.1.2 prose", "ecs 5.1. prose", "openapi/test/schemas/thing.yaml:25: source: x-source \"ecs 5.1. prose\": a section is written 5.1.1"},
		"bad place":               {thing, "ecs 5.1.2 prose", "ecs 5.1.2 tabel 5-3", "openapi/test/schemas/thing.yaml:25: source: x-source \"ecs 5.1.2 tabel 5-3\": behind the section"},
		"source without section":  {"catalog/errors.yaml", "source: ecs A.2", "source: ecs", "catalog/errors.yaml:2: source: source \"ecs\": a section"},
		"unknown ruling":          {thing, "ruling: R-001", "ruling: R-999", "openapi/test/schemas/thing.yaml:6: unknown-id: there is no ruling R-999"},
		"unknown requirement":     {things, "ECS-5.1.1-judged", "ECS-5.1.1-jugded", "openapi/test/paths/things.yaml:10: unknown-id: there is no requirement ECS-5.1.1-jugded; is ECS-5.1.1-judged meant?"},
		"unknown profile":         {thing, "missing: [name]", "missing: [name], profiles: [hole]", "openapi/test/schemas/thing.yaml:6: unknown-id: there is no profile hole; is whole meant?"},
		"tolerated nowhere":       {things, "in: query, x-microversion: {min: '2.3'}", "in: query, x-microversion: {min: '2.3'}, x-deviation: {ruling: R-001}", "openapi/test/paths/things.yaml:13: model: x-deviation says nothing that is tolerated: at, profiles, ruling"},
		"tolerated where it is":   {things, "in: query, x-microversion: {min: '2.3'}", "in: query, x-microversion: {min: '2.3'}, x-deviation: {ruling: R-001, at: {min: '2.1', max: '2.7'}}", "openapi/test/paths/things.yaml:13: microversion: it exists at 2.3..2.7 by x-microversion"},
		"tolerated without range": {things, "    summary: Create a thing\n", "    summary: Create a thing\n    x-deviation: {ruling: R-001, at: {min: '2.3'}}\n", "openapi/test/paths/things.yaml:8: microversion: it exists at 2.3.. by x-microversion"},
		"branch tolerated":        {thing, "x-microversion: {max: '2.9'}", "x-microversion: {max: '2.9'}, x-deviation: {ruling: R-001, at: {min: '2.10'}}", "openapi/test/schemas/thing.yaml:14: microversion: only an operation, a parameter"},
		"empty tolerated range":   {things, "in: query, x-microversion: {min: '2.3'}", "in: query, x-microversion: {min: '2.3'}, x-deviation: {ruling: R-001, at: {}}", "openapi/test/paths/things.yaml:13: model: at is {min: \"2.3\", max: \"2.35\"}"},
		"answer without a part":   {things, "{description: Taken.}", "{description: Taken., x-deviation: {ruling: R-001, missing: [header]}}", "openapi/test/paths/things.yaml:30: model: of an answer only the body may be missing"},
		"status of a status":      {things, "{description: Taken.}", "{description: Taken., x-deviation: {ruling: R-001, status: [404]}}", "openapi/test/paths/things.yaml:30: model: status limits what is said of a body"},
		"no status":               {things, "{description: Taken.}", "{description: Taken., x-deviation: {ruling: R-001, missing: [body], status: [4044]}}", "openapi/test/paths/things.yaml:30: model: \"4044\" is no HTTP status"},
		"no media":                {things, "{description: Taken.}", "{description: Taken., x-deviation: {ruling: R-001, media: []}}", "openapi/test/paths/things.yaml:30: model: media lists nothing"},
		"deviation of another":    {thing, "missing: [name]", "missing: [name], media: [text/html]", "openapi/test/schemas/thing.yaml:6: model: unknown member \"media\" of x-deviation here; known are at, missing, profiles, ruling, schema"},
		"unknown operation":       {"catalog/jobs.yaml", "test.CreateThing", "test.CreateThings", "catalog/jobs.yaml:2: unknown-id: there is no operation test.CreateThings; is test.CreateThing meant?"},
		"job not listed":          {"catalog/jobs.yaml", "[test.CreateThing]", "[]", "openapi/test/paths/things.yaml:6: unknown-id: CreateThing answers with a job createThing, but"},
		"unknown job":             {things, "type: createThing", "type: makeThing", "openapi/test/paths/things.yaml:6: unknown-id: CreateThing answers with a job makeThing, which"},
		"unknown permission":      {things, "ecs:things:create", "ecs:thing:create", "openapi/test/paths/things.yaml:6: unknown-id: CreateThing needs the permission ecs:thing:create, which catalog/permissions.yaml lacks; is ecs:things:create meant?"},
		"unknown API":             {"catalog/profiles.yaml", "apis: [test]", "apis: [tset]", "catalog/profiles.yaml:2: unknown-id: there is no API tset"},
		"unknown status":          {"catalog/states.yaml", "status: ACTIVE,", "status: AKTIV,", "catalog/states.yaml:4: unknown-id: the mapping leads to the status AKTIV"},
		"uncited ruling":          {"rulings/test.yaml", "rulings:\n", "rulings:\n  - {id: R-002, title: t, citations: [{source: ecs 5.1.1, says: x}], reading: r, reason: r, violation: v, deviation: d}\n", "rulings/test.yaml:2: uncited: nothing cites the ruling R-002"},
		"judged nowhere":          {things, "    x-requirements: [ECS-5.1.1-judged]\n", "", "requirements/ecs-5.yaml:2: uncited: the judge is to prove ECS-5.1.1-judged, but nothing"},
		"bad requirement id":      {"requirements/ecs-5.yaml", "ECS-5.1.1-later", "ECS-later", "requirements/ecs-5.yaml:4: requirement: ECS-later is not of the form"},
		"other document":          {"requirements/ecs-5.yaml", "{id: ECS-5.1.1-later, text: It is so., source: ecs 5", "{id: ECS-5.1.1-later, text: It is so., source: autolaunch 5", "requirements/ecs-5.yaml:4: requirement: ECS-5.1.1-later says the document ECS"},
		"bad level":               {"requirements/ecs-5.yaml", "level: must, proof: judge", "level: most, proof: judge", "requirements/ecs-5.yaml:2: requirement: ECS-5.1.1-judged: the level \"most\""},
		"bad proof":               {"requirements/ecs-5.yaml", "proof: suite", "proof: sweet", "requirements/ecs-5.yaml:4: proof: ECS-5.1.1-later: the proof \"sweet\""},
		"nobody sans reason":      {"requirements/ecs-5.yaml", ", reason: hidden", "", "requirements/ecs-5.yaml:3: proof: ECS-5.1.1-unseen: a reason belongs"},
		"reason too many":         {"requirements/ecs-5.yaml", "proof: judge", "proof: judge, reason: x", "requirements/ecs-5.yaml:2: proof: ECS-5.1.1-judged: a reason belongs"},
		"waiver of the judge":     {"requirements/ecs-5.yaml", "proof: judge", "proof: judge, waiver: x, until: 2027-06-30", "requirements/ecs-5.yaml:2: proof: ECS-5.1.1-judged: a waiver belongs"},
		"waiver without end":      {"requirements/ecs-5.yaml", ", until: 2027-06-30", "", "requirements/ecs-5.yaml:4: proof: ECS-5.1.1-later: a waiver has an end"},
		"bad date":                {"requirements/ecs-5.yaml", "2027-06-30", "2027-06-31", "requirements/ecs-5.yaml:4: proof: ECS-5.1.1-later: until \"2027-06-31\" is no date"},
		"bad ruling id":           {"rulings/test.yaml", "id: R-001", "id: R-1", "rulings/test.yaml:2: ruling: R-1 is not of the form"},
		"ruling cites nothing":    {"rulings/test.yaml", "    citations: [{source: ecs 5.1.1 table 5-2, says: one thing}, {source: appgroup-list table 2, says: another}]\n", "", "rulings/test.yaml:2: ruling: R-001 cites nothing"},
		"bad error code":          {"catalog/errors.yaml", "Ecs.0001", "Ecs.01", "catalog/errors.yaml:2: error-code: the code \"Ecs.01\""},
		"successful error":        {"catalog/errors.yaml", "status: 400", "status: 200", "catalog/errors.yaml:2: error-code: Ecs.0001 has the status 200"},
		"unknown extension":       {thing, "x-relations:", "x-relation: 1\n  x-relations:", "openapi/test/schemas/thing.yaml:7: extension: x-relation means nothing here; is x-relations meant?"},
		"misplaced extension":     {things, "x-action: start", "x-action: start\n    x-secret: true", "openapi/test/paths/things.yaml:27: extension: x-secret means nothing here"},
		"idle microversion":       {thing, "  description: A part.\n", "  description: A part.\n  x-microversion: {min: '2.3'}\n", "openapi/test/schemas/thing.yaml:18: microversion: x-microversion belongs to a member"},
		"overlapping branches":    {thing, "{min: '2.10'}", "{min: '2.9'}", "openapi/test/schemas/thing.yaml:15: microversion: two alternatives of oneOf overlap at 2.9..2.9"},
		"parameter never exists":  {things, "    summary: Create a thing\n", "    summary: Create a thing\n    x-microversion: {max: '2.2'}\n", "openapi/test/paths/things.yaml:14: microversion: the parameter limit exists at 2.3.., but CreateThing only at ..2.2"},
		"small schema name":       {thing, "Part", "part", "openapi/test/schemas/thing.yaml:17: name: the schema part begins with a small letter"},
		"small operationId":       {things, "operationId: StartThing", "operationId: startThing", "openapi/test/paths/things.yaml:24: name: the operationId \"startThing\" is no PascalCase"},
		"no summary":              {things, "    summary: Start a thing\n", "", "openapi/test/paths/things.yaml:24: operation: StartThing has no summary"},
		"no success":              {things, "      '202': {description: Taken.}\n", "", "openapi/test/paths/things.yaml:24: operation: StartThing documents no success"},
		"no default":              {things, "      '202': {description: Taken.}\n      default: {description: Refused.}\n", "      '202': {description: Taken.}\n", "openapi/test/paths/things.yaml:24: operation: StartThing has no default response"},
		"undeclared parameter":    {"openapi/test/openapi.yaml", "{project_id}/things:", "{project_id}/{zone}/things:", "openapi/test/paths/things.yaml:6: parameter: the parameter {zone} of the path /v1/{project_id}/{zone}/things is not declared"},
		"mistyped parameter":      {"openapi/test/openapi.yaml", "{project_id}/things:", "{projekt_id}/things:", "openapi/test/paths/things.yaml:4: parameter: the path /v1/{projekt_id}/things has no {project_id}; is projekt_id meant?"},
		"optional path parameter": {things, "things:\n  x-source: ecs 5.1.1\n  parameters:\n    - {name: project_id, in: path, required: true,", "things:\n  x-source: ecs 5.1.1\n  parameters:\n    - {name: project_id, in: path,", "openapi/test/paths/things.yaml:4: parameter: the path parameter project_id must be required"},
		"parameter sans schema":   {things, ", schema: {type: integer}}", "}", "openapi/test/paths/things.yaml:13: parameter: the parameter limit has no schema"},
		"cookie":                  {things, "in: query", "in: cookie", "openapi/test/paths/things.yaml:13: parameter: the parameter limit stands in \"cookie\""},
		"action without key":      {thing, "required: [start]", "required: []", "openapi/test/schemas/thing.yaml:24: action: the body of the action start does not require"},
		"closed object":           {thing, "    id: {type: string}\n", "    id: {type: string}\n    more: {additionalProperties: false}\n", "openapi/test/schemas/thing.yaml:22: additional: additionalProperties is never false"},
		"nameless object":         {thing, "id: {type: string}", "id: {type: object, properties: {a: {}}}", "openapi/test/schemas/thing.yaml:21: inline: an object without a name"},
		"unknown format":          {thing, "format: uuid", "format: uiud", "openapi/test/schemas/thing.yaml:9: format: the format \"uiud\" would be ignored; is uuid meant?"},
		"enum without null":       {thing, "enum: [1, null]", "enum: [1]", "openapi/test/schemas/thing.yaml:10: enum: the type allows null"},
		"inverted bounds":         {thing, "minLength: 1", "minLength: 65", "openapi/test/schemas/thing.yaml:9: bounds: minLength 65 is above maxLength 64"},
		"required twice":          {thing, "required: [name]", "required: [name, name]", "openapi/test/schemas/thing.yaml:5: member: name is required twice"},
		"required typo":           {thing, "required: [name]", "required: [name, cuont]", "openapi/test/schemas/thing.yaml:5: member: cuont is required, but no property has this name; is count meant?"},
		"missing what may be":     {thing, "missing: [name]", "missing: [name, count]", "openapi/test/schemas/thing.yaml:6: member: count may be missing by a ruling, but it is not required anyway"},
		"relation typo":           {thing, "of: /parts}", "of: /part}", "openapi/test/schemas/thing.yaml:7: relation: /part leads to no member; is parts meant?"},
		"unused schema":           {thing, "StartRequest:\n", "Spare: {x-source: ecs 5.1.1, type: string}\nStartRequest:\n", "openapi/test/schemas/thing.yaml:23: unused: no API uses Spare"},
		"circle":                  {thing, "whole: {$ref: '#/Thing'}", "whole: {$ref: '#/Circle'}\nCircle: {x-source: ecs 5.1.1, allOf: [{$ref: '#/Circle'}]}", "openapi/test/schemas/thing.yaml:23: circle: the schema Circle is defined by itself"},
		"stale example":           {thing, "b0a6c1f2-", "b0a6c1f2", "openapi/test/schemas/thing.yaml:9: example: the example no longer fits at \"\": expected a UUID"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			files := clean()
			g.Expect(files[row.file]).To(ContainSubstring(row.old))
			files[row.file] = strings.ReplaceAll(files[row.file], row.old, row.new)
			var lines []string
			for _, f := range check(t, files) {
				f.Column = 0
				lines = append(lines, f.String())
			}
			g.Expect(lines).To(ContainElement(HavePrefix(row.want)))
		})
	}
}

func TestEveryRuleIsInTheTable(t *testing.T) {
	// The rules are the words in calls of report; the table above has a row for each.
	g := NewWithT(t)
	rules := map[string]bool{}
	for _, r := range []string{
		"syntax", "model", "source", "unknown-id", "uncited", "requirement", "proof", "ruling", "error-code", "extension", "microversion", "name",
		"operation", "parameter", "action", "additional", "inline", "format", "enum", "bounds", "member", "relation", "unused", "circle", "example",
	} {
		rules[r] = true
	}
	g.Expect(slices.Sorted(maps.Keys(rules))).To(Equal(rulesInSource(t)))
}
