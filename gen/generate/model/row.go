package model

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// row reads one mapping of a catalogue member by member, and at the end knows
// which members nobody asked for.
type row struct {
	file     string
	node     *yaml.Node
	known    []string
	problems *read.Problems
}

func (r *row) at(n *yaml.Node) read.Position {
	return read.Position{File: r.file, Line: n.Line, Column: n.Column}
}

func (r *row) member(key string) *yaml.Node {
	r.known = append(r.known, key)
	v := read.Member(r.node, key)
	if v == nil || v.Tag == "!!null" {
		return nil
	}
	return v
}

// text is a scalar member with its blanks at the edges removed; "" if absent.
func (r *row) text(key string) string {
	v := r.member(key)
	if v == nil {
		return ""
	}
	if v.Kind != yaml.ScalarNode {
		r.problems.Add(r.at(v), "%s must be a text", key)
		return ""
	}
	return strings.TrimSpace(v.Value)
}

// must is text that has to be there.
func (r *row) must(key string) string {
	text := r.text(key)
	if text == "" {
		r.problems.Add(r.at(r.node), "%s is missing", key)
	}
	return text
}

// source is one source or several, joined by semicolons; it has to be there.
func (r *row) source() string {
	sources := r.texts("source")
	if len(sources) == 0 {
		r.problems.Add(r.at(r.node), "source is missing")
	}
	return strings.Join(sources, "; ")
}

func (r *row) texts(key string) []string {
	v := r.member(key)
	if v == nil {
		return nil
	}
	if v.Kind == yaml.ScalarNode {
		return []string{v.Value}
	}
	texts := make([]string, 0, len(v.Content))
	for _, item := range v.Content {
		if v.Kind != yaml.SequenceNode || item.Kind != yaml.ScalarNode {
			r.problems.Add(r.at(v), "%s must be a list of words", key)
			return nil
		}
		texts = append(texts, item.Value)
	}
	return slices.Clip(texts)
}

func (r *row) number(key string) int {
	v := r.member(key)
	if v == nil {
		return 0
	}
	n, err := strconv.Atoi(v.Value)
	if err != nil || v.Tag != "!!int" {
		r.problems.Add(r.at(v), "%s must be a number", key)
	}
	return n
}

func (r *row) flag(key string) bool {
	v := r.member(key)
	if v == nil {
		return false
	}
	if v.Tag != "!!bool" {
		r.problems.Add(r.at(v), "%s must be true or false", key)
	}
	return v.Value == "true"
}

// rows are the mappings of a list member.
func (r *row) rows(key string) []*row {
	v := r.member(key)
	if v == nil {
		return nil
	}
	if v.Kind != yaml.SequenceNode {
		r.problems.Add(r.at(v), "%s must be a list", key)
		return nil
	}
	var rows []*row
	for _, item := range v.Content {
		if item.Kind != yaml.MappingNode {
			r.problems.Add(r.at(item), "an entry of %s must be a mapping", key)
			continue
		}
		rows = append(rows, &row{file: r.file, node: item, problems: r.problems})
	}
	return rows
}

// done reports the members that nobody asked for.
func (r *row) done() {
	for key := range read.Members(r.node) {
		if slices.Contains(r.known, key.Value) {
			continue
		}
		known := slices.Clone(r.known)
		slices.Sort(known)
		r.problems.Add(r.at(key), "unknown member %q; known are %s", key.Value, strings.Join(known, ", "))
	}
}
