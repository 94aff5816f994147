package export

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// at is the document as it stands at one microversion: what does not exist
// there is gone, also from the lists of required members.
func at(root *yaml.Node, v microversion.Version) *yaml.Node {
	late := func(n *yaml.Node) bool { return !model.Versions(n).Contains(v) }
	components := read.Member(read.Member(root, "components"), "schemas")
	return bundle.Rewrite(root, func(kind bundle.Kind, n *yaml.Node) *yaml.Node {
		switch kind {
		case bundle.Operation, bundle.Parameter, bundle.Response, bundle.Header:
			if late(n) {
				return nil
			}
		case bundle.MediaType:
			// A body exists in the range of its schema.
			s := read.Member(n, "schema")
			name, _ := strings.CutPrefix(read.Text(s, "$ref"), "#/components/schemas/")
			if late(s) || late(read.Member(components, name)) {
				return nil
			}
		case bundle.Schema:
			if n.Kind == yaml.MappingNode {
				projectSchema(n, late)
			}
		}
		bundle.Remove(n, "x-microversion")
		dropElsewhere(n)
		return n
	})
}

// dropElsewhere removes what rulings tolerate at other microversions than this one.
func dropElsewhere(n *yaml.Node) {
	deviation := read.Member(n, "x-deviation")
	elsewhere := func(entry *yaml.Node) bool { return read.Member(entry, "at") != nil }
	if deviation == nil {
		return
	}
	deviation.Content = slices.DeleteFunc(deviation.Content, elsewhere)
	if elsewhere(deviation) || len(deviation.Content) == 0 {
		bundle.Remove(n, "x-deviation")
	}
}

func projectSchema(n *yaml.Node, late func(*yaml.Node) bool) {
	var gone []string
	properties := read.Member(n, "properties")
	for name, p := range read.Members(properties) {
		if late(p) {
			gone = append(gone, name.Value)
		}
	}
	if properties != nil {
		bundle.Remove(properties, gone...)
	}
	drop := func(name *yaml.Node) bool { return slices.Contains(gone, name.Value) }
	if required := read.Member(n, "required"); required != nil {
		required.Content = slices.DeleteFunc(required.Content, drop)
		if len(required.Content) == 0 {
			bundle.Remove(n, "required")
		}
	}
	for _, keyword := range []string{"oneOf", "anyOf"} {
		list := read.Member(n, keyword)
		if list == nil {
			continue
		}
		list.Content = slices.DeleteFunc(list.Content, late)
		if len(list.Content) == 0 {
			bundle.Remove(n, keyword)
			bundle.Set(n, "not", bundle.Mapping()) // no alternative is left: nothing fits
		}
	}
	deviations := read.Member(n, "x-deviation")
	if deviations == nil {
		return
	}
	for _, entry := range append(deviations.Content, deviations) {
		if missing := read.Member(entry, "missing"); missing != nil {
			missing.Content = slices.DeleteFunc(missing.Content, drop)
		}
	}
}

// withoutExtensions drops what only this contract understands. Limits in bytes
// become the limits in characters that follow from them.
func withoutExtensions(root *yaml.Node) *yaml.Node {
	extension := func(key string) bool { return strings.HasPrefix(key, "x-") }
	root = bundle.Rewrite(root, func(kind bundle.Kind, n *yaml.Node) *yaml.Node {
		if kind == bundle.Schema {
			limitCharacters(n)
		}
		bundle.RemoveFunc(n, extension)
		return n
	})
	for _, part := range []*yaml.Node{
		read.Member(root, "info"), read.Member(root, "servers"), read.Member(root, "tags"),
		read.Member(read.Member(root, "components"), "securitySchemes"),
	} {
		if part != nil {
			stripDeep(part, extension)
		}
	}
	return root
}

func stripDeep(n *yaml.Node, drop func(string) bool) {
	bundle.RemoveFunc(n, drop)
	for _, child := range n.Content {
		stripDeep(child, drop)
	}
}

func limitCharacters(n *yaml.Node) {
	if read.Member(n, "maxLength") != nil {
		return
	}
	limit := read.Text(n, "x-max-bytes")
	if decoded, err := strconv.Atoi(read.Text(n, "x-max-decoded-bytes")); err == nil {
		limit = strconv.Itoa((decoded + 2) / 3 * 4)
	}
	if limit != "" {
		bundle.Set(n, "maxLength", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: limit})
	}
}

// prune drops path items without operations and components that nothing uses.
func prune(root *yaml.Node) {
	paths := read.Member(root, "paths")
	if paths != nil {
		bundle.RemoveFunc(paths, func(name string) bool {
			for _, value := range read.Members(read.Member(paths, name)) {
				if read.Member(value, "responses") != nil {
					return false
				}
			}
			return true
		})
	}
	components := read.Member(root, "components")
	used := map[string]bool{}
	for key, value := range read.Members(root) {
		if key.Value != "components" {
			use(root, value, used)
		}
	}
	for section, objects := range read.Members(components) {
		if section.Value != "securitySchemes" {
			bundle.RemoveFunc(objects, func(name string) bool { return !used["#/components/"+section.Value+"/"+name] })
		}
	}
	if components != nil {
		bundle.RemoveFunc(components, func(section string) bool { return len(read.Member(components, section).Content) == 0 })
	}
}

// use marks the components that n reaches.
func use(root, n *yaml.Node, used map[string]bool) {
	for key, value := range read.Members(n) {
		if key.Value == "$ref" && value.Kind == yaml.ScalarNode && !used[value.Value] {
			used[value.Value] = true
			if target := follow(root, value.Value); target != nil {
				use(root, target, used)
			}
		}
	}
	for _, child := range n.Content {
		use(root, child, used)
	}
}

// follow is the object that a reference inside the document leads to.
func follow(root *yaml.Node, ref string) *yaml.Node {
	n := root
	for _, token := range model.ParsePointer(strings.TrimPrefix(ref, "#")) {
		n = read.Member(n, token)
	}
	return n
}
