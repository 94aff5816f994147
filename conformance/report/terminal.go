package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// TerminalOptions say what the other end of a Terminal can do.
type TerminalOptions struct {
	// Live keeps one line with the running check at the bottom. Only a terminal
	// can do that.
	Live bool
	// Color switches colour on; the words carry the meaning without.
	Color bool
	// Width is the number of columns; 0 means 80 for a live terminal and no
	// limit otherwise.
	Width int
	// Page is where the reader finds the evidence: "report/index.html"; "" if no
	// page is written.
	Page string
	// Findings is how many different findings of a check are shown; 0 means 5.
	Findings int
}

// Terminal is a Sink for people: a line for each check as it ends, under it
// what is wrong and where to look, and a summary at the end.
type Terminal struct {
	w       io.Writer
	o       TerminalOptions
	order   order
	result  Result
	widest  int  // of the check names so far
	running bool // the line at the bottom is there
}

// NewTerminal writes to w.
func NewTerminal(w io.Writer, o TerminalOptions) *Terminal {
	if o.Width <= 0 && o.Live {
		o.Width = 80
	}
	if o.Findings <= 0 {
		o.Findings = 5
	}
	return &Terminal{w: w, o: o, widest: 36}
}

// WriteTerminal writes a whole result as if it were run again. For a result without
// a footer it ends by saying so.
func WriteTerminal(w io.Writer, r Result, o TerminalOptions) error {
	t := NewTerminal(w, o)
	if err := Replay(r, t); err != nil {
		return err
	}
	if r.Footer == nil {
		return t.Close()
	}
	return nil
}

// OnHeader says what is run against what.
func (t *Terminal) OnHeader(h Header) error {
	if err := t.order.header(); err != nil {
		return err
	}
	t.result.Header = h
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s, profile %s, %s, seed %d\n", orWord(h.Tool, "ecsconform"), oneLine(h.Version),
		orWord(oneLine(h.Profile), "none"), count(h.Checks, "check"), h.Seed)
	if h.Selection != "" {
		t.hang(&b, "  ", "selected: ", oneLine(h.Selection))
	}
	for _, s := range h.Endpoint {
		t.hang(&b, "  ", oneLine(s.Name)+": ", oneLine(s.Value))
	}
	b.WriteByte('\n')
	return t.write(&b)
}

// OnStart shows the running check on a live terminal.
func (t *Terminal) OnStart(id, microversion string) error {
	if err := t.order.start(id); err != nil || !t.o.Live {
		return err
	}
	c := Check{ID: id, Microversion: microversion}
	var b bytes.Buffer
	t.unlive(&b)
	line := fmt.Sprintf("%d/%d running %s", len(t.result.Checks)+1, t.result.Header.Checks, oneLine(c.Name()))
	b.WriteString(t.paint(dim, clip(line, t.o.Width-1)))
	t.running = true
	return t.write(&b)
}

// OnCheck writes the check's line and what is wrong with it.
func (t *Terminal) OnCheck(c Check) error {
	if err := t.order.check(c.ID); err != nil {
		return err
	}
	t.result.Checks = append(t.result.Checks, c)
	var b bytes.Buffer
	t.unlive(&b)
	name := oneLine(c.Name())
	t.widest = max(t.widest, min(width(name), 60))
	fmt.Fprintf(&b, "%s  ", t.verdict(c.Verdict, 11))
	if begins(c.Verdict) {
		fmt.Fprintf(&b, "%s  %s", pad(name, t.widest), took(c.Took))
	} else {
		b.WriteString(name)
	}
	if c.Provisional {
		b.WriteString("  (provisional)")
	}
	b.WriteByte('\n')
	if c.Verdict != Pass {
		t.why(&b, &c)
	}
	for _, l := range c.Leftovers {
		t.hang(&b, indent, "left behind: ", oneLine(l))
	}
	return t.write(&b)
}

const indent = "             "

// why writes below a check what a person needs to act.
func (t *Terminal) why(b *bytes.Buffer, c *Check) {
	if c.Verdict == Fail || c.Verdict == Error {
		t.hang(b, indent, "", oneLine(c.Says))
	}
	t.hang(b, indent, "", orWord(oneLine(c.Reason), "no reason was given"))
	if !begins(c.Verdict) {
		return
	}
	left := len(c.Findings)
	for i, a := range alikes(c) {
		if i == t.o.Findings {
			t.hang(b, indent, "", "and "+count(left, "more finding"))
			break
		}
		t.finding(b, &a)
		left -= a.times
	}
	for _, r := range c.Requirements {
		t.hang(b, indent, "proves ", oneLine(fmt.Sprintf("%s (%s): %s", r.ID, r.Source, r.Text)))
	}
	if t.o.Page != "" {
		fmt.Fprintf(b, "%slook: %s#%s\n", indent, t.o.Page, anchor(c.Name()))
	}
}

func (t *Terminal) finding(b *bytes.Buffer, f *alike) {
	place := strings.TrimSpace(strings.Join([]string{f.Operation, f.Direction, pointer(f.Pointer)}, " "))
	t.hang(b, indent, "- ", oneLine(fmt.Sprintf("%s %s: %s", f.Severity, strings.Join(strings.Fields(place), " "), f.Message)))
	if f.Expected != "" {
		t.hang(b, indent+"  ", "expected ", oneLine(f.Expected))
	}
	if f.Got != "" {
		t.hang(b, indent+"  ", "got      ", oneLine(f.Got))
	}
	var where []string
	for _, w := range []string{f.Source, f.Requirement, f.Ruling} {
		if w != "" {
			where = append(where, w)
		}
	}
	if f.Exchange != "" {
		where = append(where, "exchange "+f.Exchange)
	}
	if f.times > 1 {
		where = append(where, fmt.Sprintf("%d times", f.times))
	}
	if len(where) > 0 {
		t.hang(b, indent+"  ", "see      ", oneLine(strings.Join(where, ", ")))
	}
}

// OnFooter writes the summary.
func (t *Terminal) OnFooter(f Footer) error {
	if err := t.order.footer(); err != nil {
		return err
	}
	t.result.Footer = &f
	return t.summary()
}

// Close ends a terminal whose run has no footer: it says so.
func (t *Terminal) Close() error {
	if t.order.stage != betweenChecks || t.order.err != nil {
		return t.order.err
	}
	t.order.stage = afterFooter
	return t.summary()
}

func (t *Terminal) summary() error {
	var b bytes.Buffer
	t.unlive(&b)
	r := t.result
	b.WriteByte('\n')
	t.table(&b)
	t.slowest(&b)
	t.leftovers(&b)
	color := verdictColor(Error)
	if r.Footer != nil {
		color = verdictColor(r.Footer.Verdict)
	}
	b.WriteString(t.paint(color, r.Headline()+"."))
	b.WriteByte('\n')
	t.hang(&b, "", "", r.Sentence())
	if r.Footer == nil {
		t.hang(&b, "", "", "Whatever the checks above say, this is not a pass; ecsconform sweep removes what the run may have left behind.")
		return t.write(&b)
	}
	if r.Footer.Reason != "" {
		t.hang(&b, "", "", oneLine(r.Footer.Reason))
	}
	if r.Footer.Interrupted && r.Footer.Reason == "" {
		t.hang(&b, "", "", "The run was interrupted.")
	}
	if !r.Header.Began.IsZero() && r.Footer.Ended.After(r.Header.Began) {
		fmt.Fprintf(&b, "took %s, ", took(r.Footer.Ended.Sub(r.Header.Began)))
	}
	b.WriteString(ExitMeaning(r.Footer.Exit) + "\n")
	if t.o.Page != "" {
		fmt.Fprintf(&b, "report: %s\n", t.o.Page)
	}
	return t.write(&b)
}

func (t *Terminal) table(b *bytes.Buffer) {
	families, by := byFamily(t.result.Checks)
	if len(families) == 0 {
		b.WriteString("no check has a verdict\n\n")
		return
	}
	first := len("family")
	for _, f := range families {
		first = max(first, width(oneLine(f)))
	}
	first = min(first, 30)
	row := func(name string, counts map[Verdict]int, total int) {
		b.WriteString(pad(clip(name, first), first))
		for _, v := range Verdicts() {
			cell := fmt.Sprintf("%*d", max(len(v), 5)+2, counts[v])
			if counts[v] > 0 && v != Pass {
				cell = t.paint(verdictColor(v), cell)
			}
			b.WriteString(cell)
		}
		fmt.Fprintf(b, "%7d\n", total)
	}
	b.WriteString(pad("family", first))
	for _, v := range Verdicts() {
		fmt.Fprintf(b, "%*s", max(len(v), 5)+2, v)
	}
	b.WriteString("  total\n")
	for _, f := range families {
		row(oneLine(f), Count(by[f]), len(by[f]))
	}
	if len(families) > 1 {
		row("all", Count(t.result.Checks), len(t.result.Checks))
	}
	b.WriteByte('\n')
}

func (t *Terminal) slowest(b *bytes.Buffer) {
	slow := slowest(t.result.Checks, 5)
	if len(slow) == 0 {
		return
	}
	b.WriteString("slowest checks\n")
	for _, c := range slow {
		t.hang(b, "  ", fmt.Sprintf("%10s  ", took(c.Took)), oneLine(c.Name()))
	}
	b.WriteByte('\n')
}

func (t *Terminal) leftovers(b *bytes.Buffer) {
	n := 0
	for i := range t.result.Checks {
		c := &t.result.Checks[i]
		for _, l := range c.Leftovers {
			if n == 0 {
				b.WriteString("left behind (ecsconform sweep removes it)\n")
			}
			n++
			t.hang(b, "  ", "", oneLine(l+" of "+c.Name()))
		}
	}
	if n > 0 {
		b.WriteByte('\n')
	}
}

// rank is the place of a severity, worst first; an unknown one comes before all.
func rank(s validate.Severity) int {
	return slices.Index([]validate.Severity{validate.Violation, validate.Deviation, validate.Note}, s)
}

// byFamily groups checks; families come in alphabetical order, numbers as numbers.
func byFamily(checks []Check) ([]string, map[string][]Check) {
	by := map[string][]Check{}
	var names []string
	for i := range checks {
		f := checks[i].Family
		if _, ok := by[f]; !ok {
			names = append(names, f)
		}
		by[f] = append(by[f], checks[i])
	}
	slices.SortFunc(names, naturally)
	return names, by
}

// slowest is the n checks that took longest, of those that took any time.
func slowest(checks []Check, n int) []Check {
	var slow []Check
	for i := range checks {
		if checks[i].Took > 0 {
			slow = append(slow, checks[i])
		}
	}
	slices.SortStableFunc(slow, func(a, b Check) int { return int(min(max(b.Took-a.Took, -1), 1)) })
	return slow[:min(n, len(slow))]
}

func (t *Terminal) write(b *bytes.Buffer) error {
	if _, err := t.w.Write(b.Bytes()); err != nil {
		return t.order.fail(fmt.Errorf("write progress: %w", err))
	}
	return nil
}

// unlive wipes the line at the bottom.
func (t *Terminal) unlive(b *bytes.Buffer) {
	if t.running {
		b.WriteString("\r\x1b[2K")
		t.running = false
	}
}

func orWord(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func pointer(p string) string {
	if p == "" {
		return "body"
	}
	return p
}

func width(s string) int { return utf8.RuneCountInString(s) }

func pad(s string, n int) string {
	if missing := n - width(s); missing > 0 {
		return s + strings.Repeat(" ", missing)
	}
	return s
}
