package export

import (
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// describe says in plain OpenAPI what only our extensions or the layout of the
// contract say: operations are grouped by the file that holds them, and their
// descriptions name the place of the document.
func describe(tree *read.Tree, b *bundle.Bundle) {
	tags, known := bundle.Sequence(), map[string]bool{}
	for _, item := range read.Members(read.Member(b.Root, "paths")) {
		for _, operation := range read.Members(item) {
			if read.Member(operation, "operationId") == nil {
				continue
			}
			file := b.At(operation).File
			name := strings.ReplaceAll(strings.TrimSuffix(path.Base(file), ".yaml"), "-", " ")
			bundle.Set(operation, "tags", bundle.Sequence(bundle.Text(name)))
			if !known[name] {
				known[name] = true
				tags.Content = append(tags.Content, tag(name, tree.File(file).Data))
			}
			bundle.Set(operation, "description", bundle.Text(description(item, operation)))
		}
	}
	bundle.Set(b.Root, "tags", tags)
}

// tag is a group of operations; the head comment of their file describes it.
func tag(name string, data []byte) *yaml.Node {
	var comment []string
	for line := range strings.Lines(string(data)) {
		text, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		comment = append(comment, strings.TrimSpace(text))
	}
	t := bundle.Mapping()
	bundle.Set(t, "name", bundle.Text(name))
	bundle.Set(t, "description", bundle.Text(strings.Join(comment, " ")))
	return t
}

// description is the operation's own or its summary, and its sources.
func description(item, operation *yaml.Node) string {
	text := strings.TrimSpace(read.Text(operation, "description"))
	if text == "" {
		text = sentence(read.Text(operation, "summary"))
	}
	sources := read.Texts(operation, "x-source")
	if len(sources) == 0 {
		sources = read.Texts(item, "x-source")
	}
	if len(sources) == 0 {
		return text
	}
	return text + " Source: " + strings.Join(sources, ", ") + "."
}

func sentence(summary string) string {
	return strings.TrimSuffix(strings.TrimSpace(summary), ".") + "."
}
