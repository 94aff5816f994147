package emit

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// clientDocument is the bundled document as the client generator should see
// it, in JSON: all microversions at once, only what shapes Go types, and
// descriptions that name their source.
func clientDocument(api *model.API) ([]byte, error) {
	source := api.Bundle.Root
	root := bundle.Rewrite(source, func(kind bundle.Kind, n *yaml.Node) *yaml.Node {
		if n.Kind != yaml.MappingNode {
			return n
		}
		if kind != bundle.Schema {
			n = follow(source, n)
		}
		switch kind {
		case bundle.PathItem:
			inheritSource(n)
		case bundle.Parameter:
			if !shapeParameter(n) {
				return nil
			}
		case bundle.Operation:
			describeOperation(n)
		case bundle.Response:
			bundle.Remove(n, "headers")
		case bundle.Schema:
			shapeSchema(n)
		}
		bundle.RemoveFunc(n, func(key string) bool { return strings.HasPrefix(key, "x-") })
		return n
	})
	bundle.Remove(root, "security", "servers")
	if components := read.Member(root, "components"); components != nil {
		bundle.RemoveFunc(components, func(key string) bool { return key != "schemas" })
	}
	return model.JSON(root)
}

// follow is the component that n refers to, or n. Only schemas become Go
// types, so everything else is written out where it is used.
func follow(root, n *yaml.Node) *yaml.Node {
	ref := read.Text(n, "$ref")
	if ref == "" {
		return n
	}
	target := root
	for _, token := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		target = read.Member(target, token)
	}
	if target == nil {
		return n
	}
	return bundle.Copy(target)
}

// shapeParameter makes parameters of the path and of the query plain: a client
// that tests an endpoint sends unfit ones, too. It is false for parameters that
// request editors set.
func shapeParameter(n *yaml.Node) bool {
	switch read.Text(n, "in") {
	case "header":
		return !setByEditors(read.Text(n, "name"))
	case "path":
		schema := bundle.Mapping()
		bundle.Set(schema, "type", bundle.Text("string"))
		bundle.Set(n, "schema", schema)
	case "query":
		if schema := read.Member(n, "schema"); schema != nil && read.Member(schema, "enum") != nil {
			bundle.Remove(schema, "enum")
		}
	}
	return true
}

// inheritSource passes the sources of a path on to its operations.
func inheritSource(item *yaml.Node) {
	sources := read.Member(item, "x-source")
	for _, operation := range values(item) {
		if sources != nil && read.Member(operation, "operationId") != nil && read.Member(operation, "x-source") == nil {
			bundle.Set(operation, "x-source", sources)
		}
	}
}

// setByEditors are the request headers that belong to no single operation:
// credentials, microversion and content type.
func setByEditors(name string) bool {
	return slices.Contains([]string{
		"x-auth-token", "x-subject-token", "authorization", "x-sdk-date", "x-project-id", "x-security-token",
		"content-type", "accept", "host", "x-language",
		"openstack-api-version", "x-openstack-nova-api-version",
	}, strings.ToLower(name))
}

func values(n *yaml.Node) []*yaml.Node {
	var list []*yaml.Node
	for _, value := range read.Members(n) {
		list = append(list, value)
	}
	return list
}

func describeOperation(n *yaml.Node) {
	lines := []string{strings.TrimSuffix(read.Text(n, "summary"), ".") + "."}
	if more := strings.TrimSpace(read.Text(n, "description")); more != "" {
		lines = append(lines, more)
	}
	lines = append(lines, versions(n)...)
	text := strings.Join(lines, "\n")
	if sources := read.Texts(n, "x-source"); len(sources) > 0 {
		text += "\nSource: " + strings.Join(sources, ", ") + "."
	}
	bundle.Remove(n, "description")
	bundle.Set(n, "summary", bundle.Text(text))
}

// versions says in a sentence where an object exists, if not everywhere.
func versions(n *yaml.Node) []string {
	r := read.Member(n, "x-microversion")
	first, last := read.Text(r, "min"), read.Text(r, "max")
	switch {
	case first != "" && last != "":
		return []string{"Microversions " + first + " to " + last + "."}
	case first != "":
		return []string{"From microversion " + first + " on."}
	case last != "":
		return []string{"Up to microversion " + last + "."}
	}
	return nil
}

// from is " (ecs 5.1.1 table 5-2, ecs 5.1.1)", or nothing.
func from(sources []string) string {
	if len(sources) == 0 {
		return ""
	}
	return " (" + strings.Join(sources, ", ") + ")"
}

// shapeSchema leaves of a schema what decides its Go type and comment.
func shapeSchema(n *yaml.Node) {
	lines := append([]string{strings.TrimSpace(read.Text(n, "description")) + from(read.Texts(n, "x-source"))}, versions(n)...)
	description := strings.Join(lines, "\n")
	if read.Member(n, "$ref") != nil {
		// Members beside a reference say nothing about the type.
		bundle.RemoveFunc(n, func(key string) bool { return key != "$ref" })
		return
	}
	shape := []string{
		"type", "enum", "items", "properties", "required", "additionalProperties", "allOf", "anyOf", "oneOf",
		"deprecated", "format",
	}
	bundle.RemoveFunc(n, func(key string) bool { return !slices.Contains(shape, key) })
	types := slices.DeleteFunc(read.Texts(n, "type"), func(t string) bool { return t == "null" })
	if len(types) > 1 {
		// Go has no type for several kinds of values but any.
		bundle.RemoveFunc(n, func(key string) bool { return key != "deprecated" })
	}
	if enum := read.Member(n, "enum"); enum != nil {
		enum.Content = slices.DeleteFunc(enum.Content, func(v *yaml.Node) bool { return v.Tag == "!!null" })
	}
	if description = strings.TrimSpace(description); description != "" {
		bundle.Set(n, "description", bundle.Text(description))
	}
	// A required member of a limited range is optional for the type.
	required := read.Member(n, "required")
	if required == nil {
		return
	}
	properties := read.Member(n, "properties")
	required.Content = slices.DeleteFunc(required.Content, func(name *yaml.Node) bool {
		p := read.Member(properties, name.Value)
		return p == nil || read.Member(p, "x-microversion") != nil
	})
}
