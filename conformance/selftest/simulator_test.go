package selftest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/report"
)

// Without a fault every check is green, in another order each time, and keeps
// what it declares: how many servers exist because of it, and that it changes nothing.
func TestTheSimulatorConforms(t *testing.T) {
	checks := map[string]check.Check{}
	most := 0
	for _, c := range check.Catalogue().Checks() {
		checks[c.ID] = c
		most = max(most, c.Creates)
	}
	for servers := 1; servers <= most; servers++ {
		r := run(t, order{Seed: int64(servers), Servers: servers}, nil)
		if r.problem != nil || r.exit != 0 {
			t.Errorf("with %d servers: exit %d, %v, %s", servers, r.exit, r.problem, r.stderr)
		}
		for i := range r.result.Checks {
			c := &r.result.Checks[i]
			want := report.Pass
			if checks[c.ID].Creates > servers {
				want = report.Unsupported
			}
			if c.Verdict != want {
				t.Errorf("with %d servers: %s is %s, want %s: %s", servers, c.Name(), c.Verdict, want, c.Reason)
			}
			if checks[c.ID].ReadOnly {
				changesNothing(t, c)
			}
		}
	}
}

// changesNothing looks for a request of a read-only check that could change
// something: neither a look, nor for a token, nor refused.
func changesNothing(t *testing.T, c *report.Check) {
	t.Helper()
	for _, x := range c.Exchanges {
		look := x.Request.Method == http.MethodGet || x.Request.Method == http.MethodHead
		if !look && x.Response.Status < http.StatusBadRequest && !strings.HasSuffix(x.Request.URL, "/v3/auth/tokens") {
			t.Errorf("%s is read-only and was answered %d to %s %s", c.Name(), x.Response.Status, x.Request.Method, x.Request.URL)
		}
	}
}
