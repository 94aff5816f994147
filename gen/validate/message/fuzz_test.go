package message_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/mutant"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
	"github.com/ecsconform/ecsconform/gen/validate/scan"
)

// place is a body of the contract and a version at which it exists.
type place struct {
	op      *contract.Operation
	request bool
	status  int
	version microversion.Version
}

// places are all bodies of the contract.
var places = sync.OnceValues(func() ([]place, error) {
	c, err := mutant.Contract()
	if err != nil {
		return nil, err
	}
	var list []place
	for _, b := range mutant.Bodies(c, microversion.MustParse("2.60")) {
		op, ok := catalog.Operation(b.Operation.ID)
		if !ok {
			return nil, fmt.Errorf("the catalogue lacks %s", b.Operation.ID)
		}
		list = append(list, place{op, b.Response == nil, b.Status, b.Version})
	}
	return list, nil
})

func (p place) judge(v validate.Validator, body []byte) []validate.Finding {
	m := &validate.Message{Status: p.status, Header: http.Header{"Content-Type": {"application/json"}}, Body: body}
	if p.request {
		return v.Request(p.op, m, validate.Options{Version: p.version})
	}
	return v.Response(p.op, m, validate.Options{Version: p.version})
}

// seeds are bodies that once were, or might be, hard to read.
func seeds() [][]byte {
	var list [][]byte
	for _, s := range sample.Bodies() {
		if body := sample.JSON(s.Value); len(body) < 4096 {
			list = append(list, body)
		}
	}
	for _, text := range []string{
		`{"a":1,"a":2}`, `[[[[`, "\"\xff\"", `"\ud800"`, `{"servers":[{"id":"x"},{"id":"x"}]}`, `1e400`, `-`, "\ufeff{}", `{"server":{"id":null,"links":[{"rel":"self","href":1}]}}`,
		`{"\u0069d":1}`, `{"count":1.0,"servers":[]}`, ` { } `, `{"entities":{"sub_jobs":[],"sub_jobs_total":9999999999999999999999}}`, "0A\x8f0",
		`{"servers":[{"id":"` + strings.Repeat("x", 5000) + `"}]}`, strings.Repeat("[", 300) + strings.Repeat("]", 300), strings.Repeat(`{"server":`, 300),
	} {
		list = append(list, []byte(text))
	}
	return list
}

// TestSeedsAtEveryPlace sends each seed through every body of the contract.
func TestSeedsAtEveryPlace(t *testing.T) {
	list, err := places()
	if err != nil {
		t.Fatal(err)
	}
	v, again := compiled.New(), compiled.New()
	for _, body := range seeds() {
		for _, p := range list {
			p.survives(t, v, again, body)
		}
	}
}

// FuzzBody sends arbitrary bytes through the bodies of the contract, of which n
// picks one.
func FuzzBody(f *testing.F) {
	for k, body := range seeds() {
		f.Add(uint16(37*k), body)
	}
	v, again := compiled.New(), compiled.New()
	f.Fuzz(func(t *testing.T, n uint16, body []byte) {
		list, err := places()
		if err != nil {
			t.Fatal(err)
		}
		list[int(n)%len(list)].survives(t, v, again, body)
	})
}

// survives demands no panic, the same verdict on the syntax as encoding/json, bounded
// and readable findings, and the same ones twice.
func (p place) survives(t *testing.T, v, again validate.Validator, body []byte) {
	if len(body) == 0 {
		return // an empty body is no syntax error, it is missing
	}
	valid := json.Valid(body) && utf8.Valid(body)
	found := p.judge(v, body)
	if len(found) > scan.MaxFindings+8 {
		t.Errorf("%s: %d findings", p.op.ID, len(found))
	}
	broken := false
	for _, x := range found {
		broken = broken || x.Keyword == "syntax" && x.Pointer != "query:"
		if len(x.Got) > 120 || len(x.Pointer) > 300*scan.MaxDepth || !utf8.ValidString(x.Got) || !utf8.ValidString(x.Pointer) {
			t.Errorf("%s: what was found is shown as %q at %q", p.op.ID, x.Got, x.Pointer)
		}
	}
	if broken == valid && (!valid || !deep(body)) {
		t.Errorf("%s: broken %t, but valid JSON %t: %+v", p.op.ID, broken, valid, found)
	}
	if !reflect.DeepEqual(found, p.judge(again, body)) {
		t.Errorf("%s: the findings differ the second time", p.op.ID)
	}
}

// deep reports a body that nests deeper than we read.
func deep(body []byte) bool {
	depth := 0
	for _, c := range body {
		switch c {
		case '{', '[':
			if depth++; depth > scan.MaxDepth {
				return true
			}
		case '}', ']':
			depth--
		}
	}
	return false
}
