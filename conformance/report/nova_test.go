package report

import (
	"fmt"
	"time"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// nova is a run against a community Nova as one of its size is seen: every check
// passes, and each answer that shows a server leaves the same members out
// and has null for its description. The last exchange of each check is a list.
func nova(checks, exchanges int) Result {
	missing := []string{"OS-EXT-SRV-ATTR:host", "OS-EXT-SRV-ATTR:hypervisor_hostname", "OS-EXT-SRV-ATTR:instance_name",
		"OS-EXT-SRV-ATTR:hostname", "OS-EXT-SRV-ATTR:reservation_id", "OS-EXT-SRV-ATTR:launch_index", "OS-EXT-SRV-ATTR:kernel_id",
		"OS-EXT-SRV-ATTR:ramdisk_id", "OS-EXT-SRV-ATTR:root_device_name", "OS-EXT-SRV-ATTR:user_data", "host_status", "security_groups", "progress"}
	r := Result{Header: Header{Schema: SchemaID, Tool: "ecsconform", Version: "0.1.0", Began: at(0), Profile: "nova-community", Selection: "all checks", Seed: 7, Checks: checks,
		Endpoint: []Setting{{"apis.nova", "http://192.0.2.7:8774"}}}}
	number := 0
	for i := range checks {
		c := Check{ID: fmt.Sprintf("lifecycle.case-%d", i), Family: fmt.Sprintf("family-%d", i%8), Says: "a server shows what was asked for", Level: "must", Microversion: "2.60",
			Verdict: Pass, Began: at(i), Took: time.Second, Requirements: []Requirement{{fmt.Sprintf("ECS-6.2.6-show-%d", i%40), "A server is shown.", "ecs 6.2.6 table 6-49"}},
			Cited: []Requirement{{"R-232", "Members that a community Nova keeps for administrators are required.", "ecs 6.2.6 table 6-49"},
				{"R-239", "A description is a text, empty without one.", "ecs 6.2.6 table 6-49"}}}
		for k := range exchanges {
			number++
			id := fmt.Sprintf("e-%d", number)
			one := fmt.Sprintf(`{"id": "%08x-52a4-4c5c-8b7e-2f1f0a9f3c11", "name": "conform-%d", "status": "ACTIVE", "description": null, "metadata": {}, "addresses": {}, "tags": []}`, number*7919, number)
			operation, at, place, body := "nova.ShowServer", "/v2.1/6f70/servers/"+one[8:44], "/server", `{"server": `+one+`}`
			if number%10 == 0 {
				operation = "nova.UpdateServer"
			}
			if k == exchanges-1 {
				operation, at, place, body = "nova.ListServersDetail", "/v2.1/6f70/servers/detail", fmt.Sprintf("/servers/%d", i%2), `{"servers": [`+one+`, `+one+`]}`
			}
			x := sent(id, c.ID, operation, "GET", at, "", 200, body)
			x.Response.Header.Set("X-Compute-Request-Id", "req-"+one[8:44])
			c.Exchanges = append(c.Exchanges, x)
			add := func(f validate.Finding, source, ruling string) {
				c.Findings = append(c.Findings, Finding{with(f, source, ruling, ""), id, operation, "response",
					fmt.Sprintf("GET %s at 2.60 answered 200 with %s at %s: want %s (%s, %s); exchange %s", at, f.Got, f.Pointer, f.Expected, source, ruling, id)})
			}
			for _, m := range missing {
				add(finding(validate.ClassSchema, validate.Deviation, place+"/"+m, "required", "the member "+m, "nothing"), "ecs 6.2.6 table 6-49", "R-232")
			}
			got := "null"
			if number%50 == 0 {
				got = fmt.Sprintf("%d", number)
			}
			add(finding(validate.ClassSchema, validate.Deviation, place+"/description", "type", "a string", got), "ecs 6.2.6 table 6-49", "R-239")
		}
		r.Checks = append(r.Checks, c)
	}
	r.Footer = &Footer{Ended: at(600), Verdict: Pass, Counts: Count(r.Checks)}
	return r
}
