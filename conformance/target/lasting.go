package target

import (
	"fmt"
	"slices"
	"time"
)

// The kinds of things that no documented call removes.
const (
	AppGroup    = "app-group"
	AppServers  = "app-servers"
	LaunchGroup = "launch-group"
)

func lasting(kind string) bool {
	return slices.Contains([]string{AppGroup, AppServers, LaunchGroup}, kind)
}

// Keepsake is the right to make something that lasts: no documented call removes it, so
// it is in the ledger for good, and its place below the limit is given back only if it was not
// made.
type Keepsake struct {
	// Name is what the thing must be called, unique in all runs.
	Name string

	t     *Target
	entry Entry
	count int
	made  bool
}

// Lasting takes places for things that no documented call removes.
func (g *Given) Lasting(kind string, count int) *Keepsake {
	t, e := g.t, g.t.endpoint
	if reason := e.takeLasting(count); reason != "" {
		t.bench.Cannot(reason)
		return nil
	}
	k := &Keepsake{Name: e.name(), t: t, count: count}
	k.entry = Entry{Run: e.o.Run, Check: t.check, Endpoint: e.ledgerKey(), Project: e.project.ID, Kind: kind, Name: k.Name, Count: count}
	if err := k.log(Intent); err != nil {
		e.takeLasting(-count)
		t.bench.Cannot("nothing is created without a ledger: " + err.Error())
		return nil
	}
	return k
}

// Made tells what an answer said of the thing: its id, or that of its job or order.
func (k *Keepsake) Made(id string) {
	k.made, k.entry.IDs = true, []string{id}
	if err := k.log(Created); err != nil {
		k.t.bench.Step("the ledger could not be written: " + err.Error())
	}
}

// Refused tells that the request was refused, so that nothing was made. Answers of 500
// and above do not count as refusals: something may exist all the same.
func (k *Keepsake) Refused(status int) {
	if status >= 400 && status < 500 && !k.made {
		k.Spared(fmt.Sprintf("refused with %d", status))
	}
}

// Spared tells why nothing was made.
func (k *Keepsake) Spared(why string) {
	k.t.endpoint.takeLasting(-k.count)
	k.entry.Note = why
	if err := k.log(Removed); err != nil {
		k.t.bench.Step("the ledger could not be written: " + err.Error())
	}
}

func (k *Keepsake) log(event Event) error {
	e := k.entry
	e.Event = event
	return k.t.endpoint.ledger.write(e)
}

// takeLasting takes places below the ceiling; otherwise it says why not. A negative
// number gives them back.
func (e *Endpoint) takeLasting(n int) (reason string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	l := e.cfg.Limits
	switch {
	case n < 0:
	case e.lasting+n > l.Lasting:
		return fmt.Sprintf("%d more things that no documented call removes would make %d in this run, and limits.lasting of the endpoint file allows %d", n, e.lasting+n, l.Lasting)
	case l.Minutes > 0 && e.o.Now().Sub(e.began) > time.Duration(l.Minutes)*time.Minute:
		return fmt.Sprintf("the run lasts longer than limits.minutes of the endpoint file (%d) allows, so nothing more is created", l.Minutes)
	}
	e.lasting += n
	return ""
}
