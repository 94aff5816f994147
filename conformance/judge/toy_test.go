package judge

import (
	"net/http"

	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// recorder is a validator that finds what it is told to and remembers what it was asked.
type recorder struct {
	request, response []validate.Finding
	op                string
	options           validate.Options
	path              map[string]string
	query             string
}

func (r *recorder) Request(op *contract.Operation, m *validate.Message, o validate.Options) []validate.Finding {
	r.op, r.options, r.path, r.query = op.ID, o, m.Path, m.Query
	return r.request
}

func (r *recorder) Response(*contract.Operation, *validate.Message, validate.Options) []validate.Finding {
	return r.response
}

// toy is a contract small enough to see through.
func toy() Contract {
	op := func(id, api, method, path, action string) contract.Operation {
		return contract.Operation{ID: id, API: api, Method: method, Path: path, Action: action, Success: []int{200, 202}}
	}
	byMember := func(id, path, action string) contract.Operation {
		o := op(id, "ecs", "POST", path, action)
		o.ActionMember = "action"
		return o
	}
	return Contract{
		Operations: []contract.Operation{
			op("iam.CreateToken", "iam", "POST", "/v3/auth/tokens", ""),
			op("nova.ListVersions", "nova", "GET", "/", ""),
			op("nova.ShowVersion", "nova", "GET", "/{api_version}", ""),
			op("nova.ListServers", "nova", "GET", "/v2.1/{project_id}/servers", ""),
			op("nova.CreateServer", "nova", "POST", "/v2.1/{project_id}/servers", ""),
			op("nova.ListServersDetail", "nova", "GET", "/v2.1/{project_id}/servers/detail", ""),
			op("nova.ShowServer", "nova", "GET", "/v2.1/{project_id}/servers/{server_id}", ""),
			op("nova.StartServer", "nova", "POST", "/v2.1/{project_id}/servers/{server_id}/action#os-start", "os-start"),
			byMember("ecs.CreateServerTags", "/v1/{project_id}/servers/{server_id}/tags/action#create", "create"),
			byMember("ecs.DeleteServerTags", "/v1/{project_id}/servers/{server_id}/tags/action#delete", "delete"),
			op("nova.LockServer", "nova", "POST", "/v2.1/{project_id}/servers/{server_id}/action#lock", "lock"),
			op("ecs.CreateServers", "ecs", "POST", "/v1/{project_id}/cloudservers", ""),
			op("ecs.DeleteServers", "ecs", "POST", "/v1/{project_id}/cloudservers/delete", ""),
			op("ecs.DeleteServerNics", "ecs", "POST", "/v1/{project_id}/cloudservers/{id}/nics/delete", ""),
			op("ecs.ShowThing", "ecs", "GET", "/v1/{project_id}/cloudservers/{id}", ""),
			op("ecs.ShowJob", "ecs", "GET", "/v1/{project_id}/jobs/{job_id}", ""),
			op("launch.Create", "launch", "POST", "/v2/{domain_id}/groups", ""),
		},
		Errors: []contract.ErrorCode{
			{Code: "Ecs.0005", Status: 400, Source: "ecs A.2"}, {Code: "Ecs.0114", Status: 404, Source: "ecs A.2"},
			{Code: "Ecs.0603", Status: 501, Source: "ecs A.2"}, {Code: "Common.0020", Status: 400, Source: "ecs A.2"},
			{Code: "Common.0024", Status: 202, Source: "ecs A.2"},
		},
		Statuses: []contract.Status{{Code: 200}, {Code: 202}, {Code: 400}, {Code: 401}, {Code: 403}, {Code: 404}, {Code: 406}, {Code: 409}, {Code: 429}, {Code: 500}, {Code: 501}, {Code: 503}},
		States: []contract.State{
			{VM: "active", Status: "ACTIVE", Source: "ecs A.3 table A-4"},
			{VM: "active", Task: "rebooting", Status: "REBOOT", Source: "ecs A.3 table A-4"},
			{VM: "active", Task: "resize_prep", Status: "RESIZE", Source: "ecs 6.3.8", Ruling: "R-033"},
			{VM: "active", Task: "*", Status: "ACTIVE", Source: "ecs A.3", Ruling: "R-035", Profiles: []string{community}},
			{VM: "paused", Task: "*", Status: "PAUSED", Source: "ecs 6.2.6", Ruling: "R-034"},
			{VM: "paused", Task: "migrating", Status: "MIGRATING", Source: "ecs 6.2.6", Ruling: "R-034"},
		},
	}
}

func toyJudge() (*Judge, *recorder) {
	r := &recorder{}
	return Of(r, toy()), r
}

func headers(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i+1 < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

func version(s string) microversion.Version {
	if s == "" {
		return microversion.Version{}
	}
	return microversion.MustParse(s)
}

// brief is a finding in few words: "violation response /error/code R-018".
func brief(findings []report.Finding) []string {
	var out []string
	for _, f := range findings {
		text := string(f.Severity) + " " + f.Direction + " " + f.Pointer
		if f.Ruling != "" {
			text += " " + f.Ruling
		}
		out = append(out, text)
	}
	return out
}
