// Package spec is the hand-written contract: OpenAPI sources, catalogues,
// requirements and rulings (README.md says how they are written). The package
// embeds them and hands them out; what they mean is gen's business.
package spec

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"go.yaml.in/yaml/v3"
)

//go:embed README.md openapi catalog requirements rulings
var files embed.FS

// Files is the contract as it was when the binary was built.
func Files() fs.FS { return files }

// File is one parsed YAML file of the contract. Nodes keep line and column.
type File struct {
	// Name is the path below spec: "openapi/ecs/openapi.yaml".
	Name string
	// Data is the text as written.
	Data []byte
	// Root is the only document's root value; nil for an empty file.
	Root *yaml.Node
}

// FileError says why a file does not parse.
type FileError struct {
	Name string
	Err  error
}

// Error is the name and the cause.
func (e *FileError) Error() string { return e.Name + ": " + e.Err.Error() }

// Unwrap is the cause.
func (e *FileError) Unwrap() error { return e.Err }

// Load parses every YAML file of fsys, in order of their names. It returns all
// files that parse, and an error that joins a FileError for each of the others.
func Load(fsys fs.FS) ([]File, error) {
	var loaded []File
	var errs []error
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || !slices.Contains([]string{".yaml", ".yml"}, path.Ext(name)) {
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		root, err := parse(data)
		if err != nil {
			errs = append(errs, &FileError{name, err})
		} else {
			loaded = append(loaded, File{Name: name, Data: data, Root: root})
		}
		return nil //nolint:nilerr // the other files are read all the same
	})
	if err != nil {
		errs = append(errs, fmt.Errorf("read contract: %w", err))
	}
	return loaded, errors.Join(errs...)
}

func parse(data []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := decoder.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := decoder.Decode(&more); err == nil {
		return nil, fmt.Errorf("line %d: a second document; a file holds one", more.Line)
	} else if !errors.Is(err, io.EOF) {
		return nil, err
	}
	return doc.Content[0], nil
}
