package judge

import (
	"net/http"
	"net/url"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// Raw is an exchange with everything in it.
type Raw = exchange.Raw

// Options say what is known of an exchange besides its bytes.
type Options struct {
	// API is the API that the request was for: "nova"; "" if that is not known.
	API string
	// Base is the path of the API's base URL, which stands before the paths of the contract.
	Base string
	// Maximum is the endpoint's newest microversion, what "latest" means; zero if not known.
	Maximum microversion.Version
	// Profile is what the endpoint claims; rulings may be limited to it.
	Profile string
	// IntendedInvalid: the request breaks the contract on purpose, so that what is
	// wrong with it is a note.
	IntendedInvalid bool
}

// Verdict is what the judge makes of one exchange.
type Verdict struct {
	// Operation is the id of the operation, "" if the contract has none for it.
	Operation string
	// Version is the microversion that was judged at; zero where there is none.
	Version microversion.Version
	// Findings are what is wrong: of the request, of the response, of both together.
	Findings []report.Finding
}

// Contract is what the judge compares with besides schemas.
type Contract struct {
	Operations []contract.Operation
	Errors     []contract.ErrorCode
	States     []contract.State
	Statuses   []contract.Status
}

// Judge judges exchanges. It is safe for concurrent use.
type Judge struct {
	validator validate.Validator
	codes     map[string]*contract.ErrorCode
	statuses  map[int]bool
	states    map[string][]contract.State
	// routes are by API; "" has those of all.
	routes map[string]*node
}

// New is a judge of the whole contract.
func New(v validate.Validator) *Judge {
	return Of(v, Contract{
		Operations: catalog.Operations, Errors: catalog.Errors, States: catalog.States, Statuses: catalog.Statuses,
	})
}

// Of is a judge of the given contract.
func Of(v validate.Validator, c Contract) *Judge {
	j := &Judge{
		validator: v, codes: make(map[string]*contract.ErrorCode, len(c.Errors)), statuses: map[int]bool{},
		states: map[string][]contract.State{}, routes: map[string]*node{"": {}},
	}
	for i := range c.Operations {
		op := &c.Operations[i]
		j.routes[""].add(op)
		if j.routes[op.API] == nil {
			j.routes[op.API] = &node{}
		}
		j.routes[op.API].add(op)
	}
	for i := range c.Errors {
		j.codes[c.Errors[i].Code] = &c.Errors[i]
	}
	for _, s := range c.Statuses {
		j.statuses[s.Code] = true
	}
	for _, s := range c.States {
		j.states[s.VM] = append(j.states[s.VM], s)
	}
	return j
}

// Exchange is what is wrong with one exchange.
func (j *Judge) Exchange(raw Raw, o Options) []report.Finding { return j.Verdict(raw, o).Findings }

// Verdict judges one exchange. It survives whatever raw holds.
func (j *Judge) Verdict(raw Raw, o Options) Verdict {
	path, query := address(raw.URL)
	r := j.find(o.API, raw.Method, below(path, o.Base), raw.RequestBody)
	c := &caseOf{j: j, raw: &raw, o: o, route: r}
	if r.op == nil {
		c.unknown()
		return Verdict{Findings: c.findings}
	}
	c.negotiate()
	request := &validate.Message{Path: r.params, Query: query, Header: raw.RequestHeader, Body: raw.RequestBody}
	for _, f := range j.validator.Request(r.op, request, c.options()) {
		c.add("request", f)
	}
	if raw.Status != 0 {
		response := &validate.Message{Status: raw.Status, Header: header(raw.ResponseHeader), Body: raw.ResponseBody}
		for _, f := range j.validator.Response(r.op, response, c.options()) {
			c.add("response", f)
		}
		c.status()
		c.codes()
		c.states()
		c.echo()
	}
	return Verdict{Operation: r.op.ID, Version: c.version.judged, Findings: c.findings}
}

func header(h http.Header) http.Header {
	if h == nil {
		return http.Header{}
	}
	return h
}

// address splits a URL into path, still escaped, and query, without parsing more
// than that: addresses may be malformed.
func address(s string) (path, query string) {
	if u, err := url.Parse(s); err == nil {
		return u.EscapedPath(), u.RawQuery
	}
	return roughly(s)
}
