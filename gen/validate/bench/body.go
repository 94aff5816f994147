package main

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// body is one message in the forms that the contenders need.
type body struct {
	sample.Body
	op      *contract.Operation
	message *validate.Message
	options validate.Options
	// findings is what ours has to find.
	findings int
}

const uuid = "b0a6c1f2-7f0e-4c9d-8a53-0123456789ab"

// bodies are the samples, one with a violation, and one with white space.
func bodies() ([]body, error) {
	var list []body
	for _, s := range sample.Bodies() {
		b := body{Body: s, message: &validate.Message{
			Status: s.Status, Body: sample.JSON(s.Value),
			Header: http.Header{"Content-Type": {"application/json"}},
		}}
		var ok bool
		if b.op, ok = catalog.Operation(s.Operation); !ok {
			return nil, fmt.Errorf("%s: the contract has no operation %s", s.Name, s.Operation)
		}
		if s.Microversion != "" {
			b.options.Version = microversion.MustParse(s.Microversion)
		}
		list = append(list, b)
		switch s.Name {
		case "servers-25":
			list = append(list, b.with("servers-25-broken", sample.Break(b.message.Body), 1))
		case "servers-100":
			list = append(list, b.with("servers-100-indented", sample.Indented(s.Value), 0))
		}
	}
	return list, nil
}

func (b body) with(name string, text []byte, findings int) body {
	m := *b.message
	m.Body = text
	b.Name, b.message, b.findings = name, &m, findings
	return b
}

// request is the request of the exchange, with a body if that is what is judged.
func (b body) request() *http.Request {
	path, _, _ := strings.Cut(b.op.Path, "#")
	for _, name := range []string{"project_id", "job_id", "server_id"} {
		path = strings.ReplaceAll(path, "{"+name+"}", uuid)
	}
	r, err := http.NewRequest(b.op.Method, "http://localhost"+path, nil)
	if err != nil {
		panic(err) // the path comes from the contract
	}
	if b.Request {
		r, _ = http.NewRequest(b.op.Method, "http://localhost"+path, bytes.NewReader(b.message.Body))
		r.Header = b.message.Header
	}
	return r
}
