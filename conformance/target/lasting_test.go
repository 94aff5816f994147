package target

import (
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestWhatLastsStaysInTheLedger(t *testing.T) {
	g := NewWithT(t)
	_, cfg := newFake(t)
	cfg.Limits = Limits{Lasting: 2, Minutes: 5}
	ledger := filepath.Join(t.TempDir(), "ledger.jsonl")
	now := time.Now()
	tg, n := target(t, cfg, Options{Run: "r1", Ledger: ledger, Now: func() time.Time { return now }})
	var kept, refused, dry *Keepsake
	g.Expect(n.run(func() { kept = tg.Given.Lasting(AppGroup, 1) })).To(BeEmpty())
	kept.Made("g-1")
	kept.Refused(400) // a mistake of a check must not give the place back
	g.Expect(n.run(func() { tg.Given.Lasting(AppServers, 2) })).To(Equal(
		"2 more things that no documented call removes would make 3 in this run, and limits.lasting of the endpoint file allows 2"))
	n.cannot = ""
	g.Expect(n.run(func() { refused = tg.Given.Lasting(AppServers, 1) })).To(BeEmpty())
	refused.Refused(500) // something may exist
	g.Expect(n.run(func() { tg.Given.Lasting(LaunchGroup, 1) })).To(ContainSubstring("would make 3"))
	n.cannot = ""
	refused.Refused(404)
	g.Expect(n.run(func() { dry = tg.Given.Lasting(LaunchGroup, 1) })).To(BeEmpty(), "the place is free again")
	dry.Spared("a dry run")
	now = now.Add(6 * time.Minute)
	g.Expect(n.run(func() { tg.Given.Lasting(AppGroup, 1) })).To(ContainSubstring("longer than limits.minutes"))
	g.Expect(tg.Endpoint().Close()).To(Succeed())

	e, err := Open(t.Context(), cfg, Options{Run: "r2", Ledger: filepath.Join(t.TempDir(), "other.jsonl")})
	g.Expect(err).NotTo(HaveOccurred())
	items, err := Sweep(t.Context(), e, ledger, false)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(items).To(Equal([]Item{{Run: "r1", Check: tg.check, Kind: AppGroup, Name: kept.Name, IDs: []string{"g-1"},
		Outcome: Stays, Why: "no documented call removes it; remove it by hand"}}))
}
