package judge

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// example is the body of a documented example.
func example(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "examples", "ecs", name))
	if err != nil {
		tb.Fatal(err)
	}
	var e struct{ Body json.RawMessage }
	if err := json.Unmarshal(data, &e); err != nil {
		tb.Fatal(err)
	}
	return e.Body
}

// BenchmarkExchange judges one whole exchange: route, microversion, request,
// response, codes, states.
func BenchmarkExchange(b *testing.B) {
	interpreted, err := schema.New()
	if err != nil {
		b.Fatal(err)
	}
	exchanges := map[string]Raw{
		"create": {Method: "POST", URL: "http://h/v1/p/cloudservers", RequestHeader: headers("Content-Type", "application/json"),
			RequestBody: example(b, "5.1.1-1-request.json"), Status: 200, ResponseHeader: headers("Content-Type", "application/json"), ResponseBody: example(b, "5.1.1-3-response.json")},
		"show": {Method: "GET", URL: serverURL, RequestHeader: headers(microversion.LegacyHeader, "2.26"), Status: 200,
			ResponseHeader: headers("Content-Type", "application/json", microversion.LegacyHeader, "2.26"), ResponseBody: example(b, "6.2.6-1-response.json")},
		"refused": {Method: "POST", URL: serverURL + "/action", RequestBody: []byte(`{"os-start":null}`), Status: 409,
			ResponseHeader: headers("Content-Type", "application/json"), ResponseBody: []byte(`{"conflictingRequest":{"code":409,"message":"Cannot 'start' instance"}}`)},
	}
	for _, by := range []struct {
		name string
		v    validate.Validator
	}{{"interpreted", interpreted}, {"compiled", compiled.New()}, {"none", &recorder{}}} {
		j := New(by.v)
		for _, name := range []string{"create", "show", "refused"} {
			raw := exchanges[name]
			b.Run(by.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(raw.RequestBody) + len(raw.ResponseBody)))
				for b.Loop() {
					if j.Verdict(raw, Options{Profile: "nova"}).Operation == "" {
						b.Fatal("no operation")
					}
				}
			})
		}
	}
}
