package judge

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/catalog"
)

func TestRoute(t *testing.T) {
	for _, c := range []struct{ method, path, body, op, params string }{
		{"GET", "/", "", "nova.ListVersions", "map[]"},
		{"GET", "", "", "nova.ListVersions", "map[]"},
		{"GET", "/v2.1", "", "nova.ShowVersion", "map[api_version:v2.1]"},
		{"GET", "/v2.1/", "", "nova.ShowVersion", "map[api_version:v2.1]"},
		{"GET", "/v2", "", "nova.ShowVersion", "map[api_version:v2]"},
		{"POST", "/v3/auth/tokens", "", "iam.CreateToken", "map[]"},
		{"GET", "/v2.1/p/servers?limit=1", "", "nova.ListServers", "map[project_id:p]"},
		{"GET", "/v2.1/p/servers/detail", "", "nova.ListServersDetail", "map[project_id:p]"},
		{"GET", "/v2.1/p/servers/detail/", "", "nova.ListServersDetail", "map[project_id:p]"},
		{"GET", "/v2.1/p/servers/details", "", "nova.ShowServer", "map[project_id:p server_id:details]"},
		{"GET", "/v2.1/p%2Fq/servers/a%20b", "", "nova.ShowServer", "map[project_id:p/q server_id:a b]"},
		{"GET", "/v2.1/p%zz/servers/x", "", "nova.ShowServer", "map[project_id:p%zz server_id:x]"},
		{"GET", "/v2/p/servers/x", "", "nova.ShowServer", "map[project_id:p server_id:x]"},
		{"POST", "/v2/d/groups", "", "launch.Create", "map[domain_id:d]"},
		{"POST", "/v1/p/cloudservers/delete", "", "ecs.DeleteServers", "map[project_id:p]"},
		{"GET", "/v1/p/cloudservers/delete", "", "ecs.ShowThing", "map[id:delete project_id:p]"},
		{"POST", "/v2.1/p/servers/x/action", `{"os-start":null}`, "nova.StartServer", "map[project_id:p server_id:x]"},
		{"POST", "/v2.1/p/servers/x/action", ` { "lock" : {"a":[1,"}"]} }`, "nova.LockServer", "map[project_id:p server_id:x]"},
		{"POST", "/v2.1/p/servers/x/action", `{"l\u006fck":1}`, "nova.LockServer", "map[project_id:p server_id:x]"},
		{"POST", "/v2.1/p/servers/x/action", `{"x":{"os-start":1},"y":"lock","lock":1}`, "nova.LockServer", "map[project_id:p server_id:x]"},
		{"POST", "/v2.1/p/servers/x/action", `{"os-start":1,"lock":1}`, "nova.StartServer", "map[project_id:p server_id:x]"},
		{"POST", "/v2.1/p/servers/x/action", `{"lock":1,"lock":2}`, "nova.LockServer", "map[project_id:p server_id:x]"},
		{"POST", "/v2.1/p/servers/x/action", `{"lock":`, "nova.LockServer", "map[project_id:p server_id:x]"},
		{"POST", "/v2.1/p/servers/x/action", `{"x":"os-start"}`, "", ""},
		{"POST", "/v2.1/p/servers/x/action", `["lock"]`, "", ""},
		{"POST", "/v2.1/p/servers/x/action", `{"lock`, "", ""},
		{"POST", "/v2.1/p/servers/x/action", ``, "", ""},
		{"POST", "/v2.1/p/servers/x/action", `{"action":"lock"}`, "", ""},
		{"POST", "/v1/p/servers/x/tags/action", `{"tags":[{"action":"delete"}],"action": "create"}`, "ecs.CreateServerTags", "map[project_id:p server_id:x]"},
		{"POST", "/v1/p/servers/x/tags/action", `{"action":"del\u0065te","action":"create"}`, "ecs.DeleteServerTags", "map[project_id:p server_id:x]"},
		{"POST", "/v1/p/servers/x/tags/action", `{"action":"Create"}`, "", ""},
		{"POST", "/v1/p/servers/x/tags/action", `{"action":["create"]}`, "", ""},
		{"POST", "/v1/p/servers/x/tags/action", `{"create":null}`, "", ""},
		{"POST", "/v1/p/servers/x/tags/action", `{"action":"crea`, "", ""},
		{"DELETE", "/v2.1/p/servers", "", "", ""},
		{"GET", "/v2.1//servers", "", "", ""},
		{"GET", "/v9/p/servers", "", "", ""},
		{"GET", "/v2.1/p/servers/x/y/z", "", "", ""},
		{"get", "/v2.1/p/servers", "", "", ""},
	} {
		t.Run(c.method+" "+c.path+" "+c.body, func(t *testing.T) {
			g := NewWithT(t)
			j, _ := toyJudge()
			op, params, ok := j.Route(c.method, c.path, []byte(c.body))
			g.Expect(ok).To(Equal(c.op != ""))
			if ok {
				g.Expect(op.ID).To(Equal(c.op))
				g.Expect(fmt.Sprint(params)).To(Equal(c.params))
			}
		})
	}
}

func TestABasePathStandsBeforeTheContract(t *testing.T) {
	g := NewWithT(t)
	j, r := toyJudge()
	o := Options{API: "nova", Base: "/compute"}
	g.Expect(j.Verdict(Raw{Method: "GET", URL: "http://h/compute/v2.1/p/servers/x?a=b#c"}, o).Operation).To(Equal("nova.ShowServer"))
	g.Expect(r.query).To(Equal("a=b"))
	g.Expect(j.Verdict(Raw{Method: "GET", URL: "http://h/compute"}, o).Operation).To(Equal("nova.ListVersions"))
	g.Expect(j.Verdict(Raw{Method: "GET", URL: "http://h/computer/v2.1/p/servers"}, o).Operation).To(BeEmpty())
	g.Expect(j.Verdict(Raw{Method: "GET", URL: "http://h/v3"}, Options{API: "iam"}).Operation).To(BeEmpty(), "another API's path is not this one's")
	g.Expect(j.Verdict(Raw{Method: "GET", URL: "http://h/v3"}, Options{API: "unknown"}).Operation).To(BeEmpty())
	g.Expect(j.Verdict(Raw{Method: "GET", URL: "http://h:bad port/v2.1/p/servers"}, Options{}).Operation).To(Equal("nova.ListServers"))
}

func TestWhatTheContractDoesNotHaveIsANote(t *testing.T) {
	g := NewWithT(t)
	j, _ := toyJudge()
	for url, says := range map[string]string{
		"PUT http://h/v2.1/p/servers":           "PUT was sent with the method PUT: want the method GET or POST; exchange e-1",
		"POST http://h/v2.1/p/servers/x/action": "POST was sent with no action that is documented: want one of the actions lock, os-start; exchange e-1",
		"GET http://h/v2/d/groups":              "GET was sent with the method GET: want the method POST; exchange e-1",
		"GET http://h/v9":                       "",
		"GET http://h/v9/a":                     "GET was sent with the path /v9/a: want a path of the contract; exchange e-1",
	} {
		method, address, _ := strings.Cut(url, " ")
		v := j.Verdict(Raw{ID: "e-1", Method: method, URL: address, Status: 500}, Options{})
		if says == "" {
			g.Expect(v.Operation).To(Equal("nova.ShowVersion"))
			continue
		}
		g.Expect(brief(v.Findings)).To(Equal([]string{"note request "}))
		g.Expect(v.Findings[0].Message).To(Equal(says))
	}
}

// Every operation of the real contract is found again by its own path, and only it.
func TestEveryOperationHasItsRoute(t *testing.T) {
	j := New(&recorder{})
	for i := range catalog.Operations {
		op := &catalog.Operations[i]
		path, _, _ := strings.Cut(op.Path, "#")
		var segs []string
		for _, s := range segments(path) {
			if strings.HasPrefix(s, "{") {
				s = "some-value"
			}
			segs = append(segs, s)
		}
		var body string
		if op.Action != "" {
			body = `{"` + op.Action + `": null}`
			if op.ActionMember != "" {
				body = `{"` + op.ActionMember + `": "` + op.Action + `"}`
			}
		}
		for _, api := range []string{op.API, ""} {
			r := j.find(api, op.Method, "/"+strings.Join(segs, "/"), []byte(body))
			if r.op == nil || r.op.ID != op.ID {
				t.Errorf("%s %s as %q: got %v", op.Method, op.Path, api, r.op)
			}
		}
	}
}
