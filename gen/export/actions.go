package export

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// joinActions replaces the operations of one path that a fragment tells apart
// by one operation whose body is any of theirs. Paths keep their order.
func joinActions(root *yaml.Node) *yaml.Node {
	root = bundle.Copy(root)
	paths := read.Member(root, "paths")
	if paths == nil {
		return root
	}
	joined := bundle.Mapping()
	groups, taken := map[string][]*yaml.Node{}, map[string]bool{}
	for key, item := range read.Members(paths) {
		path, _, _ := strings.Cut(key.Value, "#")
		groups[path] = append(groups[path], item)
	}
	for key := range read.Members(paths) {
		path, _, _ := strings.Cut(key.Value, "#")
		items := groups[path]
		switch {
		case read.Member(joined, path) != nil:
		case len(items) == 1 && path == key.Value:
			bundle.Set(joined, path, items[0])
		default:
			bundle.Set(joined, path, joinItems(root, actionName(path, taken), items))
		}
	}
	bundle.Set(root, "paths", joined)
	return root
}

// joinItems makes one path item of several; only their POSTs are joined, since
// only actions share a path.
func joinItems(root *yaml.Node, name string, items []*yaml.Node) *yaml.Node {
	item, post := bundle.Mapping(), bundle.Mapping()
	var summaries, descriptions []string
	var sources, bodies, parameters, tags []*yaml.Node
	responses := bundle.Mapping()
	for _, from := range items {
		operation := read.Member(from, "post")
		if operation == nil {
			continue
		}
		summaries = append(summaries, strings.TrimSuffix(read.Text(operation, "summary"), "."))
		descriptions = append(descriptions, read.Text(operation, "description"))
		tags = append(tags, read.Items(read.Member(operation, "tags"))...)
		for _, holder := range []*yaml.Node{from, operation} {
			parameters = append(parameters, read.Items(read.Member(holder, "parameters"))...)
			sources = append(sources, words(read.Member(holder, "x-source"))...)
		}
		body := resolve(root, read.Member(operation, "requestBody"))
		if s := read.Member(read.Member(read.Member(body, "content"), "application/json"), "schema"); s != nil {
			bodies = append(bodies, s)
		}
		for status, response := range read.Members(read.Member(operation, "responses")) {
			joinResponse(root, responses, status.Value, response)
		}
	}
	bundle.Set(post, "operationId", bundle.Text(name))
	bundle.Set(post, "summary", bundle.Text("Act on it: "+strings.Join(summaries, "; ")+"."))
	bundle.Set(post, "description", bundle.Text(strings.Join(descriptions, "\n")))
	bundle.Set(post, "tags", bundle.Sequence(distinct(tags)...))
	if sources = distinct(sources); len(sources) > 0 {
		bundle.Set(post, "x-source", bundle.Sequence(sources...))
	}
	if parameters = byName(root, parameters); len(parameters) > 0 {
		bundle.Set(post, "parameters", bundle.Sequence(parameters...))
	}
	bundle.Set(post, "requestBody", requestBody(bodies))
	bundle.Set(post, "responses", responses)
	bundle.Set(item, "post", post)
	return item
}

// byName keeps the first of the parameters of one name. What only some actions
// require is optional for all of them; parts of the path are in each.
func byName(root *yaml.Node, list []*yaml.Node) []*yaml.Node {
	var kept []*yaml.Node
	seen := map[string]bool{}
	for _, p := range list {
		p = bundle.Copy(resolve(root, p))
		id := read.Text(p, "in") + " " + read.Text(p, "name")
		if seen[id] {
			continue
		}
		seen[id] = true
		if read.Text(p, "in") != "path" {
			bundle.Remove(p, "required")
		}
		kept = append(kept, p)
	}
	return kept
}

func requestBody(bodies []*yaml.Node) *yaml.Node {
	schema, media, content, body := bundle.Mapping(), bundle.Mapping(), bundle.Mapping(), bundle.Mapping()
	if bodies = distinct(bodies); len(bodies) == 1 {
		schema = bodies[0]
	} else {
		bundle.Set(schema, "oneOf", bundle.Sequence(bodies...))
	}
	bundle.Set(media, "schema", schema)
	bundle.Set(content, "application/json", media)
	bundle.Set(body, "required", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"})
	bundle.Set(body, "content", content)
	return body
}

// joinResponse adds an answer; what several actions answer with the same
// status becomes any of their bodies.
func joinResponse(root, responses *yaml.Node, status string, response *yaml.Node) {
	before := read.Member(responses, status)
	if before == nil {
		bundle.Set(responses, status, response)
		return
	}
	if same(before, response) {
		return
	}
	before, response = bundle.Copy(resolve(root, before)), resolve(root, response)
	bundle.Set(responses, status, before)
	if text := read.Text(response, "description"); !strings.Contains(read.Text(before, "description"), text) {
		bundle.Set(before, "description", bundle.Text(read.Text(before, "description")+" "+text))
	}
	for _, part := range []string{"headers", "content"} {
		joinPart(before, part, read.Member(response, part))
	}
}

func joinPart(before *yaml.Node, part string, more *yaml.Node) {
	if more == nil {
		return
	}
	into := read.Member(before, part)
	if into == nil {
		bundle.Set(before, part, bundle.Copy(more))
		return
	}
	for name, object := range read.Members(more) {
		old := read.Member(into, name.Value)
		switch {
		case old == nil:
			bundle.Set(into, name.Value, bundle.Copy(object))
		case part == "content" && !same(old, object):
			bundle.Set(old, "schema", either(read.Member(old, "schema"), read.Member(object, "schema")))
		}
	}
}

// either is a schema that both fit.
func either(a, b *yaml.Node) *yaml.Node {
	if a == nil || b == nil {
		return bundle.Mapping()
	}
	list := []*yaml.Node{a}
	if union := read.Member(a, "anyOf"); union != nil && len(a.Content) == 2 {
		list = union.Content
	}
	schema := bundle.Mapping()
	bundle.Set(schema, "anyOf", bundle.Sequence(distinct(append(slices.Clip(list), b))...))
	return schema
}

// actionName is the operationId of a joined path: "ServersAction", or where that
// is taken already "V10ServersAction".
func actionName(path string, taken map[string]bool) string {
	segments := slices.DeleteFunc(strings.Split(path, "/"), func(s string) bool { return s == "" || s[0] == '{' })
	name := ""
	for n := min(2, len(segments)); n <= len(segments); n++ {
		if name = pascal(segments[len(segments)-n:]); !taken[name] {
			break
		}
	}
	taken[name] = true
	return name
}

func pascal(segments []string) string {
	var name strings.Builder
	for _, segment := range segments {
		for part := range strings.FieldsFuncSeq(segment, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
			name.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return name.String()
}

func resolve(root, n *yaml.Node) *yaml.Node {
	if ref := read.Text(n, "$ref"); ref != "" {
		return follow(root, ref)
	}
	return n
}

func words(n *yaml.Node) []*yaml.Node {
	if n != nil && n.Kind == yaml.ScalarNode {
		return []*yaml.Node{n}
	}
	return read.Items(n)
}

func distinct(list []*yaml.Node) []*yaml.Node {
	var kept []*yaml.Node
	for _, n := range list {
		if !slices.ContainsFunc(kept, func(k *yaml.Node) bool { return same(k, n) }) {
			kept = append(kept, n)
		}
	}
	return kept
}

// same reports whether two values are written alike.
func same(a, b *yaml.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && slices.EqualFunc(a.Content, b.Content, same)
}
