// Package generate turns the contract into code, in stages with types of their
// own: read (parsed files) -> bundle (one OpenAPI document per API) -> model
// (references followed, names settled) -> emit (Go text). This package runs the
// stages and compares the result with what is on disk.
package generate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/emit"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// Files is the whole output for the contract in fsys.
func Files(fsys fs.FS) (emit.Files, error) {
	tree, err := read.Load(fsys)
	if err != nil {
		return nil, err
	}
	contract, err := model.New(tree)
	if err != nil {
		return nil, err
	}
	return emit.All(contract)
}

// Change is one output file that differs from the one on disk.
type Change struct {
	// Path is below the repository's root.
	Path string
	// Kind is "new", "changed" or "gone".
	Kind string
}

// String is "changed gen/catalog/errors.gen.go".
func (c Change) String() string { return c.Kind + " " + c.Path }

// ChangeSet is what has to happen for the disk to hold the output.
type ChangeSet struct {
	List  []Change
	root  string
	files emit.Files
}

// Changes compares the output for root/spec with what is in root. Generated
// files are known by their suffix; those that no stage emits are gone.
func Changes(root string) (*ChangeSet, error) {
	files, err := Files(os.DirFS(filepath.Join(root, "spec")))
	if err != nil {
		return nil, err
	}
	set := &ChangeSet{root: root, files: files}
	for _, name := range files.Names() {
		old, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			set.List = append(set.List, Change{name, "new"})
		case err != nil:
			return nil, err
		case !bytes.Equal(old, files[name]):
			set.List = append(set.List, Change{name, "changed"})
		}
	}
	stale, err := staleFiles(root, files)
	if err != nil {
		return nil, err
	}
	set.List = append(set.List, stale...)
	slices.SortFunc(set.List, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return set, nil
}

func staleFiles(root string, files emit.Files) ([]Change, error) {
	var gone []Change
	tree := os.DirFS(root)
	err := fs.WalkDir(tree, "gen", func(name string, d fs.DirEntry, err error) error {
		if name == "gen" && errors.Is(err, fs.ErrNotExist) {
			return nil // nothing was ever generated here
		}
		if err != nil {
			return err
		}
		if !d.IsDir() && strings.HasSuffix(name, ".gen.go") && files[name] == nil {
			gone = append(gone, Change{name, "gone"})
		}
		return nil
	})
	return gone, err
}

// Write carries the changes out.
func (s *ChangeSet) Write() error {
	for _, change := range s.List {
		name := filepath.Join(s.root, filepath.FromSlash(change.Path))
		if change.Kind == "gone" {
			if err := os.Remove(name); err != nil {
				return fmt.Errorf("remove stale output: %w", err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("write output: %w", err)
		}
		if err := os.WriteFile(name, s.files[change.Path], 0o644); err != nil {
			return fmt.Errorf("write output: %w", err)
		}
	}
	return nil
}
