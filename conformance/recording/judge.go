package recording

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/judge"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// Options say what is known of a recording besides its bytes.
type Options struct {
	// Bases are what may stand before the paths of the contract: paths, or URLs
	// whose path counts. The first that fits an entry is taken off.
	Bases []string
	// Version is the microversion to judge at instead of the one that the requests ask
	// for; zero leaves it to them.
	Version microversion.Version
	// Profile is what the endpoint claims; rulings may be limited to it.
	Profile string
	// LargestEntry in bytes; 0 is the constant of that name.
	LargestEntry int64
}

// Finding is one thing that is wrong with an entry. It holds no secret.
type Finding struct {
	// Entry is the index in the recording, from 0.
	Entry int
	// Method and Status are the entry's.
	Method string
	Status int
	report.Finding
}

// Call is a method and a path that the contract does not have.
type Call struct{ Method, Path string }

// mostCalls is how many calls outside of the contract are told apart; mostProblems
// how many entries that can't be judged are listed.
const (
	mostCalls    = 1000
	mostProblems = 1000
)

// Summary is what became of a recording.
type Summary struct {
	// Entries were read, Judged of them judged, Outside have no operation in the
	// contract, Unjudged can't be judged.
	Entries, Judged, Outside, Unjudged int
	// Calls are the different ones outside of the contract in the order of their first,
	// Times how often each came. Those that are too many to be told apart are under the
	// zero Call.
	Calls []Call
	Times map[Call]int
	// Problems say of entries why they were not judged, or not wholly.
	Problems []string
	// Bodies is how many bodies the recording leaves out.
	Bodies int
	// Severities count the findings.
	Severities map[validate.Severity]int
}

// recorder judges the entries of one recording.
type recorder struct {
	judge    *judge.Judge
	o        Options
	bases    []string
	redactor *exchange.Redactor
	each     func(Finding) error
	summary  Summary
}

// Judge has every entry of a HAR recording judged and calls each with the findings,
// in the order of the recording. The summary is of what was read, also if there is
// an error: that of each, or of Read.
func Judge(r io.Reader, j *judge.Judge, o Options, each func(Finding) error) (Summary, error) {
	c := &recorder{judge: j, o: o, redactor: exchange.NewRedactor(), each: each}
	c.summary.Times, c.summary.Severities = map[Call]int{}, map[validate.Severity]int{}
	for _, base := range o.Bases {
		u, err := url.Parse(base)
		if err != nil {
			return c.summary, fmt.Errorf("the base %q is no path and no URL: %w", base, err)
		}
		c.bases = append(c.bases, "/"+strings.Trim(u.EscapedPath(), "/"))
	}
	err := Read(r, o.LargestEntry, c.entry)
	return c.summary, err
}

func (c *recorder) entry(e Entry) error {
	c.summary.Entries++
	if e.Problem != "" {
		c.summary.Unjudged++
		c.problem(e.Index, e.Problem)
		return nil
	}
	forget := c.learn(e.Raw)
	if c.o.Version != (microversion.Version{}) {
		atVersion(&e.Raw, c.o.Version)
	}
	v := c.judge.Verdict(e.Raw, judge.Options{Base: c.base(e.Raw.URL), Profile: c.o.Profile})
	if v.Operation == "" {
		c.outside(e.Raw, forget)
		// What is told of the address is told of the clean one.
		e.Raw.URL, e.Raw.RequestBody = c.redactor.URL(e.Raw.URL), nil
		v = c.judge.Verdict(e.Raw, judge.Options{Base: c.base(e.Raw.URL), Profile: c.o.Profile})
	} else {
		c.summary.Judged++
		c.missing(e)
	}
	for _, f := range v.Findings {
		if unrecorded(e, f) {
			continue
		}
		for _, text := range []*string{&f.Pointer, &f.Expected, &f.Got} {
			shown := *text
			if *text = forget(c.known(shown)); *text != shown {
				f.Message = strings.ReplaceAll(f.Message, shown, *text)
			}
		}
		f.Message = forget(c.redactor.Known(f.Message))
		c.summary.Severities[f.Severity]++
		out := Finding{Entry: e.Index, Method: printable(forget(c.redactor.Text(e.Raw.Method))), Status: e.Raw.Status, Finding: f}
		if err := c.each(out); err != nil {
			return err
		}
	}
	return nil
}

func (c *recorder) problem(entry int, text string) {
	if len(c.summary.Problems) < mostProblems {
		c.summary.Problems = append(c.summary.Problems, fmt.Sprintf("entry %d: %s", entry, text))
	}
}

// learn registers the secrets of an entry. A signature is another one with every
// request, and so may a cookie be: they are not kept but taken out by the function that
// learn returns.
func (c *recorder) learn(raw exchange.Raw) (forget func(string) string) {
	signed := raw.RequestHeader.Values("Authorization")
	cookies := cookieValues(raw)
	if len(signed) > 0 {
		raw.RequestHeader = raw.RequestHeader.Clone()
		raw.RequestHeader.Del("Authorization")
	}
	c.redactor.Learn(raw)
	return func(text string) string {
		for _, value := range signed {
			if len(value) >= 4 {
				text = strings.ReplaceAll(text, value, "***AUTHORIZATION***")
			}
		}
		for _, value := range cookies {
			text = strings.ReplaceAll(text, value, "***COOKIE***")
		}
		return text
	}
}

// shortestCookie is how long a cookie's value must be to be a secret: others are flags,
// and words that stand anywhere.
const shortestCookie = 8

// cookieValues are the values of the cookies that an exchange carries, the longest first.
func cookieValues(raw exchange.Raw) (values []string) {
	pairs := raw.RequestHeader.Values("Cookie")
	for _, set := range raw.ResponseHeader.Values("Set-Cookie") {
		pair, _, _ := strings.Cut(set, ";") // attributes are no secrets
		pairs = append(pairs, pair)
	}
	for _, line := range pairs {
		for pair := range strings.SplitSeq(line, ";") {
			_, value, _ := strings.Cut(pair, "=")
			if value = strings.Trim(strings.TrimSpace(value), `"`); len(value) >= shortestCookie {
				values = append(values, value)
			}
		}
	}
	slices.SortFunc(values, func(a, b string) int { return len(b) - len(a) })
	return values
}

// known is a text without known values. One that was cut off in the middle of a
// value shows its beginning.
func (c *recorder) known(text string) string {
	if whole, cut := strings.CutSuffix(text, "…"); cut {
		return c.redactor.Known(whole) + "…"
	}
	return c.redactor.Known(text)
}

// atVersion lets a request ask for a version, and nothing be said of the answer's.
func atVersion(raw *exchange.Raw, v microversion.Version) {
	raw.RequestHeader, raw.ResponseHeader = orEmpty(raw.RequestHeader), orEmpty(raw.ResponseHeader)
	for _, name := range []string{microversion.StandardHeader, microversion.LegacyHeader} {
		raw.RequestHeader.Del(name)
		raw.ResponseHeader.Del(name)
	}
	raw.RequestHeader.Set(microversion.LegacyHeader, v.String())
}

func orEmpty(h http.Header) http.Header {
	if h == nil {
		return http.Header{}
	}
	return h
}

// base is the first base that the path of an address begins with.
func (c *recorder) base(address string) string {
	path := pathOf(address)
	for _, base := range c.bases {
		if path == base || strings.HasPrefix(path, base+"/") {
			return base
		}
	}
	return ""
}

// pathOf is the path of an address, still escaped; of one that no parser takes,
// what looks like it.
func pathOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.EscapedPath()
	}
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest[max(0, strings.IndexByte(rest, '/')):]
	}
	path, _, _ := strings.Cut(address, "?")
	return path
}

// outside counts an entry that the contract has no operation for.
func (c *recorder) outside(raw exchange.Raw, forget func(string) string) {
	c.summary.Outside++
	call := Call{Method: printable(forget(c.redactor.Text(raw.Method))), Path: printable(forget(c.redactor.URL(pathOf(raw.URL))))}
	switch {
	case c.summary.Times[call] > 0:
	case len(c.summary.Calls) < mostCalls:
		c.summary.Calls = append(c.summary.Calls, call)
	default:
		call = Call{}
	}
	c.summary.Times[call]++
}

// longest is how much of a text from outside is shown.
const longest = 120

// printable is a text as a terminal can show it, on one line.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r >= 0x80 && r < 0xA0 || r == '\u2028' || r == '\u2029' || r >= '\u202A' && r <= '\u202E' {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}

// missing tells bodies that the recording leaves out.
func (c *recorder) missing(e Entry) {
	for _, part := range []struct {
		missing bool
		name    string
	}{{e.MissingRequest, "request"}, {e.MissingResponse, "response"}} {
		if part.missing {
			c.summary.Bodies++
			c.problem(e.Index, "the recording leaves out the body of the "+part.name+", so that it was not judged")
		}
	}
}

// unrecorded reports a finding that is only about a body which was not recorded.
func unrecorded(e Entry, f report.Finding) bool {
	missing := f.Direction == "request" && e.MissingRequest || f.Direction == "response" && e.MissingResponse
	return missing && f.Pointer == "" && f.Keyword == "required"
}
