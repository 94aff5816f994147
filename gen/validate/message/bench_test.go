package message_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// message is a sample with all that the validator is given.
func messageOf(t testing.TB, b sample.Body) (*contract.Operation, *validate.Message, validate.Options) {
	t.Helper()
	op, ok := catalog.Operation(b.Operation)
	if !ok {
		t.Fatalf("%s: the contract has no operation %s", b.Name, b.Operation)
	}
	o := validate.Options{}
	if b.Microversion != "" {
		o.Version = microversion.MustParse(b.Microversion)
	}
	return op, &validate.Message{Status: b.Status, Body: sample.JSON(b.Value), Header: http.Header{"Content-Type": {"application/json"}}}, o
}

func judge(b sample.Body, op *contract.Operation, m *validate.Message, o validate.Options, v validate.Validator) []validate.Finding {
	if b.Request {
		return v.Request(op, m, o)
	}
	return v.Response(op, m, o)
}

func TestSamplesKeepTheContract(t *testing.T) {
	v := compiled.New()
	for _, b := range sample.Bodies() {
		op, m, o := messageOf(t, b)
		for _, f := range judge(b, op, m, o, v) {
			t.Errorf("%s: %+v", b.Name, f)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	v := compiled.New()
	run := func(name string, s sample.Body, op *contract.Operation, m *validate.Message, o validate.Options, findings int) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(m.Body)))
			b.ReportAllocs()
			for b.Loop() {
				if got := judge(s, op, m, o, v); len(got) != findings {
					b.Fatalf("%d findings: %+v", len(got), got)
				}
			}
		})
	}
	for _, s := range sample.Bodies() {
		op, m, o := messageOf(b, s)
		run(s.Name, s, op, m, o, 0)
		if s.Name == "servers-25" {
			broken := *m
			broken.Body = sample.Break(m.Body)
			run("servers-25-broken", s, op, &broken, o, 1)
			indented := *m
			indented.Body = sample.Indented(s.Value)
			run("servers-25-indented", s, op, &indented, o, 0)
			if bytes.Equal(broken.Body, m.Body) {
				b.Fatal("nothing is broken")
			}
		}
	}
}
