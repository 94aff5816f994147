package report

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// The files of a Folder.
const (
	ResultFile = "result.json"
	JUnitFile  = "junit.xml"
	PageFile   = "index.html"
)

// Folder is a Sink that keeps a run in a directory: result.json grows while the
// run goes on; JUnit and the page follow at its end. What an earlier run left there
// under these names is gone before the first check, and until the footer
// arrives the page says that the run did not come to its end, so that a killed
// run cannot be mistaken for the one before it.
type Folder struct {
	dir    string
	file   *os.File
	json   *JSON
	seen   Collector
	closed bool
}

// OpenFolder makes dir if need be and opens result.json in it.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open report folder: %w", err)
	}
	for _, name := range []string{JUnitFile, PageFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("open report folder: remove the earlier report: %w", err)
		}
	}
	file, err := os.Create(filepath.Join(dir, ResultFile))
	if err != nil {
		return nil, fmt.Errorf("open report folder: %w", err)
	}
	return &Folder{dir: dir, file: file, json: NewJSON(file)}, nil
}

// Page is the path of the page.
func (f *Folder) Page() string { return filepath.Join(f.dir, PageFile) }

// Result is what was received so far.
func (f *Folder) Result() Result { return f.seen.Result() }

// OnHeader begins result.json and writes the page of an unfinished run.
func (f *Folder) OnHeader(h Header) error {
	if err := f.json.OnHeader(h); err != nil {
		return err
	}
	if err := f.seen.OnHeader(complete(h)); err != nil {
		return err
	}
	return f.page()
}

// OnStart writes nothing.
func (f *Folder) OnStart(id, microversion string) error {
	return errors.Join(f.json.OnStart(id, microversion), f.seen.OnStart(id, microversion))
}

// OnCheck adds a line to result.json.
func (f *Folder) OnCheck(c Check) error {
	return errors.Join(f.json.OnCheck(c), f.seen.OnCheck(c))
}

// OnFooter ends result.json and writes JUnit and the page.
func (f *Folder) OnFooter(foot Footer) error {
	if err := errors.Join(f.json.OnFooter(foot), f.seen.OnFooter(foot)); err != nil {
		return err
	}
	return f.views()
}

// Close closes result.json; after a run without a footer it writes JUnit and the
// page, which say so. A second Close does nothing.
func (f *Folder) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	var err error
	if f.seen.order.stage == betweenChecks {
		err = f.views()
	}
	return errors.Join(err, f.file.Close())
}

func (f *Folder) views() error {
	return errors.Join(
		f.write(JUnitFile, func(w io.Writer) error { return WriteJUnit(w, f.seen.Result()) }),
		f.page())
}

func (f *Folder) page() error {
	return f.write(PageFile, func(w io.Writer) error { return WriteHTML(w, f.seen.Result(), HTMLOptions{}) })
}

// write replaces a file as a whole, so that nobody reads half of it.
func (f *Folder) write(name string, fill func(io.Writer) error) (err error) {
	path := filepath.Join(f.dir, name)
	file, err := os.CreateTemp(f.dir, "."+name+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write %s: %w", path, err), ignoreMissing(os.Remove(file.Name())))
		}
	}()
	if err := errors.Join(fill(file), file.Chmod(0o644), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
