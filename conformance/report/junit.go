package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/conformance/exchange"
)

// The elements that dashboards read. A verdict is always an element, never an
// attribute or a line of output only.
type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr,omitempty"`
	Properties []junitProperty `xml:"properties>property,omitempty"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name       string          `xml:"name,attr"`
	Class      string          `xml:"classname,attr"`
	Time       string          `xml:"time,attr"`
	Properties []junitProperty `xml:"properties>property,omitempty"`
	Skipped    *junitReason    `xml:"skipped"`
	Error      *junitReason    `xml:"error"`
	Failure    *junitReason    `xml:"failure"`
	Out        string          `xml:"system-out,omitempty"`
}

type junitReason struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes JUnit XML: a suite for each family, a case for each check.
// fail is a failure element, error an error element; unsupported, excluded and
// not-run are skipped with the reason, and so is a provisional check that
// failed, which decides nothing. A run that did not pass for a reason of its
// own, or that has no footer, holds one more case that says so.
func WriteJUnit(w io.Writer, r Result) error {
	root := junitSuites{Name: "ecsconform " + visible(r.Header.Profile)}
	families, by := byFamily(r.Checks)
	var total time.Duration
	for _, family := range families {
		s, spent := junitFamily(family, by[family], r.Header)
		root.add(s)
		total += spent
	}
	if s, ok := junitRun(r); ok {
		root.add(s)
	}
	root.Time = seconds(total)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write junit: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(root); err != nil {
		return fmt.Errorf("write junit: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write junit: %w", err)
	}
	return nil
}

func (r *junitSuites) add(s junitSuite) {
	r.Tests += s.Tests
	r.Failures += s.Failures
	r.Errors += s.Errors
	r.Skipped += s.Skipped
	r.Suites = append(r.Suites, s)
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func junitFamily(family string, checks []Check, h Header) (junitSuite, time.Duration) {
	s := junitSuite{Name: orWord(visible(family), "no family"), Timestamp: stamp(h.Began)}
	s.Properties = junitProperties("tool", h.Tool, "version", h.Version, "profile", h.Profile,
		"selection", h.Selection, "seed", fmt.Sprint(h.Seed))
	for _, e := range h.Endpoint {
		s.Properties = append(s.Properties, junitProperties("endpoint."+e.Name, e.Value)...)
	}
	var total time.Duration
	for i := range checks {
		total += checks[i].Took
		s.add(junitCheck(&checks[i]))
	}
	s.Time = seconds(total)
	return s, total
}

func junitCheck(c *Check) junitCase {
	k := junitCase{
		Name:  visible(c.Name()),
		Class: "ecsconform." + orWord(visible(c.Family), "none"),
		Time:  seconds(c.Took),
		Out:   junitOut(c),
	}
	k.Properties = junitProperties("says", c.Says, "level", c.Level, "microversion", c.Microversion,
		"verdict", string(c.Verdict))
	if c.Provisional {
		k.Properties = append(k.Properties, junitProperties("provisional", "true")...)
	}
	for _, r := range c.Requirements {
		k.Properties = append(k.Properties, junitProperties("requirement", r.ID+" ("+r.Source+")")...)
	}
	reason := &junitReason{Message: orWord(visible(c.Reason), "no reason was given"), Type: visible(string(c.Verdict))}
	switch {
	case c.Verdict == Pass:
		return k
	case c.Provisional && begins(c.Verdict):
		reason.Message = fmt.Sprintf("provisional, decides nothing; verdict %s: %s", c.Verdict, reason.Message)
		k.Skipped = reason
	case c.Verdict == Fail:
		reason.Text = junitFindings(c)
		k.Failure = reason
	case c.Verdict == Unsupported, c.Verdict == Excluded, c.Verdict == NotRun:
		k.Skipped = reason
	default:
		reason.Text = junitFindings(c)
		k.Error = reason
	}
	return k
}

// junitRun is the outcome of the run where no check tells it.
func junitRun(r Result) (junitSuite, bool) {
	s := junitSuite{Name: "run", Time: seconds(0), Timestamp: stamp(r.Header.Began)}
	k := junitCase{Name: "the run comes to its end", Class: "ecsconform.run", Time: seconds(0)}
	judged := Count(r.Checks)
	switch {
	case r.Footer == nil:
		k.Error = &junitReason{Type: "unfinished", Message: r.Headline() + ". " + r.Sentence()}
	case r.Footer.Verdict == Error && judged[Error] == 0, r.Footer.Interrupted, len(r.Checks) == 0:
		k.Error = &junitReason{Type: string(r.Footer.Verdict),
			Message: orWord(visible(r.Footer.Reason), r.Headline()+". "+r.Sentence())}
	default:
		return s, false
	}
	s.add(k)
	return s, true
}

func junitFindings(c *Check) string {
	var b strings.Builder
	for _, f := range alikes(c) {
		fmt.Fprintf(&b, "%s: %s\n", f.Severity, visible(f.Message))
		rows := []string{"at", strings.Join(strings.Fields(visible(f.Operation+" "+f.Direction+" "+pointer(f.Pointer))), " "),
			"expected", f.Expected, "got", f.Got, "source", f.Source, "requirement", f.Requirement,
			"ruling", f.Ruling, "exchange", f.Exchange}
		if f.times > 1 {
			rows = append(rows, "times", fmt.Sprint(f.times), "also", listed(f.also))
		}
		for n := 0; n < len(rows); n += 2 {
			if rows[n+1] != "" {
				fmt.Fprintf(&b, "  %s: %s\n", rows[n], visible(rows[n+1]))
			}
		}
	}
	return b.String()
}

// manyListed is how many exchanges are named for findings that are alike.
const manyListed = 20

func listed(ids []string) string {
	if len(ids) <= manyListed {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:manyListed], ", "), len(ids)-manyListed)
}

// evidenceLimit is how many bytes of one body go into the XML; whole bodies
// are in result.json and on the page.
const evidenceLimit = 2000

// junitOut is the steps and, for checks that did not pass, the exchanges. They are
// redacted already: a Check holds nothing else.
func junitOut(c *Check) string {
	var b strings.Builder
	for i, s := range c.Steps {
		fmt.Fprintf(&b, "step %d: %s\n", i+1, visible(s))
	}
	for i := range c.Exchanges {
		x := &c.Exchanges[i]
		outcome := x.Failure
		if x.Response.Status != 0 {
			outcome = fmt.Sprint(x.Response.Status)
		}
		fmt.Fprintf(&b, "%s %s %s -> %s in %s\n", visible(x.ID), visible(x.Request.Method), visible(x.Request.URL),
			orWord(visible(outcome), "no response"), took(x.Took))
		if c.Verdict == Fail || c.Verdict == Error {
			junitBody(&b, "request", x.Request.Body)
			junitHeader(&b, x)
			junitBody(&b, "response", x.Response.Body)
		}
	}
	for _, l := range c.Leftovers {
		fmt.Fprintf(&b, "left behind: %s\n", visible(l))
	}
	return b.String()
}

func junitHeader(b *strings.Builder, x *exchange.Exchange) {
	names := make([]string, 0, len(x.Response.Header))
	for name := range x.Response.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(b, "  %s: %s\n", visible(name), visible(strings.Join(x.Response.Header[name], ", ")))
	}
}

func junitBody(b *strings.Builder, what, body string) {
	if body == "" {
		return
	}
	rest := ""
	if n := len(body); n > evidenceLimit {
		body = body[:evidenceLimit]
		for !utf8.ValidString(body) && len(body) > evidenceLimit-utf8.UTFMax {
			body = body[:len(body)-1]
		}
		rest = fmt.Sprintf(" [cut: %d of %d bytes]", len(body), n)
	}
	fmt.Fprintf(b, "  %s body: %s%s\n", what, visible(body), rest)
}

// junitProperties makes properties of names and values in turn; empty values are left out.
func junitProperties(pairs ...string) []junitProperty {
	var ps []junitProperty
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			ps = append(ps, junitProperty{visible(pairs[i]), visible(pairs[i+1])})
		}
	}
	return ps
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", max(d, 0).Seconds()) }

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05")
}
