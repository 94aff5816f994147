package schema_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// BenchmarkServerDetailList judges one page of 25 servers: the documented
// example, repeated.
func BenchmarkServerDetailList(b *testing.B) {
	v, err := schema.New()
	if err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile("../../../fixtures/examples/ecs/3-2-response.json")
	if err != nil {
		b.Fatal(err)
	}
	var e struct {
		Body struct{ Servers []json.RawMessage }
	}
	if err := json.Unmarshal(text, &e); err != nil || len(e.Body.Servers) == 0 {
		b.Fatal(err, "no servers in the example")
	}
	server := string(e.Body.Servers[0])
	body := `{"servers":[` + strings.TrimSuffix(strings.Repeat(server+",", 25), ",") + `]}`
	op, _ := catalog.Operation("nova.ListServersDetail")
	m := &validate.Message{Status: 200, Body: []byte(body), Header: http.Header{"Content-Type": {"application/json"}}}
	o := validate.Options{Version: microversion.MustParse("2.26")}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		v.Response(op, m, o)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := schema.New(); err != nil {
			b.Fatal(err)
		}
	}
}
