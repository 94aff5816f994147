// Package reference writes the contract as one page that a person can read
// beside the documents: each section of a document with its operations, tables,
// requirements and codes, and the rulings with everything that they decide
// between. The page needs no other file and no script.
package reference

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/coverage"
	"github.com/ecsconform/ecsconform/gen/generate/model"
)

//go:embed page
var files embed.FS

// Write writes the page of a contract. The same contract gives the same bytes.
func Write(w io.Writer, c *model.Contract) error {
	t := template.New("page.html").Funcs(template.FuncMap{
		"anchor": anchor,
		"place":  func(source string) string { return coverage.PlaceOf(source, coverage.Section) },
		"css": func(name string) (template.CSS, error) {
			b, err := files.ReadFile("page/" + name)
			return template.CSS(b), err
		},
		"js": func(name string) (template.JS, error) {
			b, err := files.ReadFile("page/" + name)
			return template.JS(b), err
		},
	})
	if _, err := t.ParseFS(files, "page/*.html"); err != nil {
		return fmt.Errorf("read the template: %w", err)
	}
	if err := t.Execute(w, newPage(c)); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// anchor is the id of an element: what a link may name.
func anchor(kind, name string) string {
	return kind + "-" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-':
			return r
		}
		return '-'
	}, name)
}

// page is everything that is shown.
type page struct {
	Digest    string
	Documents []*document
	Rulings   []contract.Ruling
	Numbers   []number
}

// number is one of the counts at the top.
type number struct {
	Says  string
	Count int
}

// document is one of the five, with its sections in order.
type document struct {
	ID, Title string
	Sections  []*section
}

// section is one place of a document and what the contract has from there.
type section struct {
	// Place is "ecs 5.1.1", Number "5.1.1", "" for a document without sections.
	Place, Number, Title string
	Chapter              bool
	Operations           []operation
	// Also are operations of other sections that this one says something of.
	Also         []*model.Operation
	Tables       []table
	Requirements []contract.Requirement
	Rulings      []contract.Ruling
	Codes        []contract.ErrorCode
	Statuses     []contract.Status
	Names        []names
	States       []contract.State
	Permissions  []contract.Permission
	Jobs         []contract.JobType
}

// names are the words that a server shows in one of its members.
type names struct {
	Says string
	List []contract.StateName
}

// operation is one method of one path.
type operation struct {
	*model.Operation
	Parameters []field
	Request    []body
	Answers    []answer
}

// body is what a request or an answer carries.
type body struct {
	Type  string
	Shape text
}

// answer is one documented status.
type answer struct {
	Status, Says string
	Bodies       []body
	Headers      []field
	Rulings      []string
	// Deviation says that the status itself is tolerated only.
	Deviation bool
}

// table is a named schema.
type table struct {
	API, Name, Says string
	Sources         []string
	Rulings         []string
	Requirements    []string
	// Shape is set for what is no object.
	Shape     text
	Fields    []field
	Relations []string
}

// field is one row: a parameter, a header or a member.
type field struct {
	Name, In string
	Required bool
	Shape    text
	Versions string
	Says     string
	Sources  []string
	Rulings  []string
	Secret   bool
	Reqs     []string
}

// text is a few words, some of which lead to a table.
type text []word

// word is one of them; Table is the anchor it leads to, "" for none.
type word struct{ Says, Table string }
