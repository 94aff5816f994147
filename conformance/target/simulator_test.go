package target

import (
	"encoding/json"
	"net/http/httptest"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/judge"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/fixtures/simulator"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// simulated is the configuration of a fresh simulator.
func simulated(t *testing.T) Config {
	t.Helper()
	sim, err := simulator.New(simulator.Options{Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(sim)
	t.Cleanup(s.Close)
	line, err := json.Marshal(sim.Describe(s.URL))
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := FromSimulator(line)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// Everything that a Target does by itself is within the contract, and so are the
// simulator's answers: nothing but notes is found, with a token and with a signature.
func TestTheSimulatorIsAnEndpointLikeAnyOther(t *testing.T) {
	v, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	j := judge.New(v)
	for _, by := range []string{"token", "access key"} {
		t.Run(by, func(t *testing.T) {
			g := NewWithT(t)
			cfg := simulated(t)
			if by == "access key" {
				cfg.Credentials.User, cfg.Credentials.Password, cfg.Project.ID = "", Secret{}, ""
			}
			var outside []report.Finding
			ledger := filepath.Join(t.TempDir(), "ledger.jsonl")
			tg, n := target(t, cfg, Options{Judge: j, Ledger: ledger, Sink: func(x exchange.Exchange, f []report.Finding) {
				g.Expect(x.Operation).NotTo(BeEmpty(), x.Request.URL)
				outside = append(outside, f...)
			}})
			g.Expect(tg.Project).To(HaveLen(32))
			g.Expect(n.run(func() {
				g.Expect(tg.Given.ServersByECS(t.Context(), 2)).To(HaveLen(2))
				g.Expect(tg.Given.ServerByECS(t.Context()).Status).To(Equal("ACTIVE"))
				g.Expect(tg.Given.StoppedServer(t.Context()).Status).To(Equal("SHUTOFF"))
				g.Expect(tg.Given.ResizedServer(t.Context()).Status).To(Equal("VERIFY_RESIZE"))
				g.Expect(tg.Given.LockedServer(t.Context()).Status).To(Equal("ACTIVE"))
				g.Expect(tg.Given.DeletedServer(t.Context()).Gone).To(BeTrue())
			})).To(BeEmpty())
			g.Expect(n.tidy(t.Context())).To(Succeed())
			for _, f := range append(outside, n.findings...) {
				g.Expect(f.Severity).To(Equal(validate.Note), f.Message)
			}
			for _, x := range n.exchanges {
				g.Expect(x.Operation).NotTo(BeEmpty(), x.Request.URL)
			}
			g.Expect(servers(t, tg)).To(BeEmpty())
			items, err := Sweep(t.Context(), tg.Endpoint(), ledger, false)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(items).To(BeEmpty())
		})
	}
}

func TestSweepAfterACrashOnTheSimulator(t *testing.T) {
	g := NewWithT(t)
	cfg := simulated(t)
	ledger := filepath.Join(t.TempDir(), "ledger.jsonl")
	n := &notebook{}
	dead, err := Open(t.Context(), cfg, Options{Ledger: ledger, Run: "dead"})
	g.Expect(err).NotTo(HaveOccurred())
	tg := dead.For(n, "a.b.c", dead.Versions().Max)
	g.Expect(n.run(func() { tg.Given.ServersByECS(t.Context(), 3); tg.Given.Server(t.Context()) })).To(BeEmpty())
	g.Expect(dead.Close()).To(Succeed()) // and no clean-up
	g.Expect(servers(t, tg)).To(HaveLen(4))

	items, err := Sweep(t.Context(), open(t, cfg, Options{}), ledger, false)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(items).To(HaveLen(2))
	g.Expect(servers(t, tg)).To(BeEmpty())
}

func servers(t *testing.T, tg *Target) []Server {
	t.Helper()
	a, err := tg.ask(t.Context(), "nova", "GET", "/v2.1/"+tg.Project+"/servers/detail", nil)
	if err != nil {
		t.Fatal(err)
	}
	var body struct{ Servers []shownServer }
	if err := a.into(&body); err != nil {
		t.Fatal(err)
	}
	var list []Server
	for _, s := range body.Servers {
		if !s.server().Deleted() {
			list = append(list, s.server())
		}
	}
	return list
}
