package report

import _ "embed" // for Schema

// SchemaID is the URI of the published JSON Schema of a result, its $id. A
// change that older readers would misread gets a new number.
const SchemaID = "https://ecsconform.github.io/schema/result-1.json"

// Schema is the published JSON Schema (draft 2020-12) of result.json; the lines of
// an event stream are its #/$defs/event.
//
//go:embed result.schema.json
var Schema []byte
