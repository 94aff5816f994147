// Package coverage counts what the contract holds, by document, chapter and
// section: how much of the documents is written down, so that anyone can hold
// the numbers against a reading of their own. It counts things by what they say
// of their source; a thing with sources in two places counts in both, and once
// in the row that contains both.
package coverage

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
)

// Kind is a sort of thing that is counted.
type Kind string

// The kinds.
const (
	// Operations are methods of paths, each action among them.
	Operations Kind = "operations"
	// Actions are the operations that are a key of an action body.
	Actions Kind = "actions"
	// Parameters are those of path, query and header, of each operation.
	Parameters Kind = "parameters"
	// Headers are those of answers.
	Headers Kind = "answer_headers"
	// RequestFields and ResponseFields are members of objects in bodies. What
	// requests and answers share counts in both; what the documents describe
	// without a call that has it counts as answers.
	RequestFields  Kind = "request_fields"
	ResponseFields Kind = "response_fields"
	// Enumerations are lists of values, Bounds single limits of numbers, lengths
	// and counts, patterns and formats included.
	Enumerations Kind = "enumerations"
	Bounds       Kind = "bounds"
	// Codes are error codes, Statuses HTTP statuses of the general tables.
	Codes    Kind = "codes"
	Statuses Kind = "statuses"
	// States are names of states, Mappings rows that lead from states to a status.
	States   Kind = "states"
	Mappings Kind = "mappings"
	// Gates are ranges of microversions.
	Gates Kind = "gates"
	// Permissions are rows of authorisation items and calls.
	Permissions Kind = "permissions"
	Examples    Kind = "examples"
	// The requirements by who can prove them.
	BySuite  Kind = "requirements_by_suite"
	ByJudge  Kind = "requirements_by_judge"
	ByNobody Kind = "requirements_by_nobody"
	Rulings  Kind = "rulings"
)

// Kinds are all kinds in the order in which they are shown.
func Kinds() []Kind {
	return []Kind{
		Operations, Actions, Parameters, Headers, RequestFields, ResponseFields, Enumerations, Bounds, Codes, Statuses,
		States, Mappings, Gates, Permissions, Examples, BySuite, ByJudge, ByNobody, Rulings,
	}
}

// By says how fine the rows are.
type By int

// The four ways: a row for each document, chapter, section or table. What comes
// from a section and none of its tables has the row of the section.
const (
	Document By = iota
	Chapter
	Section
	Table
)

// Row is what one place of the documents has brought into the contract.
type Row struct {
	// Place is "ecs", "ecs 5", "ecs 5.1.1" or "ecs 5.1.1 table 5-3"; "" is everything.
	Place string `json:"place"`
	// Counts has every kind.
	Counts map[Kind]int `json:"counts"`
}

// thing is one entry of the contract and where it comes from.
type thing struct {
	kind    Kind
	key     string
	sources []string
}

// Inventory is everything that the contract holds.
type Inventory struct{ things []thing }

// Take goes through a contract and the documented examples, which are files
// DOCUMENT/NAME.json with a member source.
func Take(c *model.Contract, examples fs.FS) (*Inventory, error) {
	w := &walker{found: map[string]int{}}
	for _, api := range c.APIs {
		for _, o := range api.Operations {
			w.operation(o)
		}
	}
	w.unused(c.Shared)
	w.catalog(c.Catalog)
	if err := w.examples(examples); err != nil {
		return nil, err
	}
	return &Inventory{w.things}, nil
}

// Rows are the counts by place, in the order of the documents; the last row is
// everything.
func (v *Inventory) Rows(by By) []Row {
	rows := map[string]map[Kind]int{"": {}}
	for _, t := range v.things {
		places := []string{""}
		for _, source := range t.sources {
			if place := PlaceOf(source, by); !slices.Contains(places, place) {
				places = append(places, place)
			}
		}
		for _, place := range places {
			if rows[place] == nil {
				rows[place] = map[Kind]int{}
			}
			rows[place][t.kind]++
		}
	}
	var list []Row
	for place, counts := range rows {
		for _, k := range Kinds() {
			counts[k] += 0
		}
		list = append(list, Row{place, counts})
	}
	slices.SortFunc(list, func(a, b Row) int {
		if (a.Place == "") != (b.Place == "") {
			return len(b.Place) - len(a.Place) // everything comes last
		}
		return ComparePlaces(a.Place, b.Place)
	})
	return list
}

// PlaceOf is the document, chapter, section or table of a source.
func PlaceOf(source string, by By) string {
	document, rest, _ := strings.Cut(source, " ")
	number, _, _ := strings.Cut(rest, " ")
	if by == Table && strings.Contains(source, " table ") {
		return source
	}
	if by == Document || !isSection(number) {
		return document
	}
	if by == Chapter {
		number, _, _ = strings.Cut(number, ".")
	}
	return document + " " + number
}

func isSection(word string) bool {
	return word != "" && (word[0] >= '0' && word[0] <= '9' || len(word) == 1 || word[1] == '.')
}

// ComparePlaces orders sources and places as the documents do: chapter 10 after
// 9, the appendix last, a section before what lies below it.
func ComparePlaces(a, b string) int {
	x, y := strings.FieldsFunc(a, separates), strings.FieldsFunc(b, separates)
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(x[i])
		n, errN := strconv.Atoi(y[i])
		switch {
		case errM == nil && errN == nil && m != n:
			return cmp.Compare(m, n)
		case (errM == nil) != (errN == nil):
			if errM == nil {
				return -1
			}
			return 1
		case x[i] != y[i]:
			return strings.Compare(x[i], y[i])
		}
	}
	return len(x) - len(y)
}

func separates(r rune) bool { return r == ' ' || r == '.' || r == '-' }

// walker collects things, each once.
type walker struct {
	things []thing
	found  map[string]int
}

// add keeps a thing; one that is found again brings its further sources.
func (w *walker) add(k Kind, key string, sources []string) {
	id := string(k) + " " + key
	i, ok := w.found[id]
	if !ok {
		i = len(w.things)
		w.found[id] = i
		w.things = append(w.things, thing{kind: k, key: key})
	}
	for _, s := range sources {
		if !slices.Contains(w.things[i].sources, s) {
			w.things[i].sources = append(w.things[i].sources, s)
		}
	}
}

func (w *walker) examples(fsys fs.FS) error {
	names, err := fs.Glob(fsys, "*/*.json")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		var example struct {
			Source string `json:"source"`
		}
		if err := json.Unmarshal(data, &example); err != nil {
			return fmt.Errorf("example %s: %w", name, err)
		}
		w.add(Examples, name, []string{example.Source})
	}
	return nil
}
