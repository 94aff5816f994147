package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

var errFull = errors.New("no space left")

// full is a disk with room for the first n bytes.
type full struct {
	n       int
	written bytes.Buffer
}

func (f *full) Write(b []byte) (int, error) {
	room := min(f.n-f.written.Len(), len(b))
	f.written.Write(b[:room])
	if room < len(b) {
		return room, errFull
	}
	return room, nil
}

func TestSinksWantTheirOrder(t *testing.T) {
	type calls = func(Sink) error
	header := func(s Sink) error { return s.OnHeader(Header{}) }
	start := func(s Sink) error { return s.OnStart("a.b", "") }
	check := func(s Sink) error { return s.OnCheck(Check{ID: "a.b", Verdict: Pass}) }
	footer := func(s Sink) error { return s.OnFooter(Footer{Verdict: Pass}) }
	sinks := map[string]func() Sink{
		"json":      func() Sink { return NewJSON(&bytes.Buffer{}) },
		"events":    func() Sink { return NewEvents(&bytes.Buffer{}) },
		"terminal":  func() Sink { return NewTerminal(&bytes.Buffer{}, TerminalOptions{}) },
		"collector": func() Sink { return &Collector{} },
		"tee":       func() Sink { return Tee(&Collector{}, &Collector{}) },
	}
	wrong := map[string][]calls{
		"check before header": {check}, "start before header": {start}, "footer before header": {footer},
		"two headers": {header, header}, "two footers": {header, footer, footer},
		"check after footer": {header, footer, check}, "start after footer": {header, footer, start},
	}
	for sink, made := range sinks {
		for name, steps := range wrong {
			t.Run(sink+"/"+name, func(t *testing.T) {
				g := NewWithT(t)
				s := made()
				for _, step := range steps[:len(steps)-1] {
					g.Expect(step(s)).To(Succeed())
				}
				g.Expect(steps[len(steps)-1](s)).To(MatchError(ErrOrder))
			})
		}
		t.Run(sink+"/right", func(t *testing.T) {
			g := NewWithT(t)
			s := made()
			for _, step := range []calls{header, start, check, check, footer} {
				g.Expect(step(s)).To(Succeed())
			}
		})
	}
}

// TestFullDiskIsSaid: the first failed write comes back from every later call,
// and what was written is never a whole result.
func TestFullDiskIsSaid(t *testing.T) {
	r := peaceful()
	whole := len(written(t, r))
	for _, room := range []int{0, 10, whole / 2, whole - 1} {
		disk := &full{n: room}
		s := NewJSON(disk)
		g := NewWithT(t)
		g.Expect(Replay(r, s)).To(MatchError(errFull))
		g.Expect(s.OnFooter(*r.Footer)).To(MatchError(errFull))
		if _, err := ReadJSON(&disk.written); room < whole-1 { // the last byte is only the line end
			g.Expect(err).To(HaveOccurred())
		}
	}
	for name, write := range map[string]func(*full) error{
		"events":   func(f *full) error { return Replay(r, NewEvents(f)) },
		"terminal": func(f *full) error { return WriteTerminal(f, r, TerminalOptions{}) },
		"junit":    func(f *full) error { return WriteJUnit(f, r) },
		"page":     func(f *full) error { return WriteHTML(f, r, HTMLOptions{}) },
	} {
		NewWithT(t).Expect(write(&full{n: 100})).To(MatchError(errFull), name)
	}
}

func TestTeeGoesOnWhenOneFails(t *testing.T) {
	g := NewWithT(t)
	var other Collector
	s := Tee(NewJSON(&full{}), &other)
	g.Expect(s.OnHeader(Header{})).To(MatchError(errFull))
	g.Expect(s.OnCheck(Check{ID: "a.b", Verdict: Pass})).To(MatchError(errFull))
	g.Expect(s.OnFooter(Footer{})).To(MatchError(errFull))
	g.Expect(other.Result().Checks).To(HaveLen(1))
	g.Expect(other.Result().Footer).NotTo(BeNil())
}

// TestEveryCallReachesTheFile: what a killed run leaves is up to date.
func TestEveryCallReachesTheFile(t *testing.T) {
	g := NewWithT(t)
	var b bytes.Buffer
	s := NewJSON(&b)
	g.Expect(s.OnHeader(Header{Profile: "ecs"})).To(Succeed())
	g.Expect(b.String()).To(ContainSubstring(`"profile":"ecs"`))
	g.Expect(s.OnCheck(Check{ID: "a.b", Verdict: Pass})).To(Succeed())
	g.Expect(b.String()).To(HaveSuffix(`"verdict":"pass","took_ns":0}`))
	g.Expect(strings.Count(b.String(), "\n")).To(Equal(2), "a check is a line")
}
