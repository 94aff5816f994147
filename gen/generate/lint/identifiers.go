package lint

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// documents are those that a source may name (spec/README.md).
func documents() []string {
	return []string{"ecs", "appgroup-create", "appgroup-list", "appserver-create", "autolaunch"}
}

var (
	place   = regexp.MustCompile(`^(prose|example( \d+)?|table (([A-Z]|\d+)-)?\d+)$`)
	section = regexp.MustCompile(`^([1-9]\d*|[A-Z])(\.\d+)*$`)
)

// wrongSource says what is wrong with a source, "" if nothing is.
func wrongSource(source string) string {
	document, rest, _ := strings.Cut(source, " ")
	if !slices.Contains(documents(), document) {
		return "there is no document " + document + nearest(document, documents())
	}
	number, rest, more := strings.Cut(rest, " ")
	switch {
	case document != "ecs" && (number == "" || place.MatchString(strings.TrimSpace(number+" "+rest))):
		return "" // a short document has tables, but no sections
	case !section.MatchString(number):
		return "a section is written 5.1.1 or A.2"
	case more && !place.MatchString(rest):
		return "behind the section stands prose, example 2 or table 5-3"
	}
	return ""
}

// identifiers looks at every source, ruling and requirement that anything cites.
func (c *checker) identifiers() {
	for _, f := range c.tree.Files {
		if f.Root != nil {
			c.cited(f.Name, f.Root)
		}
	}
}

func (c *checker) cited(file string, n *yaml.Node) {
	for key, value := range read.Members(n) {
		switch key.Value {
		case "x-source", "source", "sources":
			c.sources(file, key.Value, value)
		case "x-ruling", "ruling":
			c.ids(file, "ruling", value, c.rulings)
		case "rulings":
			if file != "" && !strings.HasPrefix(file, "rulings/") {
				c.ids(file, "ruling", value, c.rulings)
			}
		case "x-requirements":
			c.ids(file, "requirement", value, c.requirements)
		case "profiles":
			if !strings.HasPrefix(file, "catalog/profiles") {
				c.ids(file, "profile", value, map[string]bool{})
			}
		}
	}
	for _, child := range n.Content {
		c.cited(file, child)
	}
}

func words(n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return []*yaml.Node{n}
	}
	return read.Items(n)
}

func (c *checker) sources(file, key string, n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		return // a member of somebody's data that happens to be called source
	}
	for _, word := range words(n) {
		if wrong := wrongSource(word.Value); wrong != "" {
			c.report("source", at(file, word), "%s %q: %s", key, word.Value, wrong)
		}
	}
}

func (c *checker) ids(file, kind string, n *yaml.Node, used map[string]bool) {
	for _, word := range words(n) {
		if word.Kind != yaml.ScalarNode {
			continue
		}
		used[word.Value] = true
		if _, ok := c.contract.Catalog.At[kind+" "+word.Value]; ok {
			continue
		}
		var known []string
		for name := range c.contract.Catalog.At {
			if id, ok := strings.CutPrefix(name, kind+" "); ok && kind != "ruling" {
				known = append(known, id)
			}
		}
		slices.Sort(known)
		c.report("unknown-id", at(file, word), "there is no %s %s%s", kind, word.Value, nearest(word.Value, known))
	}
}

// uncited reports rulings and requirements that shaped nothing.
func (c *checker) uncited() {
	for _, r := range c.contract.Catalog.Rulings {
		if !c.rulings[r.ID] {
			c.report("uncited", c.contract.Catalog.At["ruling "+r.ID], "nothing cites the ruling %s: name it where it shaped the contract", r.ID)
		}
	}
	for _, r := range c.contract.Catalog.Requirements {
		if r.Proof == "judge" && !c.requirements[r.ID] {
			c.report("uncited", c.contract.Catalog.At["requirement "+r.ID],
				"the judge is to prove %s, but nothing in openapi or catalog expresses it: name it in x-requirements", r.ID)
		}
	}
}
