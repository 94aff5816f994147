package message_test

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/mutant"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// texts are what stands in paths, queries and headers, well or badly.
var texts = []string{
	"", "0", "1", "-1", "25", "007", "1.5", "1e3", "99999999999999999999", "true", "false", "True", "null", "a", "A b", "ACTIVE", "active",
	"b0a6c1f2-7f0e-4c9d-8a53-0123456789ab", "B0A6C1F2-7F0E-4C9D-8A53-0123456789AB", "74610f3a5ad941998e91f076297ecf27", "2026-01-31T23:59:59Z",
	"2026-01-31", "192.168.0.1", "2.1", "2.26", "latest", "compute 2.26", "compute 2.26, volume 3.1", "a,b,c", "1,2,3", "name", "asc", "\"", "\\", "\xff", "\x00",
	"中文", "😀", strings.Repeat("x", 300), "{}", "[]", "key0=1", "application/json", "%", "a;b", " ",
}

// TestTheTwoValidatorsAgreeOnMessages holds all parts of messages against each
// other that are not the body: path, query, headers, status, media type.
func TestTheTwoValidatorsAgreeOnMessages(t *testing.T) {
	oracle, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	c, err := mutant.Contract()
	if err != nil {
		t.Fatal(err)
	}
	ours := compiled.New()
	r := rand.New(rand.NewPCG(7, 7))
	versions := []microversion.Version{{}, microversion.MustParse("2.1"), microversion.MustParse("2.26"), microversion.MustParse("2.35"), microversion.MustParse("2.44"), microversion.MustParse("2.60")}
	compared, withFindings, disagreed := 0, 0, 0
	for _, api := range c.APIs {
		for _, o := range api.Operations {
			op, ok := catalog.Operation(o.ID)
			if !ok {
				t.Fatalf("the catalogue lacks %s", o.ID)
			}
			for range 120 {
				options := validate.Options{Version: versions[r.IntN(len(versions))], Profile: []string{"", "nova-community"}[r.IntN(2)]}
				if o.API != "nova" {
					options.Version = microversion.Version{}
				}
				m, response := randomMessage(r, o)
				want, got := judgeWith(oracle, op, m, options, response), judgeWith(ours, op, m, options, response)
				compared++
				if want != "" {
					withFindings++
				}
				if want != got {
					if disagreed++; disagreed <= 10 {
						t.Errorf("%s at %s: path %q query %q status %d header %q body %q\ninterpreted:\n%scompiled:\n%s", o.ID, options.Version, m.Path, m.Query, m.Status, m.Header, m.Body, want, got)
					}
				}
			}
		}
	}
	if withFindings < compared/4 {
		t.Errorf("only %d of %d messages had findings", withFindings, compared)
	}
	t.Logf("%d messages compared, %d with findings, %d disagreements", compared, withFindings, disagreed)
}

func judgeWith(v validate.Validator, op *contract.Operation, m *validate.Message, o validate.Options, response bool) string {
	if response {
		return words(v.Response(op, m, o))
	}
	return words(v.Request(op, m, o))
}

func randomMessage(r *rand.Rand, o *model.Operation) (*validate.Message, bool) {
	text := func() string { return texts[r.IntN(len(texts))] }
	m := &validate.Message{Header: http.Header{}, Path: map[string]string{}}
	if r.IntN(3) > 0 {
		m.Header.Set("Content-Type", []string{"application/json", "application/json; charset=utf-8", "application/json;charset=latin1", "text/plain", "text/html; charset=UTF-8", ""}[r.IntN(6)])
	}
	m.Body = []byte([]string{"", "", " ", "{}", "[]", "null", "plain", `{"a":1}`, router}[r.IntN(9)])
	if r.IntN(2) == 0 {
		statuses := []int{200, 202, 204, 400, 404, 409, 429, 499, 500, 503, 799}
		if len(o.Success) > 0 {
			statuses = append(statuses, o.Success...)
		}
		m.Status = statuses[r.IntN(len(statuses))]
		for _, answer := range o.Responses {
			for _, h := range answer.Headers {
				if r.IntN(2) == 0 {
					m.Header.Add(h.Name, text())
				}
			}
		}
		return m, true
	}
	var query []string
	for _, p := range o.Parameters {
		for range r.IntN(3) {
			switch p.In {
			case "path":
				m.Path[p.Name] = text()
			case "query":
				query = append(query, url.QueryEscape(p.Name)+"="+url.QueryEscape(text()))
			case "header":
				m.Header.Add(p.Name, text())
			}
		}
	}
	if r.IntN(4) == 0 {
		query = append(query, []string{"unheard=of", "bad=%zz", "a;b=c", "=", "", "un%00heard"}[r.IntN(6)])
	}
	m.Query = strings.Join(query, "&")
	return m, false
}
