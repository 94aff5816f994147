package report

import (
	"errors"
	"fmt"
)

// Sink receives a run while it goes on. The suite calls it from one goroutine
// at a time and in this order: OnHeader once, then for every selected check
// OnStart (left out for checks that never begin: unsupported, excluded,
// not-run) and OnCheck, and OnFooter once. A sink that returned an error
// returns it again from every later call.
type Sink interface {
	OnHeader(Header) error
	// OnStart says that a check begins; microversion is "" where there is none.
	OnStart(id, microversion string) error
	OnCheck(Check) error
	OnFooter(Footer) error
}

// ErrOrder is a call of a Sink out of the order that Sink describes.
var ErrOrder = errors.New("report sink called out of order")

// Tee is a Sink that hands everything to all sinks. One that fails does not keep the
// others from going on; the errors come back joined.
func Tee(sinks ...Sink) Sink { return tee(sinks) }

type tee []Sink

func (t tee) each(call func(Sink) error) error {
	var errs []error
	for _, s := range t {
		if err := call(s); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (t tee) OnHeader(h Header) error {
	return t.each(func(s Sink) error { return s.OnHeader(h) })
}

func (t tee) OnStart(id, microversion string) error {
	return t.each(func(s Sink) error { return s.OnStart(id, microversion) })
}

func (t tee) OnCheck(c Check) error {
	return t.each(func(s Sink) error { return s.OnCheck(c) })
}

func (t tee) OnFooter(f Footer) error {
	return t.each(func(s Sink) error { return s.OnFooter(f) })
}

// Collector is a Sink that keeps the run in memory.
type Collector struct {
	order  order
	result Result
}

// Result is what was received so far; its Footer is nil until the run ended.
func (c *Collector) Result() Result { return c.result }

// OnHeader keeps the header.
func (c *Collector) OnHeader(h Header) error {
	if err := c.order.header(); err != nil {
		return err
	}
	c.result.Header = h
	return nil
}

// OnStart keeps nothing.
func (c *Collector) OnStart(id, _ string) error { return c.order.start(id) }

// OnCheck keeps the check.
func (c *Collector) OnCheck(k Check) error {
	if err := c.order.check(k.ID); err != nil {
		return err
	}
	c.result.Checks = append(c.result.Checks, k)
	return nil
}

// OnFooter keeps the footer.
func (c *Collector) OnFooter(f Footer) error {
	if err := c.order.footer(); err != nil {
		return err
	}
	c.result.Footer = &f
	return nil
}

// Replay sends a finished or unfinished result to a sink, as if it were run
// again. Without a footer it stops before OnFooter.
func Replay(r Result, s Sink) error {
	if err := s.OnHeader(r.Header); err != nil {
		return err
	}
	for i := range r.Checks {
		c := r.Checks[i]
		if begins(c.Verdict) {
			if err := s.OnStart(c.ID, c.Microversion); err != nil {
				return err
			}
		}
		if err := s.OnCheck(c); err != nil {
			return err
		}
	}
	if r.Footer == nil {
		return nil
	}
	return s.OnFooter(*r.Footer)
}

// begins reports whether a check with this verdict was executed at all.
func begins(v Verdict) bool { return v == Pass || v == Fail || v == Error }

// order watches that a sink is called in the order that Sink describes, and
// remembers the first error.
type order struct {
	stage stage
	err   error
}

type stage int

const (
	beforeHeader stage = iota
	betweenChecks
	afterFooter
)

func (o *order) step(want stage, what string) error {
	if o.err == nil && o.stage != want {
		o.err = fmt.Errorf("%s: %w", what, ErrOrder)
	}
	return o.err
}

func (o *order) header() error {
	err := o.step(beforeHeader, "header")
	o.stage = max(o.stage, betweenChecks)
	return err
}

func (o *order) start(id string) error { return o.step(betweenChecks, "start of "+id) }

func (o *order) check(id string) error { return o.step(betweenChecks, "check "+id) }

func (o *order) footer() error {
	err := o.step(betweenChecks, "footer")
	o.stage = afterFooter
	return err
}

// fail remembers err as the first error and returns the one remembered.
func (o *order) fail(err error) error {
	if o.err == nil {
		o.err = err
	}
	return o.err
}
