package bundle

// kind is what an OpenAPI object is; it decides where references inside it
// lead and in which section of components a referenced one is kept.
type kind int

const (
	none kind = iota
	document
	components
	pathItem
	operation
	parameter
	requestBody
	response
	header
	mediaType
	example
	schema
	schemaDeviation
)

// form is how a member holds objects of a kind.
type form int

const (
	one form = iota
	list
	named // a mapping of names to objects
	some  // one or a list of them
)

type member struct {
	kind kind
	form form
}

// Section is the name of the components section of a kind, "" for kinds that
// are written out where they are referenced.
func (k kind) section() string {
	switch k {
	case parameter:
		return "parameters"
	case requestBody:
		return "requestBodies"
	case response:
		return "responses"
	case header:
		return "headers"
	case example:
		return "examples"
	case schema:
		return "schemas"
	}
	return ""
}

// members says which members of an object hold further objects.
func (k kind) members() map[string]member {
	switch k {
	case document:
		return map[string]member{"paths": {pathItem, named}, "components": {components, one}}
	case components:
		return map[string]member{
			"parameters": {parameter, named}, "requestBodies": {requestBody, named}, "responses": {response, named},
			"headers": {header, named}, "examples": {example, named}, "schemas": {schema, named},
		}
	case pathItem:
		return map[string]member{
			"parameters": {parameter, list}, "get": {operation, one}, "put": {operation, one}, "post": {operation, one},
			"delete": {operation, one}, "options": {operation, one}, "head": {operation, one}, "patch": {operation, one},
			"trace": {operation, one},
		}
	case operation:
		return map[string]member{"parameters": {parameter, list}, "requestBody": {requestBody, one}, "responses": {response, named}}
	case parameter, header:
		return map[string]member{"schema": {schema, one}, "content": {mediaType, named}, "examples": {example, named}}
	case requestBody:
		return map[string]member{"content": {mediaType, named}}
	case response:
		return map[string]member{"headers": {header, named}, "content": {mediaType, named}}
	case mediaType:
		return map[string]member{"schema": {schema, one}, "examples": {example, named}}
	case schema:
		return map[string]member{
			"properties": {schema, named}, "patternProperties": {schema, named}, "dependentSchemas": {schema, named}, "$defs": {schema, named},
			"items": {schema, one}, "contains": {schema, one}, "additionalProperties": {schema, one}, "propertyNames": {schema, one},
			"unevaluatedProperties": {schema, one}, "unevaluatedItems": {schema, one},
			"not": {schema, one}, "if": {schema, one}, "then": {schema, one}, "else": {schema, one},
			"allOf": {schema, list}, "anyOf": {schema, list}, "oneOf": {schema, list}, "prefixItems": {schema, list},
			"x-deviation": {schemaDeviation, some},
		}
	case schemaDeviation:
		return map[string]member{"schema": {schema, one}}
	}
	return nil
}
