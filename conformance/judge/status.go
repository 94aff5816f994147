package judge

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// community is the profile of endpoints that are held to a community Nova where
// rulings say so.
const community = "nova-community"

// status looks at the status beyond what the operation lists: whether it exists
// at all, and whether it says that nothing can be judged.
func (c *caseOf) status() {
	code := c.raw.Status
	f := validate.Finding{Class: validate.ClassStatus, Severity: validate.Note, Pointer: "status", Keyword: "status", Got: fmt.Sprint(code)}
	switch {
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		f.Expected, f.Got, f.Source = "an answer; this one asks to come back later", fmt.Sprint(code)+", flow control", "ecs 10.1"
	case code == http.StatusBadGateway || code == http.StatusGatewayTimeout:
		f.Expected, f.Got, f.Source = "an answer of the service", fmt.Sprint(code)+", a gateway's", "ecs 10.1"
	case code == http.StatusInternalServerError:
		f.Expected, f.Got, f.Source = "an answer; the service reports a fault of its own", fmt.Sprint(code), "ecs 10.1"
	case code >= 300 && !c.j.statuses[code] && len(c.j.statuses) > 0:
		f.Severity, f.Expected = validate.Violation, "a status of the general tables"
		f.Source, f.Ruling = "ecs 10.1", "R-020"
		if code == http.StatusGone && c.o.Profile == community {
			f.Severity, f.Ruling = validate.Deviation, "R-061"
		}
	default:
		return
	}
	if c.listed() {
		return
	}
	c.add("response", f)
}

// listed reports that the operation itself documents the status.
func (c *caseOf) listed() bool { return slices.Contains(c.route.op.Success, c.raw.Status) }
