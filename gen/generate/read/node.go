package read

import (
	"iter"

	"go.yaml.in/yaml/v3"
)

// Members are the keys and values of a mapping, in the order of the file.
// Anything else has none.
func Members(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		if n == nil || n.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

// Member is the value of a key, nil if n is no mapping or lacks it.
func Member(n *yaml.Node, key string) *yaml.Node {
	for k, v := range Members(n) {
		if k.Value == key {
			return v
		}
	}
	return nil
}

// Key is the node of the key itself, nil if n lacks it.
func Key(n *yaml.Node, key string) *yaml.Node {
	for k := range Members(n) {
		if k.Value == key {
			return k
		}
	}
	return nil
}

// Items are the elements of a sequence; anything else has none.
func Items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

// Text is the value of a scalar member, "" if there is none or it is null.
func Text(n *yaml.Node, key string) string {
	v := Member(n, key)
	if v == nil || v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
		return ""
	}
	return v.Value
}

// Texts are the scalars of a member that may be one word or a list of words.
func Texts(n *yaml.Node, key string) []string {
	v := Member(n, key)
	if v == nil {
		return nil
	}
	if v.Kind == yaml.ScalarNode {
		if v.Tag == "!!null" {
			return nil
		}
		return []string{v.Value}
	}
	var texts []string
	for _, item := range Items(v) {
		if item.Kind == yaml.ScalarNode {
			texts = append(texts, item.Value)
		}
	}
	return texts
}
