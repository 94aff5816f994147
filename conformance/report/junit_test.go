package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func junit(t *testing.T, r Result) (junitSuites, string) {
	t.Helper()
	var b bytes.Buffer
	if err := WriteJUnit(&b, r); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	var s junitSuites
	if err := xml.Unmarshal(b.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	return s, text
}

func junitCases(s junitSuites) map[string]junitCase {
	cases := map[string]junitCase{}
	for _, suite := range s.Suites {
		for _, c := range suite.Cases {
			cases[c.Name] = c
		}
	}
	return cases
}

// TestJUnitFillsTheElements: dashboards read elements, not attributes of our own.
func TestJUnitFillsTheElements(t *testing.T) {
	g := NewWithT(t)
	s, _ := junit(t, synthetic())
	cases := junitCases(s)

	fail := cases["lifecycle.start.stopped@2.26"]
	g.Expect(fail.Failure).NotTo(BeNil())
	g.Expect(fail.Error).To(BeNil())
	g.Expect(fail.Skipped).To(BeNil())
	g.Expect(fail.Failure.Message).To(HavePrefix("os-start was answered with 500"))
	g.Expect(fail.Failure.Text).To(ContainSubstring("at: nova.ShowServer response /server/created"))
	g.Expect(fail.Failure.Text).To(ContainSubstring("source: ecs 6.3.1 table 6-64"))
	g.Expect(fail.Class).To(Equal("ecsconform.lifecycle"))
	g.Expect(fail.Time).To(Equal("3.140"))
	g.Expect(fail.Properties).To(ContainElement(junitProperty{"requirement", "ECS-6.3.1-start (ecs 6.3.1 table 6-63)"}))
	g.Expect(fail.Out).To(ContainSubstring("POST http://192.0.2.7:8774/v2.1/"))
	g.Expect(fail.Out).To(ContainSubstring(`response body: {"computeFault"`))
	g.Expect(fail.Out).To(ContainSubstring("left behind: server 9f1c"))

	g.Expect(cases["jobs.settle"].Error).NotTo(BeNil())
	g.Expect(cases["jobs.settle"].Failure).To(BeNil())
	for name, reason := range map[string]string{
		"jobs.entities":          "the limit of 20 minutes was reached",
		"jobs.quota":             "the profile nova-community does not claim",
		"microversions.headers":  "left out by --skip: ticket 4711 <b>is open</b>",
		"microversions.list@2.3": "the profile nova-community does not claim",
		"errors.envelope":        "provisional, decides nothing; verdict fail: the envelope",
	} {
		c := cases[name]
		g.Expect(c.Skipped).NotTo(BeNil(), name)
		g.Expect(c.Skipped.Message).To(HavePrefix(reason))
		g.Expect(c.Failure).To(BeNil(), name)
	}
	pass := cases["errors.not-found"]
	g.Expect(pass.Failure == nil && pass.Error == nil && pass.Skipped == nil).To(BeTrue())

	// The run was interrupted: one case more, an error of its own.
	g.Expect(cases["the run comes to its end"].Error).NotTo(BeNil())
	g.Expect([]int{s.Tests, s.Failures, s.Errors, s.Skipped}).To(Equal([]int{12, 2, 2, 5}))
}

func TestJUnitIsNeverCleanWithoutAnEnd(t *testing.T) {
	for name, r := range map[string]Result{"unfinished": unfinished(), "nothing": nothing(), "only a header": {Header: synthetic().Header}} {
		s, _ := junit(t, r)
		c := junitCases(s)["the run comes to its end"]
		g := NewWithT(t)
		g.Expect(c.Error).NotTo(BeNil(), name)
		g.Expect(c.Error.Message).NotTo(BeEmpty(), name)
		g.Expect(s.Errors).To(BeNumerically(">", 0), name)
	}
	s, _ := junit(t, peaceful())
	NewWithT(t).Expect([]int{s.Tests, s.Failures, s.Errors, s.Skipped}).To(Equal([]int{5, 0, 0, 2}))
}

// TestJUnitSurvivesAnyText: no character that XML forbids, even as a reference.
func TestJUnitSurvivesAnyText(t *testing.T) {
	g := NewWithT(t)
	_, text := junit(t, synthetic())
	g.Expect(text).To(ContainSubstring(`nul\u0000`))
	g.Expect(text).NotTo(ContainSubstring("\uFFFD"), "nothing was replaced without a word")
	g.Expect(text).NotTo(MatchRegexp(`&#x?0*(0|1b|7|1B);`))
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		g.Expect(err).NotTo(HaveOccurred())
	}
}

func TestJUnitCutsLongBodies(t *testing.T) {
	g := NewWithT(t)
	r := synthetic()
	for i := range r.Checks[1].Exchanges {
		r.Checks[1].Exchanges[i].Response.Body = strings.Repeat("é", evidenceLimit)
	}
	s, _ := junit(t, r)
	g.Expect(junitCases(s)["lifecycle.start.stopped@2.26"].Out).To(ContainSubstring("é [cut: 2000 of 4000 bytes]"))
	r.Checks[1].Exchanges[0].Response.Body = "x" + strings.Repeat("é", evidenceLimit)
	_, text := junit(t, r)
	g.Expect(text).To(ContainSubstring("é [cut: 1999 of 4001 bytes]"))
}
