// Package read is the first stage of the generator: the parsed files of the
// contract, their digest, and look-ups on YAML nodes that remember which file
// they stand in. It knows YAML and nothing of what the contract means.
package read

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/spec"
)

// Tree is the whole contract as parsed files.
type Tree struct {
	// Files are in order of their names.
	Files []spec.File
	// Digest is the SHA-256 of all names and contents.
	Digest string
	byName map[string]*spec.File
}

// Load reads the contract in fsys. Files that do not parse, keys given twice,
// aliases and merge keys are Problems; the tree beside them holds the rest.
func Load(fsys fs.FS) (*Tree, error) {
	files, err := spec.Load(fsys)
	problems, err := unparsed(err)
	if err != nil {
		return nil, err
	}
	t := &Tree{Files: files, byName: make(map[string]*spec.File, len(files))}
	sum := sha256.New()
	for i := range t.Files {
		f := &t.Files[i]
		t.byName[f.Name] = f
		_, _ = fmt.Fprintf(sum, "%s\n%d\n", f.Name, len(f.Data)) // a hash takes every write
		_, _ = sum.Write(f.Data)
		if f.Root != nil {
			checkNode(f.Name, f.Root, &problems)
		}
	}
	t.Digest = hex.EncodeToString(sum.Sum(nil))
	return t, problems.Err()
}

// unparsed turns the errors of single files into problems; others stay errors.
func unparsed(err error) (Problems, error) {
	joined, ok := err.(interface{ Unwrap() []error }) //nolint:errorlint // the join itself, not what it wraps
	if !ok {
		return nil, err
	}
	var problems Problems
	var others []error
	for _, err := range joined.Unwrap() {
		var file *spec.FileError
		if !errors.As(err, &file) {
			others = append(others, err)
			continue
		}
		at := Position{File: file.Name}
		if m := lineNumber.FindStringSubmatch(file.Err.Error()); m != nil {
			at.Line, _ = strconv.Atoi(m[1]) // digits, by the pattern
		}
		problems.Add(at, "%v", file.Err)
	}
	return problems, errors.Join(others...)
}

var lineNumber = regexp.MustCompile(`line (\d+)`)

// File is the file of that name, nil if there is none.
func (t *Tree) File(name string) *spec.File { return t.byName[name] }

// Under are the files whose name begins with prefix.
func (t *Tree) Under(prefix string) []spec.File {
	var under []spec.File
	for _, f := range t.Files {
		if strings.HasPrefix(f.Name, prefix) {
			under = append(under, f)
		}
	}
	return under
}

func checkNode(file string, n *yaml.Node, problems *Problems) {
	at := Position{File: file, Line: n.Line, Column: n.Column}
	switch n.Kind {
	case yaml.AliasNode:
		problems.Add(at, "alias *%s: the contract uses $ref, not YAML aliases", n.Value)
		return
	case yaml.MappingNode:
		seen := make(map[string]int, len(n.Content)/2)
		for key := range Members(n) {
			at := Position{File: file, Line: key.Line, Column: key.Column}
			if key.Kind != yaml.ScalarNode {
				problems.Add(at, "a key must be a word")
				continue
			}
			if key.Tag == "!!merge" {
				problems.Add(at, "merge key: the contract uses $ref, not YAML merging")
			}
			if line, ok := seen[key.Value]; ok {
				problems.Add(at, "key %q is given twice (first in line %d)", key.Value, line)
			}
			seen[key.Value] = key.Line
		}
	}
	if n.Anchor != "" {
		problems.Add(at, "anchor &%s: the contract uses $ref, not YAML anchors", n.Anchor)
	}
	for _, child := range n.Content {
		checkNode(file, child, problems)
	}
}

// Position is a place in a file of the contract.
type Position struct {
	File         string
	Line, Column int
}

// String is "openapi/ecs/openapi.yaml:3:7".
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Problem is one mistake in the contract, where it stands.
type Problem struct {
	Position
	// Text is a sentence without the position.
	Text string
}

// Problems are mistakes in the contract, reported together.
type Problems []Problem

// Add appends a problem.
func (p *Problems) Add(at Position, format string, args ...any) {
	*p = append(*p, Problem{at, fmt.Sprintf(format, args...)})
}

// Sort orders by file, line and column.
func (p Problems) Sort() {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// Err is p as an error, nil if there is no problem.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	p.Sort()
	return p
}

// Error lists every problem on a line of its own.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String() + ": " + problem.Text
	}
	return strings.Join(lines, "\n")
}
