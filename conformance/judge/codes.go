package judge

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// largestEnvelope is how large a body may be that is searched for codes.
const largestEnvelope = 1 << 20

// refusalBody has the members of every documented error envelope: ecs 4.3, 10.3.1
// and the job's own (5.8.1). Whatever type a member has, the validator judges it.
type refusalBody struct {
	Error     json.RawMessage `json:"error"`
	ErrorCode json.RawMessage `json:"error_code"`
	Entities  json.RawMessage `json:"entities"`
}

type fault struct {
	Code    json.RawMessage   `json:"code"`
	Details []json.RawMessage `json:"details"`
}

// codes compares error codes with the catalogue of A.2, and the codes of native
// and IAM refusals with the status they come with.
func (c *caseOf) codes() {
	if len(c.raw.ResponseBody) == 0 || len(c.raw.ResponseBody) > largestEnvelope {
		return
	}
	failed := c.raw.Status >= 400
	switch op := c.route.op; {
	case op.API == "nova" || op.API == "iam":
		if failed {
			c.echoedStatus()
		}
	case failed || c.maybeRefusal():
		c.envelope(failed)
	}
}

// maybeRefusal is a cheap look at whether a success may hold a code.
func (c *caseOf) maybeRefusal() bool {
	return contains(c.raw.ResponseBody, `"error`)
}

func (c *caseOf) envelope(failed bool) {
	var body refusalBody
	if json.Unmarshal(c.raw.ResponseBody, &body) != nil {
		return
	}
	var f fault
	if len(body.Error) > 0 && json.Unmarshal(body.Error, &f) == nil {
		if code, ok := word(f.Code); ok {
			c.listedCode("/error/code", code)
			if failed {
				c.codeStatus("/error/code", code)
			} else {
				c.refusedWithSuccess(code)
			}
		}
		for i, raw := range f.Details {
			var d fault
			if json.Unmarshal(raw, &d) == nil {
				if code, ok := word(d.Code); ok && code != "" {
					c.listedCode(fmt.Sprintf("/error/details/%d/code", i), code)
				}
			}
		}
	}
	code, ok := word(body.ErrorCode)
	switch {
	case !ok:
	case failed: // the form of 4.3, where a code of another service may stand
		c.codeStatus("/error_code", code)
	default: // a job, whose code says nothing of the status of the query
		c.listedCode("/error_code", code)
	}
	if !failed {
		c.parts(body.Entities)
	}
}

// parts are the sub jobs of a job (ecs 5.8.1 table 5-65).
func (c *caseOf) parts(entities json.RawMessage) {
	var e struct {
		Parts []struct {
			Code json.RawMessage `json:"error_code"`
		} `json:"sub_jobs"`
	}
	if len(entities) == 0 || json.Unmarshal(entities, &e) != nil {
		return
	}
	for i, p := range e.Parts {
		if code, ok := word(p.Code); ok {
			c.listedCode(fmt.Sprintf("/entities/sub_jobs/%d/error_code", i), code)
		}
	}
}

// word is a JSON text; null and other types are none.
func word(raw json.RawMessage) (string, bool) {
	var s string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	return s, true
}

// listedCode asks that a code is one of A.2. One of another service is a
// deviation; one that pretends to be of A.2 is not.
func (c *caseOf) listedCode(pointer, code string) {
	if c.j.codes[code] != nil {
		return
	}
	f := validate.Finding{Class: validate.ClassSchema, Severity: validate.Deviation, Pointer: pointer, Keyword: "code",
		Expected: "an error code of the catalogue", Got: "the code " + short(code), Source: "ecs A.2", Ruling: "R-018"}
	if squeezed := strings.Join(strings.Fields(code), ""); squeezed != code && c.j.codes[squeezed] != nil {
		f.Severity, f.Expected, f.Ruling = validate.Violation, squeezed, "R-010"
	} else if ownCode(code) {
		f.Severity = validate.Violation
	}
	c.add("response", f)
}

// ownCode reports the form of the codes of A.2: Ecs.dddd or Common.dddd.
func ownCode(code string) bool {
	digits, ok := strings.CutPrefix(code, "Ecs.")
	if !ok {
		digits, ok = strings.CutPrefix(code, "Common.")
	}
	return ok && len(digits) == 4 && strings.Trim(digits, "0123456789") == ""
}

// codeStatus asks that a code comes with its status.
func (c *caseOf) codeStatus(pointer, code string) {
	entry := c.j.codes[code]
	if entry == nil || entry.Status == c.raw.Status || c.byGateway() {
		return
	}
	f := validate.Finding{Class: validate.ClassStatus, Severity: validate.Violation, Pointer: pointer, Keyword: "code-status",
		Expected: fmt.Sprintf("%s with status %d", code, entry.Status), Got: fmt.Sprintf("%s with status %d", code, c.raw.Status),
		Source: entry.Source, Ruling: "R-013"}
	switch {
	case c.route.op.ID == "ecs.DeleteServerNics" && c.raw.Status == http.StatusForbidden:
		return // the section itself has this status, with whatever code (ecs 5.5.2 table 5-48; R-142)
	case code == "Common.0024": // flow control; its listed 202 is no refusal
		f.Ruling = "R-012"
		f.Severity = validate.Deviation
		f.Expected = code + " with status 429"
	case code == "Ecs.0603": // busy, and temporary
		f.Ruling = "R-015"
		if c.raw.Status == 409 || c.raw.Status >= 500 {
			f.Severity = validate.Deviation
		}
	case entry.Status/100 == c.raw.Status/100:
		f.Severity = validate.Deviation
	}
	c.add("response", f)
}

// refusedWithSuccess is an error body with a status below 300.
func (c *caseOf) refusedWithSuccess(code string) {
	f := validate.Finding{Class: validate.ClassStatus, Severity: validate.Violation, Pointer: "/error/code", Keyword: "code-status",
		Expected: "a status of 400 or more with an error body", Got: fmt.Sprintf("%s with status %d", short(code), c.raw.Status),
		Source: "ecs 10.3.1", Ruling: "R-012"}
	if code == "Common.0024" && c.raw.Status == 202 {
		f.Severity = validate.Deviation
	}
	c.add("response", f)
}

// echoedStatus asks that the code inside a refusal of Nova or IAM is the status
// and so the number in the words of a community Nova's router
// . The form of ecs 4.3 has a text there and is left alone.
func (c *caseOf) echoedStatus() {
	var body map[string]json.RawMessage
	if json.Unmarshal(c.raw.ResponseBody, &body) != nil {
		return
	}
	if words, ok := word(body["code"]); ok && body["title"] != nil {
		if number, _, _ := strings.Cut(words, " "); number != fmt.Sprint(c.raw.Status) {
			c.otherStatus("/code", number, "R-062")
		}
	}
	if len(body) != 1 {
		return
	}
	for name, raw := range body {
		var f struct {
			Code json.Number `json:"code"`
		}
		if json.Unmarshal(raw, &f) != nil || f.Code == "" || f.Code.String() == fmt.Sprint(c.raw.Status) {
			continue
		}
		ruling := "R-003"
		if name == "error" {
			ruling = "R-004"
		}
		c.otherStatus("/"+escape(name)+"/code", f.Code.String(), ruling)
	}
}

// otherStatus is a refusal that names another status than it comes with.
func (c *caseOf) otherStatus(pointer, code, ruling string) {
	c.add("response", validate.Finding{Class: validate.ClassSchema, Severity: validate.Violation, Pointer: pointer, Keyword: "code-status",
		Expected: fmt.Sprintf("the status %d", c.raw.Status), Got: short(code), Source: "ecs 10.1", Ruling: ruling})
}

func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(short(name))
}
