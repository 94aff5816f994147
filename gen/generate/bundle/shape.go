package bundle

// Kind is what an OpenAPI object is; it decides where references inside it
// lead and in which section of components a referenced one is kept.
type Kind int

// The kinds, by their names in OpenAPI.
const (
	// Value is any member that holds no OpenAPI object.
	Value Kind = iota
	Document
	Components
	PathItem
	Operation
	Parameter
	RequestBody
	Response
	Header
	MediaType
	Example
	Schema
	// SchemaDeviation is an entry of x-deviation.
	SchemaDeviation
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
	kind Kind
	form form
}

// section is the name of the components section of a kind, "" for kinds that
// are written out where they are referenced.
func (k Kind) section() string {
	switch k {
	case Parameter:
		return "parameters"
	case RequestBody:
		return "requestBodies"
	case Response:
		return "responses"
	case Header:
		return "headers"
	case Example:
		return "examples"
	case Schema:
		return "schemas"
	}
	return ""
}

// members says which members of an object hold further objects.
func (k Kind) members() map[string]member {
	switch k {
	case Document:
		return map[string]member{"paths": {PathItem, named}, "components": {Components, one}}
	case Components:
		return map[string]member{
			"parameters": {Parameter, named}, "requestBodies": {RequestBody, named}, "responses": {Response, named},
			"headers": {Header, named}, "examples": {Example, named}, "schemas": {Schema, named},
		}
	case PathItem:
		return map[string]member{
			"parameters": {Parameter, list}, "get": {Operation, one}, "put": {Operation, one}, "post": {Operation, one},
			"delete": {Operation, one}, "options": {Operation, one}, "head": {Operation, one}, "patch": {Operation, one},
			"trace": {Operation, one},
		}
	case Operation:
		return map[string]member{"parameters": {Parameter, list}, "requestBody": {RequestBody, one}, "responses": {Response, named}}
	case Parameter, Header:
		return map[string]member{"schema": {Schema, one}, "content": {MediaType, named}, "examples": {Example, named}}
	case RequestBody:
		return map[string]member{"content": {MediaType, named}}
	case Response:
		return map[string]member{"headers": {Header, named}, "content": {MediaType, named}}
	case MediaType:
		return map[string]member{"schema": {Schema, one}, "examples": {Example, named}}
	case Schema:
		return map[string]member{
			"properties": {Schema, named}, "patternProperties": {Schema, named}, "dependentSchemas": {Schema, named}, "$defs": {Schema, named},
			"items": {Schema, one}, "contains": {Schema, one}, "additionalProperties": {Schema, one}, "propertyNames": {Schema, one},
			"unevaluatedProperties": {Schema, one}, "unevaluatedItems": {Schema, one},
			"not": {Schema, one}, "if": {Schema, one}, "then": {Schema, one}, "else": {Schema, one},
			"allOf": {Schema, list}, "anyOf": {Schema, list}, "oneOf": {Schema, list}, "prefixItems": {Schema, list},
			"x-deviation": {SchemaDeviation, some},
		}
	case SchemaDeviation:
		return map[string]member{"schema": {Schema, one}}
	}
	return nil
}
