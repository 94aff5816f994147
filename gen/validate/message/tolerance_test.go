package message_test

import (
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

const (
	community = "nova-community"
	rules     = `"maxSecurityGroupRules": 20`
	console   = `{"output": "one\ntwo"}`
	fault     = `{"itemNotFound": {"code": 404, "message": "no such server"}}`
	router    = `{"message": "The resource could not be found.<br /><br />\n\n\n", "code": "404 Not Found", "title": "Not Found"}`
	foreign   = "violation schema  maxProperties\nviolation schema /code propertyNames\nviolation schema /code type\nviolation schema /message propertyNames\n" +
		"violation schema /message type\nviolation schema /title propertyNames\nviolation schema /title type"
	page = "<html><head><title>404 Not Found</title></head><body>The resource could not be found.</body></html>"
)

// TestWhatACommunityNovaMayDo: what rulings tolerate besides values, in messages
// as Nova 26.2 sends them. Both validators say it, whole and in pieces, and say
// nothing milder than before to anybody else.
func TestWhatACommunityNovaMayDo(t *testing.T) {
	limits := limitsBody(t)
	oracle, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		operation, version, profile string
		status                      int // 0 is a request
		kind, location, body        string
		want                        string
	}{
		//
		"limit in its range":          {"ShowLimits", "2.34", community, 200, "application/json", "", limits, ""},
		"limit a version later":       {"ShowLimits", "2.35", community, 200, "application/json", "", limits, "deviation version /limits/absolute/maxSecurityGroupRules x-microversion R-302"},
		"limit later elsewhere":       {"ShowLimits", "2.35", "nova", 200, "application/json", "", limits, "violation version /limits/absolute/maxSecurityGroupRules x-microversion"},
		"limit two versions later":    {"ShowLimits", "2.36", community, 200, "application/json", "", limits, "violation version /limits/absolute/maxSecurityGroupRules x-microversion"},
		"limit a version later, text": {"ShowLimits", "2.35", community, 200, "application/json", "", strings.Replace(limits, rules, `"maxSecurityGroupRules": "20"`, 1), "deviation schema /limits/absolute/maxSecurityGroupRules type R-301\ndeviation version /limits/absolute/maxSecurityGroupRules x-microversion R-302"},
		"limit a version later, odd":  {"ShowLimits", "2.35", community, 200, "application/json", "", strings.Replace(limits, rules, `"maxSecurityGroupRules": -2`, 1), "deviation version /limits/absolute/maxSecurityGroupRules x-microversion R-302\nviolation schema /limits/absolute/maxSecurityGroupRules minimum"},
		//
		"console":                 {"GetServerConsoleOutput", "2.5", community, 200, "application/json", "", console, ""},
		"console later":           {"GetServerConsoleOutput", "2.60", community, 200, "application/json", "", console, "deviation version status x-microversion R-332"},
		"console later, odd":      {"GetServerConsoleOutput", "2.60", community, 200, "application/json", "", `{"output": 7}`, "deviation version status x-microversion R-332\nviolation schema /output type"},
		"console later elsewhere": {"GetServerConsoleOutput", "2.6", "nova", 200, "application/json", "", console, "violation version status x-microversion"},
		"asked for later":         {"GetServerConsoleOutput", "2.6", community, 0, "application/json", "", `{"os-getConsoleOutput": {"length": 50}}`, "deviation version path x-microversion R-332"},
		"asked later elsewhere":   {"GetServerConsoleOutput", "2.6", "", 0, "application/json", "", `{"os-getConsoleOutput": {"length": 50}}`, "violation version path x-microversion"},
		//
		"lines of null":           {"GetServerConsoleOutput", "2.1", community, 0, "application/json", "", `{"os-getConsoleOutput": {"length": null}}`, "deviation schema /os-getConsoleOutput/length type R-331"},
		"lines of null elsewhere": {"GetServerConsoleOutput", "2.1", "nova", 0, "application/json", "", `{"os-getConsoleOutput": {"length": null}}`, "violation schema /os-getConsoleOutput/length type"},
		"lines of text":           {"GetServerConsoleOutput", "2.1", community, 0, "application/json", "", `{"os-getConsoleOutput": {"length": "5"}}`, "deviation schema /os-getConsoleOutput/length type R-330"},
		"lines of an odd kind":    {"GetServerConsoleOutput", "2.1", community, 0, "application/json", "", `{"os-getConsoleOutput": {"length": []}}`, "violation schema /os-getConsoleOutput/length type"},
		//
		"image":                 {"CreateServerImage", "2.43", community, 202, "text/html", "http://h/1", "", ""},
		"image later":           {"CreateServerImage", "2.44", community, 202, "text/html", "http://h/1", "", "deviation version header:Location x-microversion R-277"},
		"image later, nameless": {"CreateServerImage", "2.44", community, 202, "text/html", "", "", ""},
		"image later elsewhere": {"CreateServerImage", "2.44", "nova", 202, "text/html", "http://h/1", "", "violation version header:Location x-microversion"},
		"image much later":      {"CreateServerImage", "2.45", community, 202, "application/json", "http://h/1", `{"image_id": "b0a6c1f2-7f0e-4c9d-8a53-0123456789ab"}`, "violation version header:Location x-microversion"},
		//
		"tag":                      {"AddServerTag", "2.26", community, 201, "text/html", "http://h/1", page, ""},
		"tag without words":        {"AddServerTag", "2.26", community, 201, "text/html", "http://h/1", "", "deviation schema  required R-340"},
		"tag wordless elsewhere":   {"AddServerTag", "2.26", "nova", 201, "text/html", "http://h/1", "", "violation schema  required"},
		"tag in another form":      {"AddServerTag", "2.26", community, 201, "text/plain", "http://h/1", "Created", "violation content-type header:Content-Type content-type"},
		"nothing but a blank":      {"AddServerTag", "2.26", community, 201, "application/json", "http://h/1", " ", "violation syntax  syntax"},
		"a server without a body":  {"ShowServer", "2.26", community, 200, "application/json", "", "", "violation schema  required"},
		"a refusal without a body": {"ShowServer", "2.26", community, 404, "application/json", "", "", "violation schema  required"},
		//
		"fault":                     {"ShowServer", "2.26", community, 404, "application/json", "", fault, ""},
		"router's page":             {"ShowServer", "2.26", community, 404, "text/html; charset=UTF-8", "", page, "deviation content-type header:Content-Type content-type R-062"},
		"router's page like JSON":   {"ShowServer", "2.26", community, 404, "text/html", "", "{}", "deviation content-type header:Content-Type content-type R-062"},
		"router's page elsewhere":   {"ShowServer", "2.26", "nova", 404, "text/html; charset=UTF-8", "", page, "violation content-type header:Content-Type content-type"},
		"a page for another status": {"ShowServer", "2.26", community, 400, "text/html; charset=UTF-8", "", page, "violation content-type header:Content-Type content-type"},
		"a page for a success":      {"ShowServer", "2.26", community, 200, "text/html; charset=UTF-8", "", page, "violation content-type header:Content-Type content-type"},
		"a text":                    {"ShowServer", "2.26", community, 404, "text/plain", "", page, "violation content-type header:Content-Type content-type"},
		"router's JSON":             {"ShowServer", "2.26", community, 404, "application/json; charset=UTF-8", "", router, "deviation schema  maxProperties R-062"},
		"router's JSON elsewhere":   {"ShowServer", "2.26", "nova", 404, "application/json", "", router, foreign},
		"JSON of another status":    {"ShowServer", "2.26", community, 404, "application/json", "", strings.Replace(router, "404 Not", "405 Not", 1), foreign},
		"unknown to Nova":           {"MonitorServer", "", community, 404, "text/html", "", page, "deviation content-type header:Content-Type content-type R-062"},
		"unknown to Nova, JSON":     {"MonitorServer", "", community, 404, "application/json", "", router, "deviation schema /error required R-062"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			op, ok := catalog.Operation("nova." + c.operation)
			g.Expect(ok).To(BeTrue())
			x := &exchange{op: op, request: c.status == 0, options: validate.Options{Profile: c.profile}}
			x.message = validate.Message{Status: c.status, Body: []byte(c.body), Header: http.Header{"Content-Type": {c.kind}}}
			if c.version != "" {
				x.options.Version = microversion.MustParse(c.version)
			}
			if c.location != "" {
				x.message.Header.Set("Location", c.location)
			}
			want := ""
			for line := range strings.Lines(c.want) {
				want += "  " + strings.TrimSuffix(line, "\n") + "\n"
			}
			// A violation shows no ruling; words leave a blank there.
			tidy := func(list []validate.Finding) string { return strings.ReplaceAll(words(list), " \n", "\n") }
			if strings.Contains(want, "syntax") {
				tidy = func(list []validate.Finding) string {
					g.Expect(list).To(HaveLen(1))
					f := list[0]
					return "  " + string(f.Severity) + " " + string(f.Class) + " " + f.Pointer + " " + f.Keyword + "\n"
				}
			}
			ours := compiled.New()
			g.Expect(tidy(judged(oracle, x))).To(Equal(want), "interpreted")
			g.Expect(tidy(x.whole(ours))).To(Equal(want), "compiled")
			g.Expect(tidy(x.pieces(ours, func(int) int { return 1 }))).To(Equal(want), "in pieces")
		})
	}
}

func judged(v validate.Validator, x *exchange) []validate.Finding {
	if x.request {
		return v.Request(x.op, &x.message, x.options)
	}
	return v.Response(x.op, &x.message, x.options)
}

// limitsBody is the documented answer.
func limitsBody(t *testing.T) string {
	t.Helper()
	for _, e := range examples(t) {
		if e.Operation == "nova.ShowLimits" && e.Direction == "response" {
			if body := string(e.Body); strings.Contains(body, rules) {
				return body
			}
		}
	}
	t.Fatal("no documented answer with maxSecurityGroupRules")
	return ""
}
