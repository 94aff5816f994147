package report

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// awkward is what an endpoint may answer to harm whoever reads the report:
// markup, quotes, controls, a right-to-left override, line separators, a
// byte that is not UTF-8, emoji and a script that runs the other way.
const awkward = "\"quoted\" 'single' `tick` <script>alert(1)</script></script><!-- ]]> <img src=x onerror=alert(2)> " +
	"&amp; 👩‍💻🚀 שלום عربى \u202egnp.exe\u202c \u2028\u2029 bell\a esc\x1b[31m nul\x00 bad\xff end"

func at(seconds int) time.Time {
	return time.Date(2026, 11, 21, 22, 15, 0, 0, time.UTC).Add(time.Duration(seconds) * time.Second)
}

func headers(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

func sent(id, check, operation, method, path, body string, status int, reply string) exchange.Exchange {
	x := exchange.Exchange{
		ID: id, Check: check, Operation: operation, Began: at(3), Took: 43 * time.Millisecond,
		Request: exchange.Request{Method: method, URL: "http://192.0.2.7:8774" + path, Body: body,
			Header: headers("Accept", "application/json", "X-Auth-Token", "[removed]", "X-OpenStack-Nova-API-Version", "2.26")},
		Response: exchange.Response{Status: status, Body: reply,
			Header: headers("Content-Type", "application/json", "X-Compute-Request-Id", "req-7d0c", "Openstack-Api-Version", "compute 2.26")},
	}
	if body != "" {
		x.Request.Header.Set("Content-Type", "application/json")
	}
	if status == 0 {
		x.Response = exchange.Response{}
	}
	return x
}

func finding(class validate.Class, severity validate.Severity, pointer, keyword, expected, got string) validate.Finding {
	return validate.Finding{Class: class, Severity: severity, Pointer: pointer, Keyword: keyword, Expected: expected, Got: got}
}

const serverReply = `{"server": {"id": "9f1c0b7e-52a4-4c5c-8b7e-2f1f0a9f3c11", "name": "conform-4d1e", "status": "ACTIVE",
 "OS-EXT-STS:vm_state": "active", "OS-EXT-STS:task_state": null, "OS-EXT-STS:power_state": 12345678901234567890,
 "created": "21.11.2026", "metadata": {}, "addresses": {"net a/b~c": [{"addr": "10.0.0.4", "version": "4"}]},
 "links": [], "locked": false, "progress": 0, "tags": ["a", "b"]}}`

// synthetic is a run that holds every verdict and every kind of evidence.
func synthetic() Result {
	start := sent("e-3", "lifecycle.start.stopped", "nova.StartServer", "POST",
		"/v2.1/6f70656e737461636b20342065766572/servers/9f1c/action", `{"os-start": null}`, 500,
		`{"computeFault": {"message": "Unexpected API Error.", "code": 500}}`)
	show := sent("e-4", "lifecycle.start.stopped", "nova.ShowServer", "GET", "/v2.1/6f70/servers/9f1c?all=1", "", 200, serverReply)
	page := sent("e-7", "errors.awkward", "", "GET", "/v2.1/"+"very-long-segment/"+strings.Repeat("x", 400), "", 502,
		"<html><body><h1>502 Bad Gateway</h1><script>document.title='owned'</script>"+awkward)
	page.Response.Header = headers("Content-Type", "text/html", "X-Odd", awkward)
	cut := sent("e-8", "errors.awkward", "nova.ListServers", "GET", "/v2.1/6f70/servers", "", 200, `{"servers": [{"id": "1", "na`)
	down := sent("e-9", "jobs.settle", "ecs.ShowJob", "GET", "/v1/6f70/jobs/ff80", "", 0, "")
	down.Failure = "dial tcp 192.0.2.7:8774: connect: connection refused"
	long := sent("e-11", "microversions.list", "nova.ListServersDetail", "GET", "/v2.1/6f70/servers/detail", "", 200, manyServers(60))

	checks := []Check{
		{ID: "lifecycle.list.shows-created", Family: "lifecycle", Says: "a created server is in the list", Level: "must",
			Microversion: "2.26", Verdict: Pass, Began: at(1), Took: 812 * time.Millisecond, Labels: []string{"read-only"},
			Requirements: []Requirement{{"ECS-6.2.4-list", "The list names every server of the project.", "ecs 6.2.4 prose"}},
			Steps:        []string{"creating a server", "listing servers"},
			Exchanges:    []exchange.Exchange{sent("e-1", "lifecycle.list.shows-created", "nova.ListServers", "GET", "/v2.1/6f70/servers", "", 200, `{"servers": []}`)}},
		{ID: "lifecycle.start.stopped", Family: "lifecycle", Says: "starting a stopped server leads to ACTIVE", Level: "must",
			Microversion: "2.26", Verdict: Fail, Began: at(2), Took: 3140 * time.Millisecond,
			Reason: "os-start was answered with 500, want 202; read exchange e-3 and the log of the compute service at that time",
			Requirements: []Requirement{
				{"ECS-6.3.1-start", "Starting a stopped server is accepted and ends in ACTIVE.", "ecs 6.3.1 table 6-63"},
				{"ECS-A.3-states", "A server shows the status that its vm_state and task_state map to.", "ecs A.3 table A-4"}},
			Cited: []Requirement{
				{"ECS-10.1-statuses", "Only documented statuses are used.", "ecs 10.1"},
				{"R-217", "The version of an address is a number; text is tolerated.", "ecs 6.2.5 table 6-20"}},
			Steps:     []string{"given a stopped server", "asking to start it", "waiting until the task is over"},
			Leftovers: []string{"server 9f1c0b7e-52a4-4c5c-8b7e-2f1f0a9f3c11 (conform-4d1e)"},
			Exchanges: []exchange.Exchange{start, show},
			Findings: []Finding{
				{finding(validate.ClassUndocumented, validate.Note, "/server/tags", "undocumented", "no such member", "an array"), "e-4", "nova.ShowServer", "response", "member tags is documented from 2.27 on only"},
				{with(finding(validate.ClassSchema, validate.Deviation, "/server/addresses/net a~1b~0c/0/version", "type", "integer", "string \"4\""), "ecs 6.2.5 table 6-20", "R-217", ""), "e-4", "nova.ShowServer", "response", "the version of an address is text"},
				{with(finding(validate.ClassStatus, validate.Violation, "status", "status", "202", "500"), "ecs 6.3.1 table 6-64", "", "ECS-10.1-statuses"), "e-3", "nova.StartServer", "response", "os-start of a stopped server: want 202, got 500"},
				{with(finding(validate.ClassSchema, validate.Violation, "/server/created", "format", "a time like 2026-11-21T22:15:00Z", "\"21.11.2026\""), "ecs 6.2.5 table 6-19", "", "ECS-6.3.1-start"), "e-4", "nova.ShowServer", "response", "created is not a time in UTC"},
				{with(finding(validate.ClassSchema, validate.Violation, "/server/flavor", "required", "member flavor", "nothing"), "ecs 6.2.5 table 6-19", "", ""), "e-4", "nova.ShowServer", "response", "member flavor is missing"},
				{finding(validate.ClassUndocumented, validate.Violation, "query:all", "undocumented", "a documented parameter", "all=1"), "e-4", "nova.ShowServer", "request", "the request has a parameter that no document names"},
				{finding(validate.ClassSchema, validate.Violation, "header:OpenStack-API-Version", "const", "compute 2.25", "compute 2.26"), "e-4", "nova.ShowServer", "response", "the version that is echoed is another one"},
			}},
		{ID: "errors.awkward", Family: "errors", Says: "an answer may hold " + awkward, Level: "should", Verdict: Fail, Began: at(5), Took: 90 * time.Millisecond,
			Reason: "the body is HTML: " + awkward, Requirements: nil, Steps: []string{awkward},
			Findings: []Finding{
				{finding(validate.ClassContentType, validate.Violation, "header:Content-Type", "content-type", "application/json", "text/html"), "e-7", "", "response", "a body of another media type: " + awkward},
				{finding(validate.ClassSyntax, validate.Violation, "", "syntax", "JSON", strings.Repeat("long ", 300)+awkward), "e-8", "nova.ListServers", "response", "the body stops half-way"},
				{finding("", validate.Violation, "", "", "a refusal", "silence"), "", "", "", "a finding of the scenario"},
			},
			Exchanges: []exchange.Exchange{page, cut}},
		{ID: "jobs.settle", Family: "jobs", Says: "a job comes to its end", Level: "must", Verdict: Error, Began: at(6), Took: 30 * time.Second,
			Reason:       "the endpoint cannot be reached: connection refused; see that 192.0.2.7:8774 answers and run again",
			Requirements: []Requirement{{"ECS-5.8.1-status", "A job ends in SUCCESS or FAIL.", "ecs 5.8.1 table 5-63"}},
			Exchanges:    []exchange.Exchange{down}},
		{ID: "jobs.entities", Family: "jobs", Says: "a finished job names what it made", Level: "must", Verdict: NotRun,
			Reason:       "the limit of 20 minutes was reached; raise limits.minutes or select fewer checks",
			Requirements: []Requirement{{"ECS-5.8.1-entities", "A finished job names its entities.", "ecs 5.8.1 table 5-64"}}},
		{ID: "jobs.quota", Family: "jobs", Says: "the quota counts a created server", Level: "may", Verdict: Unsupported,
			Reason:       "the profile nova-community does not claim the ECS API",
			Requirements: []Requirement{{"ECS-5.7.1-used", "Quotas show what is used.", "ecs 5.7.1 table 5-60"}}},
		{ID: "microversions.list", Family: "microversions", Says: "members appear with their microversion", Level: "must", Microversion: "2.3", Verdict: Unsupported,
			Reason: "the profile nova-community does not claim the ECS API", Requirements: []Requirement{}},
		{ID: "microversions.list", Family: "microversions", Says: "members appear with their microversion", Level: "must", Microversion: "2.10", Verdict: Pass,
			Began: at(7), Took: 1250 * time.Millisecond, Requirements: []Requirement{{"ECS-3-order", "2.10 comes after 2.9.", "ecs 3"}},
			Findings:  []Finding{{finding(validate.ClassUndocumented, validate.Note, "/servers/50/OS-FLV-DISABLED:x", "undocumented", "no such member", "a string"), "e-11", "nova.ListServersDetail", "response", "an undocumented member"}},
			Exchanges: []exchange.Exchange{long}},
		{ID: "microversions.headers", Family: "microversions", Says: "both spellings of the header are understood", Level: "must", Verdict: Excluded,
			Reason: "left out by --skip: ticket 4711 <b>is open</b>"},
		{ID: "errors.envelope", Family: "errors", Says: "an error has the envelope of its API", Level: "must", Verdict: Fail, Provisional: true, Began: at(9), Took: 400 * time.Microsecond,
			Reason: "the envelope is another one; compare with ecs 10.2", Requirements: []Requirement{{"ECS-10.2-envelope", "Errors have an envelope.", "ecs 10.2 example 1"}}},
		{ID: "errors.not-found", Family: "errors", Says: "an unknown server is 404", Level: "must", Verdict: Pass, Began: at(9), Took: 15 * time.Millisecond,
			Requirements: []Requirement{{"ECS-10.1-statuses", "Only documented statuses are used.", "ecs 10.1"}}},
	}
	return Result{
		Header: Header{Schema: SchemaID, Tool: "ecsconform", Version: "0.1.0", Began: at(0), Profile: "nova-community",
			Selection: "family lifecycle, jobs, errors, microversions; without label slow", Seed: 4711, Checks: len(checks),
			Endpoint: []Setting{
				{"profile", "nova-community"}, {"region", "RegionOne"}, {"apis.iam", "http://192.0.2.7:5000"},
				{"apis.nova", "http://192.0.2.7:8774"}, {"credentials.user", "lab"}, {"credentials.password", "from environment OS_PASSWORD"},
				{"limits.servers", "4"}, {"note", awkward}}},
		Checks: checks,
		Footer: &Footer{Ended: at(222), Verdict: Fail, Reason: "2 decisive checks failed, first lifecycle.start.stopped@2.26; 1 could not be judged",
			Counts: Count(checks), Exit: 1, Interrupted: true},
	}
}

func with(f validate.Finding, source, ruling, requirement string) validate.Finding {
	f.Source, f.Ruling, f.Requirement = source, ruling, requirement
	return f
}

func manyServers(n int) string {
	var b strings.Builder
	b.WriteString(`{"servers": [`)
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"id": "%08d", "name": "s-%d", "status": "ACTIVE", "OS-FLV-DISABLED:x": "y", "flavor": {"id": "m1.tiny", "links": []}, "metadata": {"a": "1"}}`, i, i)
	}
	b.WriteString("]}")
	return b.String()
}

// unfinished is the same run, killed after four checks.
func unfinished() Result {
	r := synthetic()
	r.Checks = r.Checks[:4]
	r.Footer = nil
	return r
}

// nothing is a run that selected no check and has nothing to show.
func nothing() Result {
	return Result{
		Header: Header{Schema: SchemaID, Tool: "ecsconform", Version: "0.1.0", Began: at(0), Profile: "ecs", Selection: "id no.such.*"},
		Footer: &Footer{Ended: at(1), Verdict: Error, Reason: "no check was selected; ecsconform list checks shows their ids", Counts: map[Verdict]int{}, Exit: 3},
	}
}

// peaceful is a run in which everything that was judged passed.
func peaceful() Result {
	r := synthetic()
	var kept []Check
	for _, c := range r.Checks {
		if c.Verdict == Pass || c.Verdict == Unsupported {
			kept = append(kept, c)
		}
	}
	r.Checks = kept
	r.Header.Checks = len(kept)
	r.Footer = &Footer{Ended: at(60), Verdict: Pass, Counts: Count(kept)}
	return r
}

// curl stands in for the command that the exchange package makes.
func curl(x exchange.Exchange) string {
	return "curl -X " + x.Request.Method + " '" + x.Request.URL + "' -H \"X-Auth-Token: $TOKEN\""
}
