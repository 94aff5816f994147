package expect

import (
	"net/http"
	"strings"
	"testing"

	"github.com/onsi/gomega/types"

	"github.com/ecsconform/ecsconform/gen/microversion"
)

// reply is shaped as the replies of the generated clients are.
type reply struct {
	fields
}

type fields struct {
	Body   []byte
	status int
	header http.Header
}

func (r reply) StatusCode() int     { return r.status }
func (r reply) Header() http.Header { return r.header }

func said(status int, body string, header ...string) *reply {
	h := http.Header{}
	for i := 0; i+1 < len(header); i += 2 {
		h.Add(header[i], header[i+1])
	}
	return &reply{fields{[]byte(body), status, h}}
}

func TestMatchers(t *testing.T) {
	const (
		nova     = `{"itemNotFound": {"code": 404, "message": "no such server"}}`
		ecs      = `{"error": {"code": "Ecs.0114", "message": "no such server"}}`
		iam      = `{"error": {"code": 401, "title": "Unauthorized", "message": "who are you"}}`
		platform = `{"error_code": "APIGW.0301", "error_msg": "who are you"}`
		job      = `{"code": "Common.0011", "message": "no such job"}`
	)
	for _, c := range []struct {
		name    string
		matcher types.GomegaMatcher
		actual  any
		got     string // part of the failure; "" if it matches
	}{
		{"nova's envelope", BeRefused(404, "itemNotFound"), said(404, nova), ""},
		{"the ECS envelope", BeRefused(404, "Ecs.0114", "Ecs.0614"), said(404, ecs), ""},
		{"IAM's envelope", BeRefused(401), said(401, iam), ""},
		{"the platform's envelope", BeRefused(401), said(401, platform), ""},
		{"the job query's envelope", BeRefused(400, "Common.0011"), said(400, job), ""},
		{"another status", BeRefused(404), said(409, nova), "got: refused with 409 itemNotFound (no such server)"},
		{"another code", BeRefused(404, "Ecs.0614"), said(404, ecs), "got: refused with 404 Ecs.0114"},
		{"not refused", BeRefused(404), said(200, `{}`), "got: accepted with 200"},
		{"an unknown envelope", BeRefused(404), said(404, `{"oops": true}`), "a body of no documented envelope"},
		{"two faults at once", BeRefused(404), said(404, `{"a": {"code": 404, "message": "x"}, "b": {"code": 404, "message": "x"}}`), "a body of no documented envelope"},
		{"not JSON", BeRefused(404), said(404, `<html>`), "a body of no documented envelope"},
		{"no message", BeRefused(404), said(404, `{"itemNotFound": {"code": 404}}`), "and no message"},
		{"one of two statuses", BeRefusedWithAny([]int{400, 404}), said(404, nova), ""},
		{"none of two statuses", BeRefusedWithAny([]int{400, 409}), said(404, nova), "expected: refused with 400 or 409"},

		{"turned down", BeTurnedDown(), said(404, nova), ""},
		{"not turned down", BeTurnedDown(), said(200, `{}`), "accepted with 200"},
		{"turned down for its credentials", BeTurnedDown(), said(401, ecs), "expected: refused with a status of 400 to 499 that blames the request"},
		{"turned down by a failure", BeTurnedDown(), said(500, ecs), "refused with 500"},
		{"a finer code", BeRefused(400, "Ecs.0039"), said(400, `{"error": {"code": "Ecs.0005", "message": "no", "details": [{"code": "Ecs.0039"}]}}`), ""},

		{"a job that succeeds", JobSucceeds(), toEnd{said(200, `{"job_id": "j"}`), "SUCCESS", nil}, ""},
		{"a job that fails", JobSucceeds(), toEnd{said(200, `{"job_id": "j"}`), "FAIL", []string{"Ecs.0031"}}, "ended with FAIL Ecs.0031"},
		{"no job", JobSucceeds(), toEnd{said(202, ""), "", nil}, "taken with 202 and without a job"},
		{"a refusal of a job", JobSucceeds(), toEnd{said(404, ecs), "", nil}, "refused with 404 Ecs.0114"},
		{"refused at once", BeDeclined("Ecs.0114"), toEnd{said(404, ecs), "", nil}, ""},
		{"refused for another reason", BeDeclined("Ecs.0031"), toEnd{said(404, ecs), "", nil}, "refused with 404 Ecs.0114"},
		{"refused with 500", BeDeclined("Ecs.0114"), toEnd{said(500, ecs), "", nil}, "refused with 500"},
		{"refused by the job", BeDeclined("Ecs.0031"), toEnd{said(200, `{"job_id": "j"}`), "FAIL", []string{"Common.0021", "Ecs.0031"}}, ""},
		{"not refused by the job", BeDeclined("Ecs.0031"), toEnd{said(200, `{"job_id": "j"}`), "SUCCESS", nil}, "ended with SUCCESS"},

		{"a status", Status(200, 202), said(202, ""), ""},
		{"another", Status(200, 202), said(404, nova), "got: status 404 itemNotFound (no such server)"},

		{"the version echoed", EchoVersion(microversion.MustParse("2.26")),
			said(200, "", "OpenStack-API-Version", "compute 2.26", "X-OpenStack-Nova-API-Version", "2.26"), ""},
		{"another version", EchoVersion(microversion.MustParse("2.26")),
			said(200, "", "OpenStack-API-Version", "compute 2.1", "X-OpenStack-Nova-API-Version", "2.26"), "OpenStack-API-Version: compute 2.1"},
		{"half of the headers", EchoVersion(microversion.MustParse("2.26")), said(200, "", "OpenStack-API-Version", "compute 2.26"), "X-OpenStack-Nova-API-Version:  and"},
		{"vary", Vary("OpenStack-API-Version", "X-OpenStack-Nova-API-Version"),
			said(200, "", "Vary", "openstack-api-version", "Vary", "Accept, X-OpenStack-Nova-API-Version"), ""},
		{"too little vary", Vary("OpenStack-API-Version"), said(200, "", "Vary", "Accept"), "expected: Vary with OpenStack-API-Version"},
		{"no header", NoHeader("OpenStack-API-Version"), said(200, ""), ""},
		{"a header", NoHeader("OpenStack-API-Version"), said(200, "", "OpenStack-API-Version", "compute 2.1"), "got: OpenStack-API-Version: compute 2.1"},

		{"a member", Member("/server/OS-EXT-SRV-ATTR:hostname"), said(200, `{"server": {"OS-EXT-SRV-ATTR:hostname": null}}`), ""},
		{"no such member", Member("/server/locked"), said(200, `{"server": {}}`), "got: the body lacks it"},
		{"without a member", NoMember("/server/locked"), said(200, `{"server": {}}`), ""},
		{"with a member", NoMember("/server/locked"), said(200, `{"server": {"locked": true}}`), "got: a Boolean"},

		{"an entry of a list", Member("/servers/0/id"), said(200, `{"servers": [{"id": "a"}]}`), ""},
		{"no such entry", Member("/servers/1/id"), said(200, `{"servers": [{"id": "a"}]}`), "got: the body lacks it"},

		{"so many", HaveLen(1), []int{7}, ""},
		{"too many", HaveLen(0), []int{7}, "got: 1 entry"},
		{"contains", Contain("a"), []string{"b", "a"}, ""},
		{"does not contain", Contain("a"), []string{"b"}, "got: [b]"},
		{"in any order", BeInAnyOrder("a", "b"), []string{"b", "a"}, ""},
		{"one is missing", BeInAnyOrder("a", "b"), []string{"b", "b"}, "got: [b b]"},

		{"the same", SameMember("/servers/0", said(200, `{"server": {"b": [1, {"c": null}], "a": "x"}}`), "/server"),
			said(200, `{"servers": [{"a": "x", "b": [1, {"c": null}]}]}`), ""},
		{"another value", SameMember("/servers/0", said(200, `{"server": {"b": [1, {"c": null}]}}`), "/server"),
			said(200, `{"servers": [{"b": [1, {"c": 0}]}]}`), "they part at /servers/0/b/1/c"},
		{"one more", SameMember("/servers/0", said(200, `{"server": {}}`), "/server"), said(200, `{"servers": [{"b": 1}]}`), "they part at /servers/0/b"},
		{"a shorter list", SameMember("/a", said(200, `{"a": [1, 2]}`), "/a"), said(200, `{"a": [1]}`), "they part at /a"},
		{"nothing to compare", SameMember("/a", said(200, `{}`), "/b"), said(200, `{"a": 1}`), "the other body lacks /b"},

		{"equal", Be("a"), new("a"), ""},
		{"equal lists", Be([]string{"a"}), []word{"a"}, ""},
		{"nothing", Be(nil), (*string)(nil), ""},
		{"not equal", Be("a"), word("b"), `got: "b"`},
		{"a number is no text", Be(1), "1", "expected: 1"},
		{"one of two", BeOneOf("a", "b"), "b", ""},
		{"neither", BeOneOf("a", "b"), "c", `expected: "a" or "b"`},
	} {
		ok, err := c.matcher.Match(c.actual)
		text := c.matcher.FailureMessage(c.actual)
		switch {
		case err != nil:
			t.Errorf("%s: %v", c.name, err)
		case ok != (c.got == ""):
			t.Errorf("%s: match is %t: %s", c.name, ok, text)
		case !ok && !strings.Contains(text, c.got):
			t.Errorf("%s: the failure\n%s\nlacks %q", c.name, text, c.got)
		}
		if expected, got := Halves(text); expected == "" || got == "" {
			t.Errorf("%s: the failure has no two halves: %q", c.name, text)
		}
		if expected, _ := Halves(c.matcher.NegatedFailureMessage(c.actual)); !strings.HasPrefix(expected, "not ") {
			t.Errorf("%s: the contrary does not say so: %q", c.name, expected)
		}
	}
}

// toEnd is shaped as attempt.Followed is.
type toEnd struct {
	reply  *reply
	status string
	codes  []string
}

func (e toEnd) Answer() any                       { return e.reply }
func (e toEnd) Ended() (string, []string, string) { return e.status, e.codes, "so it is" }

type word string

func TestMatchersRefuseOtherThings(t *testing.T) {
	for name, m := range map[string]types.GomegaMatcher{
		"BeRefused": BeRefused(404), "Status": Status(200), "EchoVersion": EchoVersion(microversion.Default),
		"Vary": Vary("Accept"), "NoHeader": NoHeader("Accept"), "Member": Member("/a"), "NoMember": NoMember("/a"),
		"HaveLen": HaveLen(1), "JobSucceeds": JobSucceeds(), "BeDeclined": BeDeclined("a"), "Contain": Contain("a"), "BeInAnyOrder": BeInAnyOrder("a"), "SameMember": SameMember("/a", said(200, "{}"), "/a"),
	} {
		if ok, err := m.Match("a text"); ok || err == nil {
			t.Errorf("%s takes a text: %t, %v", name, ok, err)
		}
	}
}
