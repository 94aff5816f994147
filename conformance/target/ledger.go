package target

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// DefaultLedger is where the ledger is, below the working directory.
const DefaultLedger = ".ecsconform/ledger.jsonl"

// Event is what a line of the ledger says.
type Event string

// The events.
const (
	// Intent is written and synced before the request that creates.
	Intent Event = "intent"
	// Created adds what the answer told: ids, a job.
	Created Event = "created"
	// Removed says that nothing is left, or that nothing ever was.
	Removed Event = "removed"
)

// Entry is one line of the ledger. It holds no secret. All lines of one thing
// have the same Name, which is unique.
type Entry struct {
	Time  time.Time `json:"time"`
	Event Event     `json:"event"`
	Run   string    `json:"run"`
	Check string    `json:"check,omitempty"`
	// Endpoint is the base URL of the compute API, Project the id of the project.
	Endpoint string `json:"endpoint"`
	Project  string `json:"project"`
	// Kind is "server", or one of the lasting kinds.
	Kind string `json:"kind"`
	Name string `json:"name"`
	// Count is how many bear the name; several get -0001 and so on behind it (ecs 5.1.1 table 5-3).
	Count int `json:"count,omitempty"`
	// Via is the API that creates and removes: "nova" or "ecs".
	Via string   `json:"via,omitempty"`
	IDs []string `json:"ids,omitempty"`
	Job string   `json:"job,omitempty"`
	// Note says why it was removed: "refused with 400".
	Note string `json:"note,omitempty"`
}

// Ledger is a file of JSON lines that only grows. Each line is on the disk
// before write returns. The file is made when the first line is written.
//
// Beside it stands a lock for each run that goes on, so that no sweep takes away
// what a living run still uses.
type Ledger struct {
	path string
	// run is whose lock is taken with the first line; "" takes none.
	run string
	now func() time.Time

	mu      sync.Mutex
	file    *os.File
	release func() error
}

func openLedger(path, run string, now func() time.Time) *Ledger {
	return &Ledger{path: path, run: run, now: now}
}

// lockPath is where the lock of a run is.
func lockPath(ledger, run string) string { return ledger + "." + run + ".lock" }

// write appends one entry and waits until it is on the disk.
func (l *Ledger) write(e Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.open(); err != nil {
		return fmt.Errorf("ledger %s: %w", l.path, err)
	}
	e.Time = l.now().UTC()
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("ledger %s: %w", l.path, err)
	}
	// One write for the whole line: other runs may append to the same file.
	if _, err := l.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("ledger %s: %w", l.path, err)
	}
	if err := l.file.Sync(); err != nil {
		return fmt.Errorf("ledger %s: %w", l.path, err)
	}
	return nil
}

func (l *Ledger) open() error {
	if l.file != nil {
		return nil
	}
	dir := filepath.Dir(l.path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if err := mend(f); err != nil {
		return errors.Join(err, f.Close())
	}
	if l.run != "" {
		release, held, err := lockFile(lockPath(l.path, l.run))
		if held {
			err = fmt.Errorf("another process calls its run %s too", l.run)
		}
		if err != nil {
			return errors.Join(err, f.Close())
		}
		l.release = release
	}
	// The name of a new file must survive a crash like its content.
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // not every file system can
		_ = d.Close()
	}
	l.file = f
	return nil
}

// mend ends a line that a crash left unfinished, so that it spoils no other.
func mend(f *os.File) error {
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil || end == 0 {
		return err
	}
	var last [1]byte
	if _, err := f.ReadAt(last[:], end-1); err != nil {
		return err
	}
	if last[0] == '\n' {
		return nil
	}
	_, err = f.Write([]byte{'\n'})
	return err
}

// Close gives the file back.
func (l *Ledger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	if l.release != nil {
		err = errors.Join(err, l.release())
		l.release = nil
	}
	return err
}

// ReadLedger returns the entries of a ledger in order; none if there is no file.
// A line that is no entry is told in unreadable and left out: it is what a
// crash leaves, and its request was never sent.
func ReadLedger(path string) (entries []Entry, unreadable []string, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the ledger: %w", err)
	}
	defer f.Close()
	r := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, err := r.ReadBytes('\n')
		if len(line) > 1 {
			var e Entry
			if bad := json.Unmarshal(line, &e); bad != nil || e.Name == "" || e.Event == "" {
				unreadable = append(unreadable, fmt.Sprintf("%s:%d is no entry", path, n))
			} else {
				entries = append(entries, e)
			}
		}
		if errors.Is(err, io.EOF) {
			return entries, unreadable, nil
		}
		if err != nil {
			return entries, unreadable, fmt.Errorf("read the ledger: %w", err)
		}
	}
}

// thing is what the lines of one name add up to.
type thing struct {
	Entry
	intended time.Time
	removed  bool
}

// things are what a ledger tells, in order of their first lines.
func things(entries []Entry) []*thing {
	type key struct{ endpoint, project, name string }
	byName := map[key]*thing{}
	var list []*thing
	for _, e := range entries {
		k := key{e.Endpoint, e.Project, e.Name}
		t := byName[k]
		if t == nil {
			t = &thing{Entry: e, intended: e.Time}
			t.IDs = nil
			byName[k] = t
			list = append(list, t)
		}
		t.Count = max(t.Count, e.Count)
		if e.Job != "" {
			t.Job = e.Job
		}
		if e.Via != "" {
			t.Via = e.Via
		}
		for _, id := range e.IDs {
			t.addID(id)
		}
		t.removed = t.removed || e.Event == Removed
	}
	return list
}

func (t *thing) addID(id string) {
	for _, known := range t.IDs {
		if known == id {
			return
		}
	}
	if id != "" {
		t.IDs = append(t.IDs, id)
	}
}
