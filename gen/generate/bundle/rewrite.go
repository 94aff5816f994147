package bundle

import (
	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// Rewrite is a changed copy of a document. For every object, outermost first,
// f gets a copy that it may change; what it returns takes the object's place,
// and nil removes it. The document itself cannot be removed.
func Rewrite(root *yaml.Node, f func(Kind, *yaml.Node) *yaml.Node) *yaml.Node {
	return rewrite(root, Document, f)
}

func rewrite(n *yaml.Node, k Kind, f func(Kind, *yaml.Node) *yaml.Node) *yaml.Node {
	c := Copy(n)
	if k != Components {
		if c = f(k, c); c == nil {
			return nil
		}
	}
	if c.Kind != yaml.MappingNode {
		return c
	}
	members := k.members()
	kept := c.Content[:0:0]
	for key, value := range read.Members(c) {
		m := members[key.Value]
		switch {
		case m.kind == Value:
		case m.form == named && value.Kind == yaml.MappingNode:
			var objects []*yaml.Node
			for name, object := range read.Members(value) {
				if object = rewrite(object, m.kind, f); object != nil {
					objects = append(objects, name, object)
				}
			}
			value.Content = objects
		case (m.form == list || m.form == some) && value.Kind == yaml.SequenceNode:
			var objects []*yaml.Node
			for _, object := range value.Content {
				if object = rewrite(object, m.kind, f); object != nil {
					objects = append(objects, object)
				}
			}
			value.Content = objects
		default:
			if value = rewrite(value, m.kind, f); value == nil {
				continue
			}
		}
		kept = append(kept, key, value)
	}
	c.Content = kept
	return c
}

// Copy is a deep copy without comments.
func Copy(n *yaml.Node) *yaml.Node {
	c := *n
	c.HeadComment, c.LineComment, c.FootComment = "", "", ""
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		c.Content[i] = Copy(child)
	}
	return &c
}

// Remove takes the members of those names out of a mapping.
func Remove(n *yaml.Node, names ...string) {
	drop := func(key string) bool {
		for _, name := range names {
			if name == key {
				return true
			}
		}
		return false
	}
	RemoveFunc(n, drop)
}

// RemoveFunc takes the members whose names fit out of a mapping.
func RemoveFunc(n *yaml.Node, drop func(key string) bool) {
	if n.Kind != yaml.MappingNode {
		return
	}
	var kept []*yaml.Node
	for key, value := range read.Members(n) {
		if !drop(key.Value) {
			kept = append(kept, key, value)
		}
	}
	n.Content = kept
}

// Set gives a mapping a member, in place of one of the same name.
func Set(n *yaml.Node, name string, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			n.Content[i+1] = value
			return
		}
	}
	n.Content = append(n.Content, Text(name), value)
}

// Text is a string as a node.
func Text(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	return n
}

// Mapping is an empty mapping.
func Mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"} }

// Sequence is a list of nodes.
func Sequence(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items}
}

// Object is an OpenAPI object in its place.
type Object struct {
	Kind Kind
	Node *yaml.Node
	// Parent is the kind of the object around it, Member the member of that
	// which holds it, and Name its key there if the member is a mapping of names.
	Parent       Kind
	Member, Name string
}

// Walk visits every object of the bundle, outermost first.
func (b *Bundle) Walk(visit func(Object)) {
	walk(Object{Kind: Document, Node: b.Root}, visit)
}

func walk(o Object, visit func(Object)) {
	if o.Kind != Components {
		visit(o)
	}
	members := o.Kind.members()
	for key, value := range read.Members(o.Node) {
		m := members[key.Value]
		below := Object{Kind: m.kind, Parent: o.Kind, Member: key.Value}
		switch {
		case m.kind == Value:
		case m.form == named && value.Kind == yaml.MappingNode:
			for name, object := range read.Members(value) {
				below.Name, below.Node = name.Value, object
				walk(below, visit)
			}
		case (m.form == list || m.form == some) && value.Kind == yaml.SequenceNode:
			for _, object := range value.Content {
				below.Node = object
				walk(below, visit)
			}
		default:
			below.Node = value
			walk(below, visit)
		}
	}
}
