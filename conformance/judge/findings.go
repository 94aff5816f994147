package judge

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// caseOf is one exchange before the judge.
type caseOf struct {
	j        *Judge
	raw      *Raw
	o        Options
	route    routed
	version  negotiation
	findings []report.Finding
}

func (c *caseOf) options() validate.Options {
	return validate.Options{Version: c.version.judged, Profile: c.o.Profile}
}

// add keeps a finding, with the severity that the circumstances leave it.
func (c *caseOf) add(direction string, f validate.Finding) {
	switch {
	case direction == "request" && c.o.IntendedInvalid:
		f.Severity = validate.Note
	case direction == "response" && c.byGateway():
		f.Severity = validate.Note
	}
	out := report.Finding{Finding: f, Exchange: c.raw.ID, Direction: direction}
	if c.route.op != nil {
		out.Operation = c.route.op.ID
	}
	out.Message = c.sentence(direction, f)
	if !c.known(out) {
		c.findings = append(c.findings, out)
	}
}

// known reports that the same was found already: the validator may know a rule
// that the judge knows too.
func (c *caseOf) known(f report.Finding) bool {
	return slices.ContainsFunc(c.findings, func(g report.Finding) bool {
		return g.Direction == f.Direction && g.Class == f.Class && g.Pointer == f.Pointer &&
			(f.Class == validate.ClassStatus || g.Keyword == f.Keyword && g.Got == f.Got)
	})
}

// byGateway reports an answer that comes from what stands before the service:
// flow control (429, 503) and gateways (502, 504). It is not held to the
// service's contract (ecs 10.1; R-081).
func (c *caseOf) byGateway() bool {
	switch c.raw.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// subject is the request in words: "POST /v2.1/{project_id}/servers/{server_id}/action (os-start) at 2.26".
func (c *caseOf) subject() string {
	text := short(c.raw.Method)
	if text == "" {
		text = "a request"
	}
	if op := c.route.op; op != nil {
		path, _, _ := strings.Cut(op.Path, "#")
		text = op.Method + " " + path
		if op.Action != "" {
			text += " (" + op.Action + ")"
		}
	}
	if !c.version.judged.IsZero() {
		text += " at " + c.version.judged.String()
	}
	return text
}

// sentence says what was expected, what arrived, and where to look.
func (c *caseOf) sentence(direction string, f validate.Finding) string {
	var b strings.Builder
	b.WriteString(c.subject())
	switch direction {
	case "request":
		b.WriteString(" was sent with")
	case "response":
		fmt.Fprintf(&b, " answered %d with", c.raw.Status)
	}
	fmt.Fprintf(&b, " %s", got(f.Got))
	if where := place(f.Pointer); where != "" {
		b.WriteString(" " + where)
	}
	if f.Expected != "" {
		fmt.Fprintf(&b, ": want %s", f.Expected)
	}
	var see []string
	for _, s := range []string{f.Source, f.Ruling, f.Requirement} {
		if s != "" {
			see = append(see, s)
		}
	}
	if len(see) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.Join(see, ", "))
	}
	if c.raw.ID != "" {
		b.WriteString("; exchange " + c.raw.ID)
	}
	return oneLine(b.String())
}

// oneLine keeps names and values from outside from breaking a sentence in two.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func got(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// place is a pointer in words.
func place(pointer string) string {
	kind, name, ok := strings.Cut(pointer, ":")
	switch {
	case pointer == "" || pointer == "status":
		return ""
	case strings.HasPrefix(pointer, "/"):
		return "at " + pointer
	case ok && kind == "header":
		return "in header " + name
	case ok && kind == "query":
		return "in query parameter " + name
	case ok && kind == "path":
		return "in path parameter " + name
	default:
		return "at " + pointer
	}
}

// unknown tells that the contract has no operation for the request. What nobody
// promised cannot be broken, so it is a note.
func (c *caseOf) unknown() {
	path, _ := address(c.raw.URL)
	f := validate.Finding{Class: validate.ClassUndocumented, Severity: validate.Note, Keyword: "operation"}
	switch {
	case len(c.route.actions) > 0:
		f.Expected, f.Got = "one of the actions "+strings.Join(c.route.actions, ", "), "no action that is documented"
	case len(c.route.methods) > 0:
		f.Expected, f.Got = "the method "+strings.Join(c.route.methods, " or "), "the method "+short(c.raw.Method)
	default:
		f.Expected, f.Got = "a path of the contract", "the path "+short(path)
	}
	c.add("request", f)
}

// short is text from outside for a sentence: one line, bounded.
func short(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if runes := []rune(s); len(runes) > 80 {
		return string(runes[:80]) + "..."
	}
	return s
}
