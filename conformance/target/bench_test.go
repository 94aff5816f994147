package target

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/report"
)

// notebook is a Bench that remembers.
type notebook struct {
	mu        sync.Mutex
	cannot    string
	steps     []string
	exchanges []exchange.Exchange
	findings  []report.Finding
	cleanups  []func(context.Context) error
	names     []string
}

// ended is what Cannot panics with, to leave the body.
type ended struct{}

func (n *notebook) Cannot(reason string) {
	n.cannot = reason
	panic(ended{})
}

func (n *notebook) Cleanup(name string, f func(context.Context) error) {
	n.names = append(n.names, name)
	n.cleanups = append(n.cleanups, f)
}

func (n *notebook) Record(x exchange.Exchange, f []report.Finding) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.exchanges = append(n.exchanges, x)
	n.findings = append(n.findings, f...)
}

func (n *notebook) Step(text string) { n.steps = append(n.steps, text) }

// run runs a check's body and returns why it could not judge, "" if it could.
func (n *notebook) run(body func()) string {
	func() {
		defer func() {
			if r := recover(); r != nil && r != (ended{}) {
				panic(r)
			}
		}()
		body()
	}()
	return n.cannot
}

// tidy runs the clean-ups, last first.
func (n *notebook) tidy(ctx context.Context) error {
	var errs []error
	for _, f := range slices.Backward(n.cleanups) {
		errs = append(errs, f(ctx))
	}
	return errors.Join(errs...)
}

// fakeCloud answers like an identity service and a compute API, as little as the
// tests need. Handlers in front of it misbehave.
type fakeCloud struct {
	mu      sync.Mutex
	servers map[string]map[string]any
	next    int
	tokens  int
	seen    []string
	// before is asked first; true means that it has answered.
	before func(w http.ResponseWriter, r *http.Request) bool
	// lateBy delays the appearance of created servers.
	lateBy time.Duration
}

const (
	fakePassword = "pw-of-the-lab-4711"
	fakeProject  = "5f0c3a5e0a3f4c2d9f1e2d3c4b5a6978"
)

func (c *fakeCloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen = append(c.seen, r.Method+" "+r.URL.RequestURI())
	if c.before != nil && c.before(w, r) {
		return
	}
	path := strings.TrimPrefix(r.URL.Path, "/v2.1/"+fakeProject)
	switch {
	case r.URL.Path == "/v3/auth/tokens":
		c.issue(w, r)
	case r.URL.Path == "/v2.1/":
		answerWith(w, 200, `{"version":{"id":"v2.1","status":"CURRENT","min_version":"2.1","version":"2.60"}}`)
	case r.Header.Get("X-Auth-Token") != c.token():
		answerWith(w, 401, `{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}`)
	case path == "/servers" && r.Method == http.MethodPost:
		var body struct{ Server map[string]any }
		_ = json.NewDecoder(r.Body).Decode(&body)
		c.next++
		id := fmt.Sprintf("00000000-0000-4000-8000-%012d", c.next)
		s := map[string]any{"id": id, "name": body.Server["name"], "status": "ACTIVE", "OS-EXT-STS:vm_state": "active", "OS-EXT-STS:task_state": nil}
		if c.lateBy > 0 {
			time.AfterFunc(c.lateBy, func() { c.mu.Lock(); c.servers[id] = s; c.mu.Unlock() })
		} else {
			c.servers[id] = s
		}
		answerWith(w, 202, `{"server":{"id":"`+id+`","adminPass":"aDm1n-0f-tHe-server"}}`)
	case path == "/servers/detail":
		list := []map[string]any{}
		for _, s := range c.servers {
			list = append(list, s)
		}
		b, _ := json.Marshal(map[string]any{"servers": list})
		answerWith(w, 200, string(b))
	case strings.HasSuffix(path, "/action"):
		c.action(w, r, strings.TrimSuffix(strings.TrimPrefix(path, "/servers/"), "/action"))
	case strings.HasPrefix(path, "/servers/"):
		c.one(w, r, strings.TrimPrefix(path, "/servers/"))
	default:
		answerWith(w, 404, `{"itemNotFound":{"code":404,"message":"no such path"}}`)
	}
}

func (c *fakeCloud) token() string { return fmt.Sprintf("token-number-%d-of-the-fake", c.tokens) }

func (c *fakeCloud) issue(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Auth struct {
			Identity struct {
				Password struct{ User struct{ Password string } }
			}
		}
	}
	_ = json.NewDecoder(r.Body).Decode(&body)
	if body.Auth.Identity.Password.User.Password != fakePassword {
		answerWith(w, 401, `{"error":{"code":401,"message":"The password `+body.Auth.Identity.Password.User.Password+` is wrong.","title":"Unauthorized"}}`)
		return
	}
	c.tokens++
	w.Header().Set("X-Subject-Token", c.token())
	answerWith(w, 201, `{"token":{"expires_at":"2026-01-02T00:00:00.000000Z","issued_at":"2026-01-01T00:00:00.000000Z","project":{"id":"`+fakeProject+`"}}}`)
}

func (c *fakeCloud) one(w http.ResponseWriter, r *http.Request, id string) {
	s := c.servers[id]
	if s == nil {
		answerWith(w, 404, `{"itemNotFound":{"code":404,"message":"Instance `+id+` could not be found."}}`)
		return
	}
	if r.Method == http.MethodDelete {
		if s["locked"] == true {
			answerWith(w, 409, `{"conflictingRequest":{"code":409,"message":"Instance is locked"}}`)
			return
		}
		delete(c.servers, id)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	b, _ := json.Marshal(map[string]any{"server": s})
	answerWith(w, 200, string(b))
}

func (c *fakeCloud) action(w http.ResponseWriter, r *http.Request, id string) {
	var body map[string]any
	_ = json.NewDecoder(r.Body).Decode(&body)
	for name := range body {
		switch name {
		case "lock":
			c.servers[id]["locked"] = true
		case "unlock":
			c.servers[id]["locked"] = false
		case "os-stop":
			c.servers[id]["status"], c.servers[id]["OS-EXT-STS:vm_state"] = "SHUTOFF", "stopped"
		}
	}
	w.WriteHeader(http.StatusAccepted)
}

func (c *fakeCloud) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.servers)
}

func answerWith(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

func newFake(t *testing.T) (*fakeCloud, Config) {
	t.Helper()
	c := &fakeCloud{servers: map[string]map[string]any{}}
	s := httptest.NewServer(c)
	t.Cleanup(s.Close)
	return c, fakeConfig(s.URL)
}

func fakeConfig(url string) Config {
	return Config{
		Profile: "nova", Region: "r", Domain: "d", Project: Project{Name: "lab"},
		APIs:        map[string]string{"iam": url, "nova": url},
		Credentials: Credentials{User: "lab", Password: Hidden(fakePassword, "env PW")},
		Resources:   Resources{Image: "i", Flavor: "1", FlavorAlt: "2", Network: "n"},
		Limits:      Limits{Servers: 3, Minutes: 5},
		Patience: Patience{FirstPoll: time.Millisecond, LongestPoll: 5 * time.Millisecond, Rests: 30 * time.Millisecond,
			ServerSettles: 300 * time.Millisecond, ServerGone: 300 * time.Millisecond, JobEnds: 300 * time.Millisecond,
			Answer: 2 * time.Second, Late: 500 * time.Millisecond, Throttled: 2 * time.Second},
	}
}

func open(t *testing.T, cfg Config, o Options) *Endpoint {
	t.Helper()
	if o.Ledger == "" {
		o.Ledger = filepath.Join(t.TempDir(), "ledger.jsonl")
	}
	e, err := Open(t.Context(), cfg, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}
