package target

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/microversion"
)

func target(t *testing.T, cfg Config, o Options) (*Target, *notebook) {
	t.Helper()
	n := &notebook{}
	return open(t, cfg, o).For(n, "family.subject.case", microversion.MustParse("2.26")), n
}

func show(ctx context.Context, t *Target, id string) (*answer, error) {
	return t.ask(ctx, "nova", http.MethodGet, "/v2.1/"+t.Project+"/servers/"+id, nil)
}

func TestRequestsSayWhoSendsThem(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	tg, n := target(t, cfg, Options{Tool: "1.2"})
	var got http.Header
	cloud.before = func(_ http.ResponseWriter, r *http.Request) bool { got = r.Header.Clone(); return false }

	_, err := show(t.Context(), tg, "x")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got.Get("User-Agent")).To(Equal("ecsconform/1.2 (family.subject.case)"))
	g.Expect(got.Get("X-Auth-Token")).To(Equal(cloud.token()))
	g.Expect(got.Get(microversion.LegacyHeader)).To(Equal("2.26"))
	g.Expect(got.Get(microversion.StandardHeader)).To(Equal("compute 2.26"))
	g.Expect(n.exchanges).To(HaveLen(1))
	g.Expect(n.exchanges[0].Request.Header.Get("X-Auth-Token")).To(Equal("***TOKEN***"))
	g.Expect(n.exchanges[0].Check).To(Equal("family.subject.case"))

	_, err = show(Unversioned(Anonymous(t.Context())), tg, "x")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got.Values("X-Auth-Token")).To(BeEmpty())
	g.Expect(got.Values(microversion.LegacyHeader)).To(BeEmpty())

	reply := Got(tg.Nova.ShowServerWithResponse(t.Context(), tg.Project, "x", func(_ context.Context, r *http.Request) error {
		microversion.Set(r.Header, "2.3", microversion.Legacy)
		return nil
	}))
	g.Expect(reply.StatusCode()).To(Equal(404))
	g.Expect(got.Get(microversion.LegacyHeader)).To(Equal("2.3"))
	g.Expect(got.Values(microversion.StandardHeader)).To(BeEmpty(), "the check chose the header")
}

func TestFlowControlIsWaitedOut(t *testing.T) {
	for _, c := range []struct {
		name, method, after string
		status, times       int
		asked               int
		final               int
		class               Class
	}{
		{"429 twice", "GET", "0", 429, 2, 3, 404, ""},
		{"429 for a POST", "POST", "0", 429, 1, 2, 404, ""},
		{"503 for a GET", "GET", "0", 503, 1, 2, 404, ""},
		{"503 for a POST that says when", "POST", "0", 503, 1, 2, 404, ""},
		{"503 for a POST that does not", "POST", "", 503, 1, 1, 503, ""},
		{"500 is an answer", "GET", "0", 500, 1, 1, 500, ""},
		{"it lasts too long", "GET", "1000", 429, 9, 1, 0, Throttled},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := NewWithT(t)
			cloud, cfg := newFake(t)
			tg, n := target(t, cfg, Options{})
			asked := 0
			cloud.before = func(w http.ResponseWriter, r *http.Request) bool {
				asked++
				if asked > c.times {
					return false
				}
				if c.after != "" {
					w.Header().Set("Retry-After", c.after)
				}
				answerWith(w, c.status, `{"overLimit":{"code":429,"message":"slow down"}}`)
				return true
			}
			a, err := tg.ask(t.Context(), "nova", c.method, "/nowhere", nil)
			g.Expect(ClassOf(err)).To(Equal(c.class))
			g.Expect(asked).To(Equal(c.asked))
			g.Expect(n.exchanges).To(HaveLen(c.asked), "each try is evidence")
			if c.class == "" {
				g.Expect(a.status).To(Equal(c.final))
			} else {
				g.Expect(n.run(func() { tg.Must(err) })).To(ContainSubstring("still 429 after waiting"))
			}
		})
	}
}

func TestRetryAfterMayBeADate(t *testing.T) {
	g := NewWithT(t)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	a := &answer{status: 429, header: http.Header{"Retry-After": {now.Add(7 * time.Second).Format(http.TimeFormat)}}}
	pause, ok := throttled(a, "POST", 0, now)
	g.Expect(ok).To(BeTrue())
	g.Expect(pause).To(Equal(7 * time.Second))
	a.header = http.Header{}
	pause, _ = throttled(a, "GET", 2, now)
	g.Expect(pause).To(Equal(4 * time.Second))
	a.header.Set("Retry-After", "-5")
	pause, _ = throttled(a, "GET", 40, now)
	g.Expect(pause).To(Equal(longestPause))
}

func TestTokensAreRenewed(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	tg, n := target(t, cfg, Options{Now: func() time.Time { return now }})
	g.Expect(cloud.tokens).To(Equal(1))

	now = now.Add(23*time.Hour + 54*time.Minute)
	_, err := show(t.Context(), tg, "x")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cloud.tokens).To(Equal(1), "six minutes are left")
	now = now.Add(2 * time.Minute)
	_, err = show(t.Context(), tg, "x")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cloud.tokens).To(Equal(2), "renewed before its end")

	cloud.tokens = 10 // revokes ours
	a, err := show(t.Context(), tg, "x")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(a.status).To(Equal(404))
	g.Expect(cloud.tokens).To(Equal(11), "asked again after a 401")

	cloud.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/v3") {
			return false
		}
		answerWith(w, 401, `{}`)
		return true
	}
	before := len(n.exchanges)
	a, err = show(t.Context(), tg, "x")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(a.status).To(Equal(401), "one renewal, then the 401 is the answer")
	g.Expect(n.exchanges[before:]).To(HaveLen(3))

	before = len(n.exchanges)
	_, err = show(WithToken(t.Context(), "somebody-elses-token"), tg, "x")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(n.exchanges[before:]).To(HaveLen(1), "a token that is meant to be refused is not replaced")
}

func TestRedirectsAreAnswers(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	tg, _ := target(t, cfg, Options{})
	cloud.before = func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "http://127.0.0.1:1/elsewhere", http.StatusFound)
		return true
	}
	a, err := show(t.Context(), tg, "x")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(a.status).To(Equal(302))
}

func TestAFailureOnTheWayIsNoVerdict(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	tg, n := target(t, cfg, Options{})
	cloud.before = breaksOff
	reason := n.run(func() { Got(tg.Nova.ShowServerWithResponse(t.Context(), tg.Project, "x")) })
	g.Expect(reason).To(ContainSubstring("the connection ended in the middle of an answer; look into the endpoint's log"))
	g.Expect(n.exchanges).To(HaveLen(1))
	g.Expect(n.exchanges[0].Failure).To(ContainSubstring("in the middle of an answer"))
	g.Expect(n.exchanges[0].Response.Body).To(Equal(`{"version":`), "what did arrive is evidence")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := show(ctx, tg, "x")
	g.Expect(ClassOf(err)).To(Equal(Interrupted))

	g.Expect(func() { Got(0, context.Canceled) }).To(Panic(), "no request was made: a defect of the check")
}

func TestRunsDoNotShareNames(t *testing.T) {
	g := NewWithT(t)
	seen := map[string]bool{}
	for range 50 {
		run := randomRun()
		g.Expect(validRun(run)).To(BeTrue(), run)
		g.Expect(seen).NotTo(HaveKey(run))
		seen[run] = true
	}
	_, cfg := newFake(t)
	_, err := Open(t.Context(), cfg, Options{Run: "Not This"})
	g.Expect(ClassOf(err)).To(Equal(Misconfigured))
}
