package target

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/judge"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// largest is how much of an answer we read.
const largest = 16 << 20

// sender is on whose behalf requests go out.
type sender struct {
	// bench is nil outside of checks.
	bench   Bench
	check   string
	version microversion.Version
}

// wire is the transport of one API for one sender. It adds who we are, waits out
// flow control, authenticates again when a token was not taken, bounds the
// answer, and has each exchange judged and recorded. It retries nothing else.
type wire struct {
	e   *Endpoint
	api string
	s   *sender
}

func (e *Endpoint) client(api string, s *sender) *http.Client {
	return &http.Client{
		Transport: &wire{e: e, api: api, s: s},
		// A redirect is an answer like any other, and must not take our token elsewhere.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// RoundTrip sends a request; its errors are *Problem.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	body, err := drain(req)
	if err != nil {
		return nil, fmt.Errorf("read the request's body: %w", err)
	}
	c := callOf(ctx)
	waited := time.Duration(0)
	stale := ""
	for try := 0; ; try++ {
		out := w.request(req, body, c)
		token, err := w.credentials(ctx, out, c, stale)
		if err != nil {
			return nil, w.problem(err)
		}
		a, err := w.once(ctx, out, body, c)
		if err != nil {
			return nil, err
		}
		if a.status == http.StatusUnauthorized && token != "" && stale == "" {
			stale = token
			continue
		}
		if pause, ok := throttled(a, out.Method, try, w.e.o.Now()); ok && !c.impatient {
			if waited+pause > w.e.cfg.Patience.Throttled {
				return nil, w.problem(&Problem{Class: Throttled,
					Says: fmt.Sprintf("%s %s: still %d after waiting %s for flow control", out.Method, out.URL.Path, a.status, waited.Round(time.Second)),
					Do:   "run it when the endpoint is less busy, or raise patience.throttled of the endpoint file"})
			}
			if err := sleep(ctx, pause); err != nil {
				return nil, w.problem(classify(ctx, w.api, w.e.cfg.APIs[w.api], err))
			}
			waited += pause
			continue
		}
		return a.response(out), nil
	}
}

// problem is err without secrets, with the Bench that Got tells about it.
func (w *wire) problem(err error) error {
	err = w.e.presentable(err)
	var p *Problem
	if errors.As(err, &p) {
		p.bench = w.s.bench
	}
	return err
}

func drain(req *http.Request) ([]byte, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return nil, nil
	}
	defer req.Body.Close()
	return io.ReadAll(req.Body)
}

// request is what goes out: req with its body again and the headers that all have.
func (w *wire) request(req *http.Request, body []byte, c call) *http.Request {
	out := req.Clone(req.Context())
	if body != nil {
		out.Body = io.NopCloser(bytes.NewReader(body))
		out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		out.ContentLength = int64(len(body))
	}
	agent := "ecsconform/" + w.e.o.Tool
	if w.s.check != "" {
		agent += " (" + w.s.check + ")"
	}
	out.Header.Set("User-Agent", agent)
	if out.Header.Get("Accept") == "" {
		out.Header.Set("Accept", "application/json")
	}
	if w.api == "nova" && !w.s.version.IsZero() && !c.unversioned &&
		out.Header.Values(microversion.LegacyHeader) == nil && out.Header.Values(microversion.StandardHeader) == nil {
		microversion.Set(out.Header, w.s.version.String(), microversion.Both)
	}
	return out
}

// answer is a response with its body read.
type answer struct {
	status int
	header http.Header
	proto  string
	body   []byte
	// exchange is the id under which it was recorded.
	exchange string
}

func (a *answer) response(req *http.Request) *http.Response {
	return &http.Response{
		Status: strconv.Itoa(a.status) + " " + http.StatusText(a.status), StatusCode: a.status,
		Proto: a.proto, ProtoMajor: 1, ProtoMinor: 1, Header: a.header, Request: req,
		Body: io.NopCloser(bytes.NewReader(a.body)), ContentLength: int64(len(a.body)),
	}
}

// once sends a request one time, and judges and records what happened.
func (w *wire) once(ctx context.Context, req *http.Request, body []byte, c call) (*answer, error) {
	raw := exchange.Raw{
		ID: "e-" + strconv.FormatInt(w.e.exchanges.Add(1), 10), Check: w.s.check,
		Began: w.e.o.Now(), Method: req.Method, URL: req.URL.String(),
		RequestHeader: req.Header.Clone(), RequestBody: body,
	}
	began := time.Now()
	a, err := w.send(ctx, req)
	raw.Took = time.Since(began)
	if a != nil {
		raw.Status, raw.ResponseHeader, raw.ResponseBody = a.status, a.header, a.body
		a.exchange = raw.ID
	}
	var p *Problem
	if err != nil {
		p = classify(ctx, w.api, w.e.cfg.APIs[w.api], err)
		raw.Failure = p.Says
	}
	w.record(raw, c)
	if p != nil {
		return nil, w.problem(p)
	}
	return a, nil
}

func (w *wire) send(ctx context.Context, req *http.Request) (*answer, error) {
	bounded, cancel := context.WithTimeout(ctx, w.e.cfg.Patience.Answer)
	defer cancel()
	resp, err := w.e.http.RoundTrip(req.WithContext(bounded))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	a := &answer{status: resp.StatusCode, header: resp.Header, proto: resp.Proto}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, largest+1))
	if err != nil {
		return a, fmt.Errorf("read the answer: %w", err)
	}
	if len(a.body) > largest {
		a.body = a.body[:largest]
		return a, &Problem{Class: TooLarge, Says: fmt.Sprintf("%s %s: the answer is larger than %d MiB", req.Method, req.URL.Path, largest>>20),
			Do: "look at what the endpoint sends"}
	}
	return a, nil
}

func (w *wire) record(raw exchange.Raw, c call) {
	var findings []report.Finding
	operation := ""
	if w.e.o.Judge != nil && !c.unjudged {
		v := w.e.o.Judge.Verdict(raw, judge.Options{
			API: w.api, Base: basePath(w.e.cfg.APIs[w.api]), Maximum: w.e.versions.Max,
			Profile: w.e.cfg.Profile, IntendedInvalid: c.intended,
		})
		findings, operation = v.Findings, v.Operation
	}
	x := w.e.redactor.Exchange(raw)
	x.Operation = operation
	for i := range findings {
		f := &findings[i]
		for _, text := range []*string{&f.Pointer, &f.Expected, &f.Got, &f.Message} {
			*text = w.e.redactor.Known(*text)
		}
	}
	if !c.poll.fresh(x, findings) {
		return
	}
	switch {
	case w.s.bench != nil:
		w.s.bench.Record(x, findings)
	case w.e.o.Sink != nil:
		w.e.o.Sink(x, findings)
	}
}

// Flow control is waited out: 429 always, because it says that nothing was done;
// 503 only where a second request cannot do something twice, or where Retry-After
// asks for one (ecs 10.1).
const (
	firstPause   = time.Second
	longestPause = 30 * time.Second
)

func throttled(a *answer, method string, try int, now time.Time) (pause time.Duration, ok bool) {
	after := a.header.Get("Retry-After")
	switch a.status {
	case http.StatusTooManyRequests:
	case http.StatusServiceUnavailable:
		if method == http.MethodPost && after == "" {
			return 0, false
		}
	default:
		return 0, false
	}
	pause = min(firstPause<<min(try, 10), longestPause)
	if seconds, err := strconv.Atoi(strings.TrimSpace(after)); err == nil && seconds >= 0 && seconds < 1<<20 {
		pause = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(after); err == nil {
		pause = at.Sub(now)
	}
	return max(pause, 10*time.Millisecond), true
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func dialer(within time.Duration) func(context.Context, string, string) (net.Conn, error) {
	d := net.Dialer{Timeout: min(within, 15*time.Second), KeepAlive: 30 * time.Second}
	return d.DialContext
}
