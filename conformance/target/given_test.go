package target

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestTheLedgerKnowsBeforeTheEndpointDoes(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	ledger := filepath.Join(t.TempDir(), "deep", "ledger.jsonl")
	tg, n := target(t, cfg, Options{Run: "r1", Ledger: ledger})
	var atPost []byte
	cloud.before = func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/servers") {
			atPost, _ = os.ReadFile(ledger)
		}
		return false
	}
	var s Server
	g.Expect(n.run(func() { s = tg.Given.Server(t.Context()) })).To(BeEmpty())
	g.Expect(s.Status).To(Equal("ACTIVE"))
	g.Expect(s.Name).To(Equal("ecsconform-r1-1"))
	var intent Entry
	g.Expect(json.Unmarshal(atPost, &intent)).To(Succeed(), "one whole line")
	g.Expect(intent.Event).To(Equal(Intent))
	g.Expect(intent.Name).To(Equal(s.Name))
	g.Expect(intent.IDs).To(BeEmpty())

	g.Expect(n.names).To(Equal([]string{"server ecsconform-r1-1"}))
	g.Expect(n.tidy(t.Context())).To(Succeed())
	g.Expect(cloud.count()).To(BeZero())
	entries, odd, err := ReadLedger(ledger)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(odd).To(BeEmpty())
	var events []Event
	for _, e := range entries {
		events = append(events, e.Event)
	}
	g.Expect(events).To(Equal([]Event{Intent, Created, Removed}))
	g.Expect(n.tidy(t.Context())).To(Succeed(), "what is gone is gone: 404 is fine")
}

func TestNothingIsCreatedBeyondTheLimits(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	cfg.Limits = Limits{Servers: 1, Minutes: 5}
	now := time.Now()
	tg, n := target(t, cfg, Options{Now: func() time.Time { return now }})
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(BeEmpty())
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(Equal("1 more servers would make 2, and limits.servers of the endpoint file allows 1 at a time"))
	g.Expect(cloud.next).To(Equal(1))
	g.Expect(n.tidy(t.Context())).To(Succeed())
	n.cannot = ""
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(BeEmpty(), "the place is free again")
	g.Expect(n.run(func() { tg.Given.Reserve("ecs", 0, 1) })).To(ContainSubstring("limits.volumes of the endpoint file allows 0"))
	g.Expect(n.tidy(t.Context())).To(Succeed())
	now = now.Add(6 * time.Minute)
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(ContainSubstring("longer than limits.minutes of the endpoint file (5) allows"))
	g.Expect(cloud.next).To(Equal(2))
}

func TestNothingIsCreatedWithoutALedger(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	file := filepath.Join(t.TempDir(), "file")
	g.Expect(os.WriteFile(file, nil, 0o600)).To(Succeed())
	tg, n := target(t, cfg, Options{Ledger: filepath.Join(file, "ledger.jsonl")})
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(ContainSubstring("nothing is created without a ledger"))
	g.Expect(cloud.next).To(BeZero())
}

func TestAFailedPreparationIsNoVerdict(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(w http.ResponseWriter, r *http.Request) bool
		says   string
	}{
		{"refused", onCreate(func(w http.ResponseWriter) {
			answerWith(w, 403, `{"forbidden":{"code":403,"message":"Quota exceeded for instances"}}`)
		}), "was not created: 403 (Quota exceeded for instances)"},
		{"no id", onCreate(func(w http.ResponseWriter) { answerWith(w, 202, `{}`) }), "without an id in the answer"},
		{"breaks off", onCreate(func(w http.ResponseWriter) { breaksOff(w, nil) }), "the connection ended in the middle of an answer"},
		{"it fails", onShow(`{"server":{"status":"ERROR","OS-EXT-STS:task_state":null,"fault":{"message":"No valid host"}}}`), "should be ACTIVE and is ERROR (No valid host)"},
		{"it rests elsewhere", onShow(`{"server":{"status":"SHUTOFF","OS-EXT-STS:task_state":null}}`), "should be ACTIVE and is SHUTOFF"},
		{"it never settles", onShow(`{"server":{"status":"BUILD","OS-EXT-STS:task_state":"spawning"}}`), "did not get there within 300ms: it is BUILD with task spawning"},
		{"it cannot be read", onShow(`{"server":[]}`), "show server"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			cloud, cfg := newFake(t)
			tg, n := target(t, cfg, Options{})
			cloud.mu.Lock()
			cloud.before = c.before
			cloud.mu.Unlock()
			g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(ContainSubstring(c.says))
			cloud.mu.Lock()
			cloud.before = nil
			cloud.mu.Unlock()
			g.Expect(n.tidy(t.Context())).To(Succeed())
			g.Expect(cloud.count()).To(BeZero())
		})
	}
}

func onCreate(f func(http.ResponseWriter)) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/servers") {
			return false
		}
		f(w)
		return true
	}
}

func onShow(body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodGet || !strings.Contains(r.URL.Path, "/servers/0") {
			return false
		}
		answerWith(w, 200, body)
		return true
	}
}

func TestACleanUpFindsWhatNoAnswerNamed(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	tg, n := target(t, cfg, Options{})
	cloud.before = func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/servers") {
			// The endpoint creates, and the answer is lost.
			var body struct{ Server map[string]any }
			_ = json.NewDecoder(r.Body).Decode(&body)
			time.AfterFunc(100*time.Millisecond, func() {
				cloud.mu.Lock()
				defer cloud.mu.Unlock()
				cloud.servers["0aaa"] = map[string]any{"id": "0aaa", "name": body.Server["name"], "status": "ACTIVE"}
				cloud.servers["0bbb"] = map[string]any{"id": "0bbb", "name": fmt.Sprint(body.Server["name"], "-copy"), "status": "ACTIVE"}
			})
			panic(http.ErrAbortHandler)
		}
		return false
	}
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(ContainSubstring("the connection ended"))
	time.Sleep(150 * time.Millisecond)
	g.Expect(n.tidy(t.Context())).To(Succeed())
	g.Expect(cloud.servers).To(HaveLen(1))
	g.Expect(cloud.servers).To(HaveKey("0bbb"), "what has another name is not ours")
}

func TestPreparedStates(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	tg, n := target(t, cfg, Options{})
	g.Expect(n.run(func() {
		g.Expect(tg.Given.StoppedServer(t.Context()).Status).To(Equal("SHUTOFF"))
		locked := tg.Given.LockedServer(t.Context())
		g.Expect(cloud.servers[locked.ID]["locked"]).To(BeTrue())
		gone := tg.Given.DeletedServer(t.Context())
		g.Expect(cloud.servers).NotTo(HaveKey(gone.ID))
	})).To(BeEmpty())
	g.Expect(n.tidy(t.Context())).To(Succeed(), "a lock does not keep a server")
	g.Expect(cloud.count()).To(BeZero())
}

func TestWaitingDoesNotBuryTheEvidence(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	tg, n := target(t, cfg, Options{})
	looks := 0
	cloud.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodGet || !strings.Contains(r.URL.Path, "/servers/0") {
			return false
		}
		looks++
		status, task := "BUILD", `"spawning"`
		if looks > 10 {
			status, task = "ACTIVE", "null"
		}
		answerWith(w, 200, `{"server":{"status":"`+status+`","OS-EXT-STS:task_state":`+task+`}}`)
		return true
	}
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(BeEmpty())
	g.Expect(looks).To(Equal(11))
	g.Expect(n.exchanges).To(HaveLen(3), "the request, the first look, and the one that shows something else")
	cloud.before = nil
	g.Expect(n.tidy(t.Context())).To(Succeed())
}

// What a check learns, writes and prints holds no secret, whatever the endpoint
// does with it.
func TestPlantedSecretsAppearNowhere(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	cfg.Credentials.SecretKey = Hidden("sk-planted-4711-abc", "file sk")
	ledger := filepath.Join(t.TempDir(), "ledger.jsonl")
	tg, n := target(t, cfg, Options{Ledger: ledger})
	secrets := []string{fakePassword, "aDm1n-0f-tHe-server", "sk-planted-4711-abc"}
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(BeEmpty())
	cloud.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodDelete || strings.HasSuffix(r.URL.Path, "/action") {
			w.Header().Set("X-Debug", fakePassword)
			answerWith(w, 409, `{"conflictingRequest":{"code":409,"message":"server with aDm1n-0f-tHe-server and `+cloud.token()+` and sk-planted-4711-abc is `+fakePassword+`"}}`)
			return true
		}
		return false
	}
	err := n.tidy(t.Context())
	g.Expect(err).To(MatchError(ContainSubstring("deleting is refused: 409")))
	secrets = append(secrets, cloud.token())
	file, _ := os.ReadFile(ledger)
	g.Expect(file).NotTo(BeEmpty())
	everything, _ := json.Marshal([]any{n.exchanges, n.findings, n.steps, n.names, err.Error(), tg.Config, tg.Config.Settings(), fmt.Sprintf("%+v %#v %v", tg.Config, tg.Config, cfg.Credentials), string(file)})
	for _, s := range secrets {
		g.Expect(bytes.Contains(everything, []byte(s))).To(BeFalse(), s)
	}
	g.Expect(string(everything)).To(ContainSubstring("***ADMIN_PASS***"))
}
