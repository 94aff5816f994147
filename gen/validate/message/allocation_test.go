//go:build !race

// The race detector allocates on its own account.

package message_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/mutant"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// TestGoodMessagesCostNoMemory: judging a message that keeps the contract allocates
// nothing, whatever the operation: documented examples, instances of every body,
// the samples that are measured.
func TestGoodMessagesCostNoMemory(t *testing.T) {
	v := compiled.New()
	measured := 0
	check := func(name string, request bool, op *contract.Operation, m *validate.Message, o validate.Options) {
		t.Helper()
		judge := func() []validate.Finding {
			if request {
				return v.Request(op, m, o)
			}
			return v.Response(op, m, o)
		}
		for _, f := range judge() {
			if f.Pointer == "" || f.Pointer[0] == '/' {
				return // not good
			}
		}
		m.Header = full(m.Header)
		if len(judge()) > 0 {
			return // a header is missing that only this operation has
		}
		measured++
		// A collection of garbage in between empties the pool, once.
		n := testing.AllocsPerRun(5, func() { judge() })
		for try := 0; n > 0 && try < 2; try++ {
			n = testing.AllocsPerRun(5, func() { judge() })
		}
		if n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
	for _, e := range examples(t) {
		op, ok := catalog.Operation(e.Operation)
		if !ok {
			continue
		}
		o := validate.Options{}
		if e.Microversion != "" {
			o.Version = microversion.MustParse(e.Microversion)
		}
		m := &validate.Message{Status: e.Status, Body: e.Body, Header: http.Header{"Content-Type": {"application/json"}}}
		check(e.File, e.Direction == "request", op, m, o)
		var indented any
		if json.Unmarshal(e.Body, &indented) == nil {
			if text, err := json.MarshalIndent(indented, "", "\t"); err == nil {
				again := *m
				again.Body = text
				check(e.File+" indented", e.Direction == "request", op, &again, o)
			}
		}
	}
	c, err := mutant.Contract()
	if err != nil {
		t.Fatal(err)
	}
	for k, b := range mutant.Bodies(c, microversion.MustParse("2.60")) {
		op, ok := catalog.Operation(b.Operation.ID)
		if !ok {
			t.Fatalf("the catalogue lacks %s", b.Operation.ID)
		}
		for seed := range uint64(2) {
			maker := &mutant.Maker{Rand: rand.New(rand.NewPCG(uint64(k), seed)), Version: b.Version, Full: seed == 0}
			value, err := maker.Instance(b.Schema)
			if err != nil {
				t.Fatal(err)
			}
			m := &validate.Message{Status: b.Status, Body: sample.JSON(value), Header: http.Header{"Content-Type": {"application/json"}}}
			check(b.Name(), b.Response == nil, op, m, validate.Options{Version: b.Version})
		}
	}
	for _, s := range sample.Bodies() {
		op, m, o := messageOf(t, s)
		check(s.Name, s.Request, op, m, o)
	}
	t.Logf("%d messages measured", measured)
	if measured < 500 {
		t.Error("too few messages were good: the test proves little")
	}
}

// TestPiecesCostOneHandle: judging a good body in pieces allocates the handle and nothing
// else, however long the body is.
func TestPiecesCostOneHandle(t *testing.T) {
	v := compiled.New()
	for _, s := range sample.Bodies() {
		op, m, o := messageOf(t, s)
		begin := v.ResponseStream
		if s.Request {
			begin = v.RequestStream
		}
		head := *m
		head.Body = nil
		judge := func() {
			pieces := begin(op, &head, o)
			for body := m.Body; len(body) > 0; {
				n := min(len(body), 32<<10)
				_, _ = pieces.Write(body[:n])
				body = body[n:]
			}
			if found := pieces.Findings(); len(found) > 0 {
				t.Errorf("%s: %+v", s.Name, found[0])
			}
		}
		n := testing.AllocsPerRun(5, judge)
		for try := 0; n > 1 && try < 2; try++ {
			n = testing.AllocsPerRun(5, judge)
		}
		if n > 1 {
			t.Errorf("%s: %v allocations", s.Name, n)
		}
	}
}

// full adds headers that answers and questions of all kinds must have.
func full(h http.Header) http.Header {
	h = h.Clone()
	for name, value := range map[string]string{
		"X-Subject-Token": "a-token", "X-Auth-Token": "a-token", "Location": "https://ecs.example.com/v2.1/images/1",
	} {
		if h.Get(name) == "" {
			h.Set(name, value)
		}
	}
	return h
}
