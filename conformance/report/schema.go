package report

// SchemaID is the URI of the published JSON Schema of a result.
const SchemaID = "https://ecsconform.github.io/schema/result-1.json"
