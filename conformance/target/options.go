package target

import (
	"context"
	"fmt"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/report"
)

// A check that is about a request which is wrong on purpose says so through its
// context, which the generated clients hand on to the transport.

type callKey struct{}

// call is what is special about one request.
type call struct {
	// intended: the request breaks the contract on purpose.
	intended bool
	// anonymous: no credentials; token: these instead of ours.
	anonymous bool
	token     string
	// unversioned: no version header.
	unversioned bool
	// impatient: flow control is not waited out.
	impatient bool
	// poll is set for a look that repeats an earlier one.
	poll *poll
	// unjudged: the answer is only looked at, for a sweep.
	unjudged bool
}

func callOf(ctx context.Context) call {
	c, _ := ctx.Value(callKey{}).(call)
	return c
}

func with(ctx context.Context, change func(*call)) context.Context {
	c := callOf(ctx)
	change(&c)
	return context.WithValue(ctx, callKey{}, c)
}

// Intended marks requests that break the contract on purpose: what the judge
// finds in them is a note.
func Intended(ctx context.Context) context.Context {
	return with(ctx, func(c *call) { c.intended = true })
}

// Anonymous marks requests that go out without credentials, on purpose.
func Anonymous(ctx context.Context) context.Context {
	return with(ctx, func(c *call) { c.anonymous, c.token, c.intended = true, "", true })
}

// WithToken marks requests that go out with the given token instead of ours.
// A refusal of it is not answered by authenticating again.
func WithToken(ctx context.Context, token string) context.Context {
	return with(ctx, func(c *call) { c.token, c.anonymous = token, false })
}

// Unversioned marks requests that go out without a version header, whatever the
// Target is bound to.
func Unversioned(ctx context.Context) context.Context {
	return with(ctx, func(c *call) { c.unversioned = true })
}

// Impatient marks requests whose 429 or 503 is the answer and not waited out.
func Impatient(ctx context.Context) context.Context {
	return with(ctx, func(c *call) { c.impatient = true })
}

// poll joins looks at the same thing: only those that show something new are
// recorded, so that waiting does not bury the evidence.
type poll struct {
	last string
}

// fresh reports whether an exchange shows something that the look before did not.
func (p *poll) fresh(x exchange.Exchange, findings []report.Finding) bool {
	if p == nil {
		return true
	}
	now := fmt.Sprint(x.Request.Method, x.Operation, x.Failure, x.Response.Status, x.Response.Body)
	for _, f := range findings {
		now += f.Pointer + f.Got
	}
	if now == p.last {
		return false
	}
	p.last = now
	return true
}
