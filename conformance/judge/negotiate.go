package judge

import (
	"net/http"
	"strings"

	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// negotiation is which microversion an exchange is about.
type negotiation struct {
	// judged is what request and response are judged at; zero where there is none.
	judged microversion.Version
	// asked is what the answer has to name; zero if nothing can be said.
	asked microversion.Version
	// malformed: the request asks for something that is no version.
	malformed bool
}

// negotiate chooses the microversion (ecs 3, 6.1.1; ).
func (c *caseOf) negotiate() {
	if !c.versioned() {
		return
	}
	c.version.judged = microversion.Default
	if c.route.alias {
		return // no microversions there; the call is the one of 2.1
	}
	c.version.asked = microversion.Default
	text, where := asked(c.raw.RequestHeader)
	switch text {
	case "":
	case microversion.Latest:
		c.version.asked = c.o.Maximum
		if c.version.asked.IsZero() {
			c.version.asked, _ = echoed(c.raw.ResponseHeader)
		}
		if !c.version.asked.IsZero() {
			c.version.judged = c.version.asked
		}
	default:
		v, err := microversion.Parse(text)
		if err != nil {
			c.version.malformed, c.version.asked = true, microversion.Version{}
			c.add("request", validate.Finding{Class: validate.ClassVersion, Severity: validate.Violation, Pointer: "header:" + where,
				Keyword: "pattern", Expected: "a microversion like 2.26", Got: "the text " + short(text), Source: "ecs 3", Ruling: "R-225"})
			return
		}
		c.version.asked, c.version.judged = v, v
	}
}

// versioned reports whether microversions apply: below /v2.1, its document
// included, and not at the root (ecs 3, 6.1.1).
func (c *caseOf) versioned() bool {
	op := c.route.op
	if op.API != "nova" {
		return false
	}
	return strings.HasPrefix(op.Path, "/v2.1/") || c.route.params["api_version"] == "v2.1"
}

// asked is the version that a request's headers ask for, "" if none, and the
// header that does. The standard header counts before the legacy one; it may
// list services, of which the last entry for ours counts; so does the last entry
// of the legacy header. Entries without a version are as good as none.
func asked(h http.Header) (text, where string) {
	for _, line := range h.Values(microversion.StandardHeader) {
		for entry := range strings.SplitSeq(line, ",") {
			words := strings.Fields(entry)
			if len(words) == 2 && strings.EqualFold(words[0], microversion.Service) {
				text = words[1]
			}
		}
	}
	if text != "" {
		return text, microversion.StandardHeader
	}
	for _, line := range h.Values(microversion.LegacyHeader) {
		parts := strings.Split(line, ",")
		text = strings.TrimSpace(parts[len(parts)-1])
	}
	return text, microversion.LegacyHeader
}

// echoed is the version that an answer names, if it does.
func echoed(h http.Header) (microversion.Version, bool) {
	text, _ := asked(h)
	v, err := microversion.Parse(text)
	return v, err == nil
}

// echo compares the version that the answer names with what was asked for. Both
// headers are optional; another version is a violation.
func (c *caseOf) echo() {
	if c.version.asked.IsZero() || c.raw.Status == http.StatusUnauthorized {
		return
	}
	for _, name := range []string{microversion.LegacyHeader, microversion.StandardHeader} {
		lines := c.raw.ResponseHeader.Values(name)
		if len(lines) == 0 {
			continue
		}
		text, _ := asked(http.Header{http.CanonicalHeaderKey(name): lines})
		if v, err := microversion.Parse(text); err != nil || v != c.version.asked {
			want := c.version.asked.String()
			if name == microversion.StandardHeader {
				want = microversion.Service + " " + want
			}
			c.add("response", validate.Finding{Class: validate.ClassVersion, Severity: validate.Violation, Pointer: "header:" + name,
				Keyword: "echo", Expected: want, Got: "the text " + short(strings.Join(lines, ", ")),
				Source: "ecs 6.1.2", Ruling: "R-223"})
		}
	}
}
