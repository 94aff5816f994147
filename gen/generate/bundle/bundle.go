// Package bundle joins the files of an API into one OpenAPI document. A
// reference to another file becomes a reference to a component, whose name is
// the key in that file; path items are written out in place. Nodes of the
// bundle remember where they came from.
package bundle

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// Bundle is the OpenAPI document of one API.
type Bundle struct {
	// API is the folder it comes from: "nova".
	API string
	// Root is the document.
	Root *yaml.Node
	file map[*yaml.Node]string
}

// At is where a node of the bundle was written.
func (b *Bundle) At(n *yaml.Node) read.Position {
	if n == nil {
		return read.Position{File: "openapi/" + b.API + "/openapi.yaml"}
	}
	return read.Position{File: b.file[n], Line: n.Line, Column: n.Column}
}

// APIs are the names of the folders that hold an openapi.yaml.
func APIs(t *read.Tree) []string {
	var apis []string
	for _, f := range t.Under("openapi/") {
		if dir, name := path.Split(f.Name); name == "openapi.yaml" && strings.Count(f.Name, "/") == 2 {
			apis = append(apis, path.Base(dir))
		}
	}
	return apis
}

// New bundles one API. References that lead nowhere and names that two
// components claim are Problems; the bundle is as good as it gets.
func New(t *read.Tree, api string) (*Bundle, error) {
	b := &bundler{
		Bundle: Bundle{API: api, file: map[*yaml.Node]string{}},
		tree:   t,
		kept:   map[string]*component{},
	}
	file := "openapi/" + api + "/openapi.yaml"
	f := t.File(file)
	if f == nil || f.Root == nil {
		b.problems.Add(read.Position{File: file}, "there is no such document")
		return nil, b.problems.Err()
	}
	// The document's own components are claimed first: their names are given.
	b.claimOwn(file, f.Root)
	b.Root = b.copy(file, f.Root, Document)
	b.writeComponents()
	return &b.Bundle, b.problems.Err()
}

// Shared bundles what openapi/shared holds, whether an API refers to it or not,
// as a document without paths. What the documents describe without a call that
// has it is nowhere else.
func Shared(t *read.Tree) (*Bundle, error) {
	b := &bundler{
		Bundle: Bundle{API: "shared", Root: Mapping(), file: map[*yaml.Node]string{}},
		tree:   t,
		kept:   map[string]*component{},
	}
	for _, f := range t.Under("openapi/shared/") {
		for key, value := range read.Members(f.Root) {
			b.keep(read.Position{File: f.Name, Line: key.Line, Column: key.Column}, Schema.section(), key.Value, f.Name, value, key, Schema)
		}
	}
	b.writeComponents()
	return &b.Bundle, b.problems.Err()
}

type bundler struct {
	Bundle
	tree     *read.Tree
	kept     map[string]*component // by "schemas/ServerDetail"
	problems read.Problems
}

// component is an object that others refer to.
type component struct {
	section, name string
	// origin is the node in the source, at where it stands.
	origin *yaml.Node
	at     read.Position
	copied *yaml.Node
	own    bool
}

func (b *bundler) claimOwn(file string, root *yaml.Node) {
	for section, objects := range read.Members(read.Member(root, "components")) {
		for key, object := range read.Members(objects) {
			b.kept[section.Value+"/"+key.Value] = &component{
				section: section.Value, name: key.Value, origin: object, own: true,
				at: read.Position{File: file, Line: key.Line, Column: key.Column},
			}
		}
	}
}

// copy is a deep copy of an object with its references rewritten.
func (b *bundler) copy(file string, n *yaml.Node, k Kind) *yaml.Node {
	if n.Kind == yaml.MappingNode && k != Document && k != Components {
		if ref := read.Member(n, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && k != Value {
			return b.refer(file, n, ref, k)
		}
	}
	members := k.members()
	c := b.clone(file, n)
	if n.Kind != yaml.MappingNode {
		return c
	}
	c.Content = make([]*yaml.Node, 0, len(n.Content))
	for key, value := range read.Members(n) {
		m := members[key.Value] // the zero member copies as it is
		c.Content = append(c.Content, b.deep(file, key), b.copyMember(file, value, m))
	}
	return c
}

func (b *bundler) copyMember(file string, n *yaml.Node, m member) *yaml.Node {
	switch {
	case m.kind == Value:
		return b.deep(file, n)
	case m.form == named && n.Kind == yaml.MappingNode:
		c := b.clone(file, n)
		c.Content = nil
		for key, value := range read.Members(n) {
			c.Content = append(c.Content, b.deep(file, key), b.copy(file, value, m.kind))
		}
		return c
	case (m.form == list || m.form == some) && n.Kind == yaml.SequenceNode:
		c := b.clone(file, n)
		c.Content = nil
		for _, item := range n.Content {
			c.Content = append(c.Content, b.copy(file, item, m.kind))
		}
		return c
	}
	return b.copy(file, n, m.kind)
}

// clone is a copy of n itself that shares n's children.
func (b *bundler) clone(file string, n *yaml.Node) *yaml.Node {
	c := *n
	c.HeadComment, c.LineComment, c.FootComment = "", "", ""
	b.file[&c] = file
	return &c
}

func (b *bundler) deep(file string, n *yaml.Node) *yaml.Node {
	c := b.clone(file, n)
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		c.Content[i] = b.deep(file, child)
	}
	return c
}

// refer replaces a mapping with $ref: by a reference to a component, or by the
// referenced object itself where OpenAPI knows no component of its kind, or no
// members beside the reference.
func (b *bundler) refer(file string, n, ref *yaml.Node, k Kind) *yaml.Node {
	at := read.Position{File: file, Line: ref.Line, Column: ref.Column}
	target, key, targetFile := b.find(at, ref.Value)
	if target == nil {
		return b.deep(file, n)
	}
	siblings := len(n.Content) > 2
	section := k.section()
	if section == "" || (siblings && k != Schema) {
		if read.Member(target, "$ref") != nil {
			b.problems.Add(at, "%s is itself a reference", ref.Value)
			return b.deep(file, n)
		}
		return b.merge(file, n, b.copy(targetFile, target, k), k)
	}
	c := b.keep(at, section, key.Value, targetFile, target, key, k)
	if c == nil {
		return b.deep(file, n)
	}
	members := k.members()
	copied := b.clone(file, n)
	copied.Content = nil
	for name, value := range read.Members(n) {
		if name.Value == "$ref" {
			link := b.clone(file, value)
			link.Value, link.Style = "#/components/"+section+"/"+c.name, yaml.SingleQuotedStyle
			copied.Content = append(copied.Content, b.deep(file, name), link)
			continue
		}
		copied.Content = append(copied.Content, b.deep(file, name), b.copyMember(file, value, members[name.Value]))
	}
	return copied
}

// merge lays the members beside a reference over the referenced object.
func (b *bundler) merge(file string, n, object *yaml.Node, k Kind) *yaml.Node {
	members := k.members()
	for name, value := range read.Members(n) {
		if name.Value == "$ref" {
			continue
		}
		over := b.copyMember(file, value, members[name.Value])
		replaced := false
		for i := 0; i+1 < len(object.Content); i += 2 {
			if object.Content[i].Value == name.Value {
				object.Content[i+1], replaced = over, true
			}
		}
		if !replaced {
			object.Content = append(object.Content, b.deep(file, name), over)
		}
	}
	return object
}

// find follows a reference to the object, its key and its file.
func (b *bundler) find(at read.Position, ref string) (target, key *yaml.Node, file string) {
	name, pointer, ok := strings.Cut(ref, "#")
	file = at.File
	if name != "" {
		file = path.Join(path.Dir(at.File), name)
	}
	f := b.tree.File(file)
	switch {
	case !ok || !strings.HasPrefix(pointer, "/"):
		b.problems.Add(at, "reference %q names no key: write FILE#/KEY", ref)
		return nil, nil, file
	case f == nil || f.Root == nil:
		b.problems.Add(at, "reference %q: there is no file %s", ref, file)
		return nil, nil, file
	}
	tokens := strings.Split(pointer[1:], "/")
	if len(tokens) != 1 && (len(tokens) != 3 || tokens[0] != "components") {
		b.problems.Add(at, "reference %q: only a key of a file can be referred to", ref)
		return nil, nil, file
	}
	target = f.Root
	for _, token := range tokens {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		key, target = read.Key(target, token), read.Member(target, token)
	}
	if target == nil {
		b.problems.Add(at, "reference %q: %s has no key %s", ref, file, pointer[1:])
		return nil, nil, file
	}
	return target, key, file
}

// keep makes target a component, once.
func (b *bundler) keep(at read.Position, section, name, file string, target, key *yaml.Node, k Kind) *component {
	id := section + "/" + name
	where := read.Position{File: file, Line: key.Line, Column: key.Column}
	c, ok := b.kept[id]
	switch {
	case ok && c.origin == target:
		return c
	case ok:
		b.problems.Add(where, "component %s is claimed twice (also at %s); referred to at %s", id, c.at, at)
		return nil
	}
	c = &component{section: section, name: name, origin: target, at: where}
	b.kept[id] = c
	c.copied = b.copy(file, target, k)
	return c
}

// writeComponents appends the collected components, sorted, to the document's.
func (b *bundler) writeComponents() {
	collected := make([]*component, 0, len(b.kept))
	for _, c := range b.kept {
		if !c.own {
			collected = append(collected, c)
		}
	}
	slices.SortFunc(collected, func(a, c *component) int {
		return cmp.Or(cmp.Compare(a.section, c.section), cmp.Compare(a.name, c.name))
	})
	for _, c := range collected {
		section := b.mapping(b.mapping(b.Root, "components"), c.section)
		key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: c.name, Line: c.at.Line, Column: c.at.Column}
		b.file[key] = c.at.File
		section.Content = append(section.Content, key, c.copied)
	}
}

// mapping is the mapping member of n of that name, made if it is missing.
func (b *bundler) mapping(n *yaml.Node, name string) *yaml.Node {
	if m := read.Member(n, name); m != nil {
		return m
	}
	m := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}, m)
	return m
}
