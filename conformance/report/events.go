package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Event is one line of the event stream. Record says which of the other members
// is there: "header", "start", "check" or "footer".
type Event struct {
	Record string  `json:"record"`
	Header *Header `json:"header,omitempty"`
	Start  *Start  `json:"start,omitempty"`
	Check  *Check  `json:"check,omitempty"`
	Footer *Footer `json:"footer,omitempty"`
}

// Start is the beginning of a check.
type Start struct {
	ID           string `json:"id"`
	Microversion string `json:"microversion,omitempty"`
}

// Events is a Sink that writes JSON lines: one Event a line, one Write per line.
type Events struct {
	w     io.Writer
	order order
}

// NewEvents writes to w.
func NewEvents(w io.Writer) *Events { return &Events{w: w} }

// OnHeader writes a header record.
func (e *Events) OnHeader(h Header) error {
	if err := e.order.header(); err != nil {
		return err
	}
	h = complete(h)
	return e.write(Event{Record: "header", Header: &h})
}

// OnStart writes a start record.
func (e *Events) OnStart(id, microversion string) error {
	if err := e.order.start(id); err != nil {
		return err
	}
	return e.write(Event{Record: "start", Start: &Start{ID: id, Microversion: microversion}})
}

// OnCheck writes a check record.
func (e *Events) OnCheck(c Check) error {
	if err := e.order.check(c.ID); err != nil {
		return err
	}
	c = completeCheck(c)
	return e.write(Event{Record: "check", Check: &c})
}

// OnFooter writes a footer record.
func (e *Events) OnFooter(f Footer) error {
	if err := e.order.footer(); err != nil {
		return err
	}
	f = completeFooter(f)
	return e.write(Event{Record: "footer", Footer: &f})
}

func (e *Events) write(event Event) error {
	var b bytes.Buffer
	if err := encode(&b, event); err != nil {
		return e.order.fail(fmt.Errorf("write event: %w", err))
	}
	b.WriteByte('\n')
	if _, err := e.w.Write(b.Bytes()); err != nil {
		return e.order.fail(fmt.Errorf("write event: %w", err))
	}
	return nil
}

// ReadEvents reads what Events wrote and verifies it (Result.Verify). With an
// error comes what could be read up to there.
func ReadEvents(r io.Reader) (Result, error) {
	var into Collector
	err := readEvents(bufio.NewReader(r), &into)
	result := into.Result()
	if err == nil {
		err = result.Verify()
	}
	if err != nil {
		return result, fmt.Errorf("read events: %w", err)
	}
	return result, nil
}

func readEvents(b *bufio.Reader, into Sink) error {
	for n := 1; ; n++ {
		line, err := b.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			if n == 1 {
				return ErrEmpty
			}
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("line %d: %w", n, err)
		}
		var event Event
		if err := json.Unmarshal(line, &event); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if err := event.send(into); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
}

func (e Event) send(s Sink) error {
	switch {
	case e.Record == "header" && e.Header != nil:
		return s.OnHeader(*e.Header)
	case e.Record == "start" && e.Start != nil:
		return s.OnStart(e.Start.ID, e.Start.Microversion)
	case e.Record == "check" && e.Check != nil:
		return s.OnCheck(*e.Check)
	case e.Record == "footer" && e.Footer != nil:
		return s.OnFooter(*e.Footer)
	}
	return fmt.Errorf("record %q is unknown or lacks its member", e.Record)
}
