package target

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Outcome is what a sweep did with one thing of the ledger.
type Outcome string

// The outcomes.
const (
	// Swept: it was there and is gone now.
	Swept Outcome = "removed"
	// WouldSweep: it is there; a dry run removes nothing.
	WouldSweep Outcome = "would be removed"
	// Absent: nothing of it exists.
	Absent Outcome = "not there"
	// Stays: it could not be removed, or is not ours to remove now; Why says why.
	Stays Outcome = "stays"
	// Elsewhere: it belongs to another endpoint or project.
	Elsewhere Outcome = "elsewhere"
)

// Item is one thing that the ledger does not call removed, and what became of it.
type Item struct {
	Run     string   `json:"run"`
	Check   string   `json:"check,omitempty"`
	Kind    string   `json:"kind"`
	Name    string   `json:"name"`
	IDs     []string `json:"ids,omitempty"`
	Outcome Outcome  `json:"outcome"`
	Why     string   `json:"why,omitempty"`
}

// How long after an intent without an answer something may still appear. While
// it may, a sweep looks again and again; it strikes the intent off when nothing
// can come of it any more.
const (
	mayAppear   = 20 * time.Second
	mayNotExist = 10 * time.Minute
)

// Sweep removes what interrupted runs left at the endpoint, by the ledger: by id
// where an answer told one, else by the name that the run made up, and never
// anything else. It works when the run died between intent and answer. A run
// that still goes on is left alone. With dryRun it only looks.
//
// The error is about the ledger itself, or joins what is wrong with single
// items, which are all there.
func Sweep(ctx context.Context, e *Endpoint, ledger string, dryRun bool) ([]Item, error) {
	entries, unreadable, err := ReadLedger(ledger)
	if err != nil {
		return nil, err
	}
	for _, line := range unreadable {
		e.progress(line + "; it is left out")
	}
	ctx = with(ctx, func(c *call) { c.unjudged = true })
	l := openLedger(ledger, "", e.o.Now)
	defer func() { _ = l.Close() }() // every line is on the disk already
	s := sweep{e: e, d: desk{e, &sender{check: "sweep"}}, l: l, dry: dryRun}
	var items []Item
	var errs []error
	for _, t := range things(entries) {
		if t.removed {
			continue
		}
		item := Item{Run: t.Run, Check: t.Check, Kind: t.Kind, Name: t.Name}
		if err := s.one(ctx, t, &item); err != nil {
			item.Outcome, item.Why = Stays, e.redactor.Known(cause(err))
			errs = append(errs, fmt.Errorf("%s %s: %s", t.Kind, t.Name, item.Why))
		}
		item.IDs = t.IDs
		items = append(items, item)
	}
	return items, errors.Join(errs...)
}

type sweep struct {
	e   *Endpoint
	d   desk
	l   *Ledger
	dry bool
}

func (s sweep) one(ctx context.Context, t *thing, item *Item) error {
	if trimSlash(t.Endpoint) != s.e.ledgerKey() || t.Project != s.e.project.ID {
		item.Outcome, item.Why = Elsewhere, "it belongs to "+t.Endpoint+", project "+t.Project
		return nil
	}
	release, held, err := s.lock(t.Run)
	switch {
	case err != nil:
		return fmt.Errorf("see whether run %s still goes on: %w", t.Run, err)
	case held:
		item.Outcome, item.Why = Stays, "run "+t.Run+" still goes on and cleans up itself; sweep when it has ended"
		return nil
	}
	defer func() { _ = release() }() // a lock file that stays is taken over by the next sweep
	if lasting(t.Kind) && strings.HasPrefix(t.Name, namePrefix+"-") {
		item.Outcome, item.Why = Stays, "no documented call removes it; remove it by hand"
		return nil
	}
	if t.Kind != "server" || !strings.HasPrefix(t.Name, namePrefix+"-") {
		return errors.New("the ledger names something that no run of ours creates; nothing is done about it")
	}
	if err := s.find(ctx, t); err != nil {
		return err
	}
	var there []string
	for _, id := range t.IDs {
		shown, _, err := s.d.look(ctx, id)
		if err != nil {
			return err
		}
		if !shown.Deleted() {
			there = append(there, id)
		}
	}
	switch {
	case len(there) == 0:
		item.Outcome = Absent
		if len(t.IDs) == 0 && s.age(t) < mayNotExist {
			item.Why = "its request may still be on its way; sweep again after " + t.intended.Add(mayNotExist).UTC().Format(time.RFC3339) + " to be sure"
			return nil
		}
		return s.strike(t, "swept: nothing was there")
	case s.dry:
		item.Outcome = WouldSweep
		return nil
	}
	for _, id := range there {
		s.e.progress("removing server " + t.Name + " (" + id + ")")
		if err := s.d.remove(ctx, id, t.Via); err != nil {
			return err
		}
	}
	item.Outcome = Swept
	return s.strike(t, "swept")
}

// lock makes sure that a run is over, and that it is not swept twice at a time.
// Our own run is ours to sweep.
func (s sweep) lock(run string) (release func() error, held bool, err error) {
	if run == s.e.o.Run {
		return func() error { return nil }, false, nil
	}
	if !validRun(run) {
		return nil, false, fmt.Errorf("%q is no name of a run", run)
	}
	return lockFile(lockPath(s.l.path, run))
}

// find adds to the ids of t what bears its name. Without an id from an answer it
// looks until nothing can appear any more.
func (s sweep) find(ctx context.Context, t *thing) error {
	if len(t.IDs) >= max(t.Count, 1) {
		return nil
	}
	if t.Job != "" && !s.dry {
		s.d.jobSettles(ctx, t.Job)
	}
	wait := mayAppear - s.age(t)
	if s.dry || t.Job != "" {
		wait = 0
	}
	ids, err := s.d.appears(ctx, t.Name, t.Count, t.IDs, wait)
	t.IDs = ids
	return err
}

func (s sweep) age(t *thing) time.Duration { return s.e.o.Now().Sub(t.intended) }

func (s sweep) strike(t *thing, note string) error {
	if s.dry {
		return nil
	}
	entry := t.Entry
	entry.Event, entry.IDs, entry.Note = Removed, t.IDs, note
	return s.l.write(entry)
}
