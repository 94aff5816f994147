package judge

import (
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// FuzzExchange: whatever arrives, the judge comes to an end, names the exchange in
// every finding, and gives each a severity and a sentence of one line.
func FuzzExchange(f *testing.F) {
	f.Add("GET", "http://h/v2.1/p/servers/x", "2.26", "", 200, `{"server":{"status":"ACTIVE","OS-EXT-STS:vm_state":"active","OS-EXT-STS:task_state":null}}`)
	f.Add("POST", "http://h/v2.1/p/servers/x/action", "latest", `{"os-start":null,"os-start":{}}`, 409, `{"conflictingRequest":{"code":409,"message":""}}`)
	f.Add("POST", "http://h/v1/p/cloudservers", "", `{"server":{}}`, 400, `{"error":{"code":"Ecs.0005","message":"","details":[{"code":"x"}]}}`)
	f.Add("GET", "http://h/v1/p/jobs/j", "", "", 200, `{"status":"FAIL","error_code":"Ecs.1","entities":{"sub_jobs":[{"error_code":""}]}}`)
	f.Add("GET", "://%zz?%", "2.\x00", "\xff", -1, strings.Repeat(`[`, 10000))
	v, err := schema.New()
	if err != nil {
		f.Fatal(err)
	}
	j := New(v)
	f.Fuzz(func(t *testing.T, method, url, asked, request string, status int, response string) {
		raw := Raw{ID: "e-1", Method: method, URL: url, RequestHeader: headers(microversion.LegacyHeader, asked, microversion.StandardHeader, asked),
			RequestBody: []byte(request), Status: status, ResponseHeader: headers(microversion.LegacyHeader, asked, "Content-Type", "application/json"),
			ResponseBody: []byte(response)}
		for _, o := range []Options{{}, {API: "nova", Base: url, Profile: community, IntendedInvalid: true}} {
			for _, finding := range j.Exchange(raw, o) {
				if finding.Exchange != "e-1" || finding.Message == "" || strings.ContainsAny(finding.Message, "\n\r") {
					t.Fatalf("%+v", finding)
				}
				switch finding.Severity {
				case validate.Violation, validate.Deviation, validate.Note:
				default:
					t.Fatalf("severity %q", finding.Severity)
				}
				if finding.Direction != "request" && finding.Direction != "response" {
					t.Fatalf("direction %q", finding.Direction)
				}
			}
		}
	})
}
