// Package lint reads the contract as a careful reviewer would and says what a
// careless author did: no source, an id that nobody defined, a rule that can
// never hold. Each rule is a function of the checker; TestEveryRuleBites shows
// each of them refuse something.
package lint

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// Finding is one mistake of an author.
type Finding struct {
	read.Position
	// Rule is the name of the rule: "source".
	Rule string
	// Text is a sentence that says what is wrong and what would be right.
	Text string
}

// String is "rulings/nova.yaml:4:5: unknown-id: there is no ruling R-999".
func (f Finding) String() string { return fmt.Sprintf("%s: %s: %s", f.Position, f.Rule, f.Text) }

// Check lints the contract in fsys. The findings are in order of files and
// lines. An error means that fsys could not be read.
func Check(fsys fs.FS) ([]Finding, error) {
	c := &checker{rulings: map[string]bool{}, requirements: map[string]bool{}, seen: map[Finding]bool{}}
	tree, err := read.Load(fsys)
	if tree == nil {
		return nil, err
	}
	c.tree = tree
	c.problems("syntax", err)
	c.contract, err = model.New(tree)
	c.problems("model", err)
	for _, rule := range []func(*checker){
		(*checker).identifiers, (*checker).requirementRows, (*checker).rulingRows, (*checker).errorRows, (*checker).catalogRows,
		(*checker).objects, (*checker).operations, (*checker).schemas, (*checker).circles, (*checker).unused, (*checker).examples,
		(*checker).uncited,
	} {
		rule(c)
	}
	slices.SortStableFunc(c.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Text, b.Text))
	})
	return c.found, nil
}

type checker struct {
	tree     *read.Tree
	contract *model.Contract
	found    []Finding
	seen     map[Finding]bool
	// rulings and requirements that something cites.
	rulings, requirements map[string]bool
}

// report adds a finding; what several APIs share is reported once.
func (c *checker) report(rule string, at read.Position, format string, args ...any) {
	f := Finding{Position: at, Rule: rule, Text: fmt.Sprintf(format, args...)}
	if !c.seen[f] {
		c.seen[f] = true
		c.found = append(c.found, f)
	}
}

func (c *checker) problems(rule string, err error) {
	var problems read.Problems
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			c.report(rule, p.Position, "%s", p.Text)
		}
	case err != nil:
		c.report(rule, read.Position{}, "%v", err)
	}
}

func at(file string, n *yaml.Node) read.Position {
	return read.Position{File: file, Line: n.Line, Column: n.Column}
}

// walk visits every object of every API.
func (c *checker) walk(visit func(b *bundle.Bundle, o bundle.Object)) {
	for _, api := range c.contract.APIs {
		api.Bundle.Walk(func(o bundle.Object) { visit(api.Bundle, o) })
	}
}

// nearest is the known word that a mistyped one resembles, in a half sentence.
func nearest(word string, known []string) string {
	best, least := "", 4
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k), least); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; is %s meant?", best)
}

// distance is the number of edits between two words, or limit if it is more.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(b)], limit)
}
