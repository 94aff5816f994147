package target

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestALedgerSurvivesCrashes(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "ledger.jsonl")
	entries, odd, err := ReadLedger(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(entries).To(BeEmpty())
	g.Expect(odd).To(BeEmpty())

	l := openLedger(path, "", time.Now)
	g.Expect(l.write(Entry{Event: Intent, Name: "a", Run: "r"})).To(Succeed())
	g.Expect(l.Close()).To(Succeed())
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = f.WriteString(`{"event":"intent","name":"tor`) // the machine stops here
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(f.Close()).To(Succeed())

	l = openLedger(path, "", time.Now)
	g.Expect(l.write(Entry{Event: Intent, Name: "b", Run: "r"})).To(Succeed())
	g.Expect(l.Close()).To(Succeed())
	entries, odd, err = ReadLedger(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(odd).To(Equal([]string{path + ":2 is no entry"}))
	g.Expect(entries).To(HaveLen(2))
	g.Expect(entries[1].Name).To(Equal("b"))
}

// crash stands for a run that was killed: its ledger says what given lets it say.
func crash(t *testing.T, cfg Config, age time.Duration, entries ...Entry) (ledger string) {
	t.Helper()
	ledger = filepath.Join(t.TempDir(), "ledger.jsonl")
	l := openLedger(ledger, "", func() time.Time { return time.Now().Add(-age) })
	for _, e := range entries {
		e.Run, e.Endpoint, e.Project, e.Kind, e.Via = "dead", cfg.APIs["nova"], fakeProject, "server", "nova"
		if err := l.write(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return ledger
}

func (c *fakeCloud) has(id, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.servers[id] = map[string]any{"id": id, "name": name, "status": "ACTIVE"}
}

func TestSweepRemovesWhatARunLeftAndNothingElse(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	ledger := crash(t, cfg, time.Hour,
		Entry{Event: Intent, Name: "ecsconform-dead-1", Count: 1},
		Entry{Event: Created, Name: "ecsconform-dead-1", IDs: []string{"id-1"}},
		Entry{Event: Intent, Name: "ecsconform-dead-2", Count: 1}, // killed between intent and answer
		Entry{Event: Intent, Name: "ecsconform-dead-3", Count: 2}, // two with a counter behind the name
		Entry{Event: Intent, Name: "ecsconform-dead-4", Count: 1},
		Entry{Event: Removed, Name: "ecsconform-dead-4"},
		Entry{Event: Intent, Name: "ecsconform-dead-5", Count: 1}, // nothing came of it
		Entry{Event: Intent, Name: "not-of-ours", Count: 1},
	)
	cloud.has("id-1", "renamed by a check")
	cloud.has("id-2", "ecsconform-dead-2")
	cloud.has("id-3a", "ecsconform-dead-3-0001")
	cloud.has("id-3b", "ecsconform-dead-3-0002")
	cloud.has("other-1", "ecsconform-dead-2-0001")
	cloud.has("other-2", "ecsconform-dead-22")
	cloud.has("other-3", "ecsconform-dead-4")
	cloud.has("other-4", "not-of-ours")
	e := open(t, cfg, Options{})

	items, err := Sweep(t.Context(), e, ledger, true)
	g.Expect(err).To(HaveOccurred())
	g.Expect(cloud.count()).To(Equal(8), "a dry run removes nothing")
	g.Expect(outcomes(items)).To(Equal("1 would be removed [id-1]; 2 would be removed [id-2]; 3 would be removed [id-3a id-3b]; 5 not there []; not-of-ours stays []"))

	items, err = Sweep(t.Context(), e, ledger, false)
	g.Expect(err).To(MatchError(ContainSubstring("not-of-ours: the ledger names something that no run of ours creates")))
	g.Expect(outcomes(items)).To(Equal("1 removed [id-1]; 2 removed [id-2]; 3 removed [id-3a id-3b]; 5 not there []; not-of-ours stays []"))
	g.Expect(cloud.servers).To(HaveLen(4))
	for _, id := range []string{"other-1", "other-2", "other-3", "other-4"} {
		g.Expect(cloud.servers).To(HaveKey(id))
	}
	items, _ = Sweep(t.Context(), e, ledger, false)
	g.Expect(outcomes(items)).To(Equal("not-of-ours stays []"), "what was swept is struck off")
}

func outcomes(items []Item) string {
	var words []string
	for _, i := range items {
		words = append(words, fmt.Sprint(strings.TrimPrefix(i.Name, "ecsconform-dead-"), " ", i.Outcome, " ", i.IDs))
	}
	return strings.Join(words, "; ")
}

func TestSweepWaitsForWhatIsStillOnItsWay(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	ledger := crash(t, cfg, 18*time.Second, Entry{Event: Intent, Name: "ecsconform-dead-1", Count: 1})
	time.AfterFunc(700*time.Millisecond, func() { cloud.has("late", "ecsconform-dead-1") })
	e := open(t, cfg, Options{})
	items, err := Sweep(t.Context(), e, ledger, false)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(outcomes(items)).To(Equal("1 removed [late]"))
	g.Expect(cloud.count()).To(BeZero())

	ledger = crash(t, cfg, time.Minute, Entry{Event: Intent, Name: "ecsconform-dead-2", Count: 1})
	items, err = Sweep(t.Context(), e, ledger, false)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(items[0].Why).To(ContainSubstring("may still be on its way; sweep again after"))
	items, _ = Sweep(t.Context(), e, ledger, false)
	g.Expect(items).To(HaveLen(1), "it is not struck off so soon")
}

func TestSweepSaysWhySomethingStays(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	ledger := crash(t, cfg, time.Hour, Entry{Event: Intent, Name: "ecsconform-dead-1", Count: 1}, Entry{Event: Intent, Name: "ecsconform-dead-2", Count: 1})
	cloud.has("id-1", "ecsconform-dead-1")
	cloud.has("id-2", "ecsconform-dead-2")
	cloud.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodDelete && strings.HasSuffix(r.URL.Path, "/id-1") {
			answerWith(w, 403, `{"forbidden":{"code":403,"message":"Policy doesn't allow it"}}`)
			return true
		}
		return false
	}
	e := open(t, cfg, Options{})
	items, err := Sweep(t.Context(), e, ledger, false)
	g.Expect(err).To(MatchError(ContainSubstring("Policy doesn't allow it")))
	g.Expect(items[0].Outcome).To(Equal(Stays))
	g.Expect(items[0].Why).To(ContainSubstring("deleting is refused: 403"))
	g.Expect(items[1].Outcome).To(Equal(Swept), "one that stays does not keep the others")

	elsewhere := cfg
	elsewhere.Project = Project{ID: fakeProject, Name: "other"}
	_, other := newFake(t)
	items, err = Sweep(t.Context(), open(t, other, Options{}), ledger, false)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(items).To(HaveLen(1))
	g.Expect(items[0].Outcome).To(Equal(Elsewhere))
}

func TestSweepLeavesALivingRunAlone(t *testing.T) {
	g := NewWithT(t)
	cloud, cfg := newFake(t)
	ledger := filepath.Join(t.TempDir(), "ledger.jsonl")
	tg, n := target(t, cfg, Options{Ledger: ledger, Run: "alive"})
	g.Expect(n.run(func() { tg.Given.Server(t.Context()) })).To(BeEmpty())

	other := open(t, cfg, Options{Run: "sweeper"})
	items, err := Sweep(t.Context(), other, ledger, false)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(items[0].Outcome).To(Equal(Stays))
	g.Expect(items[0].Why).To(ContainSubstring("run alive still goes on"))
	g.Expect(cloud.count()).To(Equal(1))

	g.Expect(tg.Endpoint().Close()).To(Succeed())
	_, err = os.Stat(lockPath(ledger, "alive"))
	g.Expect(os.IsNotExist(err)).To(BeTrue())
	items, err = Sweep(t.Context(), other, ledger, false)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(items[0].Outcome).To(Equal(Swept))
	g.Expect(cloud.count()).To(BeZero())
}

// TestSweepAfterKill starts itself as a run that is killed without a chance to
// clean up, at two moments: before the answer to the request that creates, and
// after it.
func TestSweepAfterKill(t *testing.T) {
	if url := os.Getenv("ECSCONFORM_TEST_VICTIM"); url != "" {
		tg, n := target(t, fakeConfig(url), Options{Ledger: os.Getenv("ECSCONFORM_TEST_LEDGER"), Run: "victim"})
		n.run(func() { tg.Given.Server(context.Background()) })
		fmt.Println("created")
		time.Sleep(time.Minute)
		return
	}
	for _, moment := range []string{"before the answer", "after the answer"} {
		t.Run(moment, func(t *testing.T) {
			g := NewWithT(t)
			cloud, cfg := newFake(t)
			ledger := filepath.Join(t.TempDir(), "ledger.jsonl")
			cmd := exec.Command(os.Args[0], "-test.run", "^TestSweepAfterKill$")
			cmd.Env = append(os.Environ(), "ECSCONFORM_TEST_VICTIM="+cfg.APIs["nova"], "ECSCONFORM_TEST_LEDGER="+ledger)
			killed := make(chan struct{})
			started := make(chan struct{})
			kill := func() { <-started; _ = cmd.Process.Kill(); close(killed) }
			cloud.mu.Lock()
			cloud.before = func(w http.ResponseWriter, r *http.Request) bool {
				created := r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/servers")
				if created && moment == "before the answer" {
					cloud.servers["orphan"] = map[string]any{"id": "orphan", "name": "ecsconform-victim-1", "status": "ACTIVE"}
					kill()
					return true
				}
				if r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/servers/0") {
					kill()
					return true
				}
				return false
			}
			cloud.mu.Unlock()
			g.Expect(cmd.Start()).To(Succeed())
			close(started)
			select {
			case <-killed:
			case <-time.After(30 * time.Second):
				t.Fatal("the victim did not come so far")
			}
			_ = cmd.Wait() // killed, as intended
			cloud.mu.Lock()
			cloud.before = nil
			cloud.mu.Unlock()
			g.Expect(cloud.count()).To(Equal(1))

			items, err := Sweep(t.Context(), open(t, cfg, Options{}), ledger, false)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(items).To(HaveLen(1))
			g.Expect(items[0].Outcome).To(Equal(Swept))
			g.Expect(cloud.count()).To(BeZero())
		})
	}
}
