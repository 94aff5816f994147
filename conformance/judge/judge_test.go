package judge

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

const serverURL = "http://h/v2.1/p/servers/x"

func TestTheMicroversionFollowsFromTheRequest(t *testing.T) {
	legacy, standard := microversion.LegacyHeader, microversion.StandardHeader
	for _, c := range []struct {
		name, url string
		sent      []string
		maximum   string
		judged    string
	}{
		{"none", serverURL, nil, "2.60", "2.1"},
		{"legacy", serverURL, []string{legacy, "2.26"}, "", "2.26"},
		{"standard", serverURL, []string{standard, "compute 2.3"}, "", "2.3"},
		{"both: the standard one", serverURL, []string{legacy, "2.26", standard, "compute 2.27"}, "", "2.27"},
		{"another service does not count", serverURL, []string{standard, "identity 3.0", legacy, "2.5"}, "", "2.5"},
		{"a list of services", serverURL, []string{standard, "identity 3.0, Compute 2.9 ,image 2.4"}, "", "2.9"},
		{"the last of a list", serverURL, []string{legacy, "2.3, 2.10"}, "", "2.10"},
		{"one word is as good as none", serverURL, []string{standard, "2.27", legacy, "2.4"}, "", "2.4"},
		{"latest", serverURL, []string{legacy, "latest"}, "2.60", "2.60"},
		{"latest of an unknown endpoint", serverURL, []string{standard, "compute latest"}, "", "2.1"},
		{"malformed", serverURL, []string{legacy, "2.01"}, "", "2.1"},
		{"v2 has none", "http://h/v2/p/servers/x", []string{legacy, "2.26"}, "2.60", "2.1"},
		{"the version document has one", "http://h/v2.1/", []string{legacy, "2.26"}, "", "2.26"},
		{"the root has none", "http://h/", []string{legacy, "2.26"}, "", ""},
		{"other APIs have none", "http://h/v1/p/jobs/j", []string{legacy, "2.26"}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := NewWithT(t)
			j, r := toyJudge()
			v := j.Verdict(Raw{Method: "GET", URL: c.url, RequestHeader: headers(c.sent...)}, Options{Maximum: version(c.maximum), Profile: "nova"})
			g.Expect(v.Version.String()).To(Equal(c.judged))
			g.Expect(r.options).To(Equal(validate.Options{Version: version(c.judged), Profile: "nova"}))
			if c.name == "malformed" {
				g.Expect(brief(v.Findings)).To(Equal([]string{"violation request header:" + legacy + " R-225"}))
			} else {
				g.Expect(v.Findings).To(BeEmpty())
			}
		})
	}
}

func TestAnswersNameTheirMicroversion(t *testing.T) {
	legacy, standard := microversion.LegacyHeader, microversion.StandardHeader
	for _, c := range []struct {
		name           string
		url            string
		sent, answered []string
		status         int
		found          []string
	}{
		{"both right", serverURL, []string{legacy, "2.26"}, []string{legacy, "2.26", standard, "compute 2.26"}, 200, nil},
		{"optional", serverURL, []string{legacy, "2.26"}, nil, 200, nil},
		{"another version", serverURL, []string{legacy, "2.26"}, []string{legacy, "2.1", standard, "compute 2.26"}, 200, []string{"violation response header:" + legacy + " R-223"}},
		{"no version at all", serverURL, nil, []string{legacy, "2.1", standard, "2.1"}, 200, []string{"violation response header:" + standard + " R-223"}},
		{"latest is a number", serverURL, []string{legacy, "latest"}, []string{legacy, "latest"}, 200, []string{"violation response header:" + legacy + " R-223"}},
		{"latest resolved", serverURL, []string{legacy, "latest"}, []string{legacy, "2.60"}, 200, nil},
		{"out of range names what was refused", serverURL, []string{legacy, "2.99"}, []string{legacy, "2.99"}, 406, nil},
		{"nobody is asked with a wrong token", serverURL, []string{legacy, "2.26"}, []string{legacy, "2.1"}, 401, nil},
		{"v2 has none", "http://h/v2/p/servers/x", nil, []string{legacy, "2.50"}, 200, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := NewWithT(t)
			j, _ := toyJudge()
			f := j.Exchange(Raw{Method: "GET", URL: c.url, RequestHeader: headers(c.sent...), Status: c.status, ResponseHeader: headers(c.answered...)},
				Options{Maximum: version("2.60")})
			g.Expect(brief(f)).To(Equal(c.found))
		})
	}
}

func TestCodesAndStatuses(t *testing.T) {
	for _, c := range []struct {
		name, method, url string
		status            int
		body              string
		profile           string
		found             []string
	}{
		{"listed", "POST", "/v1/p/cloudservers", 400, `{"error":{"code":"Ecs.0005","message":"m"}}`, "", nil},
		{"pretends to be listed", "POST", "/v1/p/cloudservers", 400, `{"error":{"code":"Ecs.9999","message":"m"}}`, "", []string{"violation response /error/code R-018"}},
		{"another service's", "POST", "/v1/p/cloudservers", 400, `{"error":{"code":"VPC.0101","message":"m"}}`, "", []string{"deviation response /error/code R-018"}},
		{"broken like the page", "POST", "/v1/p/cloudservers", 400, `{"error":{"code":"Comm on.00 20","message":"m"}}`, "", []string{"violation response /error/code R-010"}},
		{"in a detail", "POST", "/v1/p/cloudservers", 400, `{"error":{"code":"Ecs.0005","message":"m","details":[{"code":"Ecs.0114"},{},{"code":"Ecs.7777"}]}}`, "", []string{"violation response /error/details/2/code R-018"}},
		{"gateway's form takes any code", "POST", "/v1/p/cloudservers", 400, `{"error_code":"IMG.0001","error_msg":"m"}`, "", nil},
		{"its status all the same", "POST", "/v1/p/cloudservers", 404, `{"error_code":"Ecs.0005","error_msg":"m"}`, "", []string{"deviation response /error_code R-013"}},
		{"status of the same class", "POST", "/v1/p/cloudservers", 409, `{"error":{"code":"Ecs.0005","message":"m"}}`, "", []string{"deviation response /error/code R-013"}},
		{"a status that the section names", "POST", "/v1/p/cloudservers/s/nics/delete", 403, `{"error":{"code":"Ecs.0005","message":"m"}}`, "", nil},
		{"a status that the section does not name", "POST", "/v1/p/cloudservers/s/nics/delete", 404, `{"error":{"code":"Ecs.0005","message":"m"}}`, "", []string{"deviation response /error/code R-013"}},
		{"status of another class", "POST", "/v1/p/cloudservers", 501, `{"error":{"code":"Ecs.0005","message":"m"}}`, "", []string{"violation response /error/code R-013"}},
		{"busy as listed", "POST", "/v1/p/cloudservers", 501, `{"error":{"code":"Ecs.0603","message":"m"}}`, "", nil},
		{"busy otherwise", "POST", "/v1/p/cloudservers", 409, `{"error":{"code":"Ecs.0603","message":"m"}}`, "", []string{"deviation response /error/code R-015"}},
		{"busy wrongly", "POST", "/v1/p/cloudservers", 404, `{"error":{"code":"Ecs.0603","message":"m"}}`, "", []string{"violation response /error/code R-015"}},
		{"flow control in a success", "POST", "/v1/p/cloudservers", 202, `{"error":{"code":"Common.0024","message":"m"}}`, "", []string{"deviation response /error/code R-012"}},
		{"refusal in a success", "POST", "/v1/p/cloudservers", 200, `{"error":{"code":"Ecs.0005","message":"m"}}`, "", []string{"violation response /error/code R-012"}},
		{"failed job", "GET", "/v1/p/jobs/j", 200, `{"status":"FAIL","error_code":"Ecs.0114","entities":{"sub_jobs":[{"error_code":"Ecs.0114"},{"error_code":null},{"error_code":"Ecs.0000x"}]}}`, "", []string{"deviation response /entities/sub_jobs/2/error_code R-018"}},
		{"failed job with a wrong code", "GET", "/v1/p/jobs/j", 200, `{"status":"FAIL","error_code":"Ecs.6666"}`, "", []string{"violation response /error_code R-018"}},
		{"other types are the validator's", "POST", "/v1/p/cloudservers", 400, `{"error":{"code":5,"details":{}},"error_code":[]}`, "", nil},
		{"Nova's fault", "GET", "/v2.1/p/servers/x", 404, `{"itemNotFound":{"code":404,"message":"m"}}`, "", nil},
		{"Nova's fault with another code", "GET", "/v2.1/p/servers/x", 404, `{"itemNotFound":{"code":400,"message":"m"}}`, "", []string{"violation response /itemNotFound/code R-003"}},
		{"the words of Nova's router", "GET", "/v2.1/p/servers/x", 404, `{"message":"m","code":"404 Not Found","title":"Not Found"}`, "", nil},
		{"the words of Nova's router for another status", "GET", "/v2.1/p/servers/x", 400, `{"message":"m","code":"404 Not Found","title":"Not Found"}`, "", []string{"violation response /code R-062"}},
		{"IAM's error with another code", "POST", "/v3/auth/tokens", 401, `{"error":{"code":403,"message":"m","title":"t"}}`, "", []string{"violation response /error/code R-004"}},
		{"no such status", "GET", "/v2.1/p/servers/x", 418, ``, "", []string{"violation response status R-020"}},
		{"gone", "GET", "/v2.1/p/servers/x", 410, ``, "nova", []string{"violation response status R-020"}},
		{"gone from a community Nova", "GET", "/v2.1/p/servers/x", 410, ``, community, []string{"deviation response status R-061"}},
		{"a fault of its own", "GET", "/v2.1/p/servers/x", 500, ``, "", []string{"note response status"}},
		{"flow control", "GET", "/v2.1/p/servers/x", 429, `{"itemNotFound":{"code":1}}`, "", []string{"note response status", "note response /itemNotFound/code R-003"}},
		{"gateway", "POST", "/v1/p/cloudservers", 503, `{"error":{"code":"Ecs.0005","message":"m"}}`, "", []string{"note response status"}},
		{"not JSON", "POST", "/v1/p/cloudservers", 400, `{"error":`, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := NewWithT(t)
			j, _ := toyJudge()
			f := j.Exchange(Raw{Method: c.method, URL: "http://h" + c.url, Status: c.status, ResponseBody: []byte(c.body)}, Options{Profile: c.profile})
			g.Expect(brief(f)).To(Equal(c.found))
		})
	}
}

func TestStatesFitTableA4(t *testing.T) {
	for _, c := range []struct{ vm, task, status, profile, found string }{
		{"active", "null", "ACTIVE", "nova", ""},
		{"active", `"rebooting"`, "REBOOT", "nova", ""},
		{"active", `""`, "ACTIVE", "nova", ""},
		{"ACTIVE", "null", "ACTIVE", "nova", ""},
		{"active", `"rebooting"`, "ACTIVE", "nova", "violation"},
		{"active", `"rebooting"`, "ACTIVE", community, "violation"},
		{"active", `"rebooting"`, "UNKNOWN", "nova", "violation"},
		{"active", `"resize_prep"`, "RESIZE", "nova", ""},
		{"active", `"resize_prep"`, "UNKNOWN", "nova", "deviation R-033"},
		{"active", `"resize_prep"`, "ACTIVE", "nova", "violation R-033"},
		{"active", `"image_snapshot"`, "UNKNOWN", "nova", ""},
		{"active", `"image_snapshot"`, "ACTIVE", "nova", "violation"},
		{"active", `"image_snapshot"`, "ACTIVE", community, "deviation R-035"},
		{"active", `"image_snapshot"`, "UNKNOWN", community, ""},
		{"active", `"image_snapshot"`, "ERROR", community, "violation"},
		{"paused", `"unpausing"`, "PAUSED", "nova", ""},
		{"paused", `"migrating"`, "MIGRATING", "nova", ""},
		{"paused", `"migrating"`, "PAUSED", "nova", "violation R-034"},
		{"paused", "null", "UNKNOWN", "nova", "deviation R-034"},
		{"rescued", "null", "UNKNOWN", "nova", ""},
		{"rescued", "null", "RESCUE", "nova", "violation"},
		{"active", "7", "BUILD", "nova", ""}, // another type is the validator's
	} {
		t.Run(c.vm+" "+c.task+" "+c.status+" "+c.profile, func(t *testing.T) {
			g := NewWithT(t)
			j, _ := toyJudge()
			one := `{"status":"` + c.status + `","OS-EXT-STS:vm_state":"` + c.vm + `","OS-EXT-STS:task_state":` + c.task + `}`
			for pointer, body := range map[string]string{
				"/server/status":    `{"server":` + one + `}`,
				"/servers/1/status": `{"servers":[{"status":"ACTIVE","OS-EXT-STS:vm_state":"active","OS-EXT-STS:task_state":null},` + one + `]}`,
			} {
				f := j.Exchange(Raw{Method: "GET", URL: serverURL, Status: 200, ResponseBody: []byte(body)}, Options{Profile: c.profile})
				if c.found == "" {
					g.Expect(f).To(BeEmpty())
					continue
				}
				g.Expect(f).To(HaveLen(1))
				text := string(f[0].Severity)
				if f[0].Ruling != "" {
					text += " " + f[0].Ruling
				}
				g.Expect(text).To(Equal(c.found))
				g.Expect(f[0].Pointer).To(Equal(pointer))
			}
		})
	}
}

func TestFindingsSayWhatWhereAndWhy(t *testing.T) {
	g := NewWithT(t)
	j, r := toyJudge()
	r.request = []validate.Finding{{Class: validate.ClassSchema, Severity: validate.Violation, Pointer: "query:limit", Keyword: "type",
		Expected: "an integer", Got: "a string", Source: "ecs 6.2.4 table 6-33"}}
	r.response = []validate.Finding{{Class: validate.ClassSchema, Severity: validate.Violation, Pointer: "/server/id", Keyword: "type",
		Expected: "a string", Got: "a number", Source: "ecs 6.2.6 table 6-49", Requirement: "ECS-6.2.6-id"}}
	raw := Raw{ID: "e-7", Method: "GET", URL: serverURL, RequestHeader: headers(microversion.LegacyHeader, "2.26"), Status: 200}
	f := j.Exchange(raw, Options{})
	g.Expect(brief(f)).To(Equal([]string{"violation request query:limit", "violation response /server/id"}))
	g.Expect(f[0].Message).To(Equal("GET /v2.1/{project_id}/servers/{server_id} at 2.26 was sent with a string in query parameter limit: want an integer (ecs 6.2.4 table 6-33); exchange e-7"))
	g.Expect(f[1].Message).To(Equal("GET /v2.1/{project_id}/servers/{server_id} at 2.26 answered 200 with a number at /server/id: want a string (ecs 6.2.6 table 6-49, ECS-6.2.6-id); exchange e-7"))
	g.Expect(f[1].Exchange).To(Equal("e-7"))
	g.Expect(f[1].Operation).To(Equal("nova.ShowServer"))

	f = j.Exchange(raw, Options{IntendedInvalid: true})
	g.Expect(brief(f)).To(Equal([]string{"note request query:limit", "violation response /server/id"}), "only the request was meant to be wrong")
	raw.Status = 503
	g.Expect(brief(j.Exchange(raw, Options{}))).To(Equal([]string{"violation request query:limit", "note response /server/id", "note response status"}))
	raw.Status = 0
	g.Expect(brief(j.Exchange(raw, Options{}))).To(Equal([]string{"violation request query:limit"}), "no answer, no finding about one")
}
