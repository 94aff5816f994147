// Package exchange is one request and its response as they went over the wire.
// Raw still holds secrets: the judge reads it and nobody stores it. A Redactor
// turns it into an Exchange, the only form that is shown or stored. It knows
// nothing of any operation. Start reading at Redactor.
package exchange

import (
	"net/http"
	"time"
)

// Exchange is one request and its response. Bodies and headers are redacted
// before an Exchange is stored anywhere.
type Exchange struct {
	// ID is unique in a run: "e-17".
	ID string `json:"id"`
	// Check is the id of the check that caused it; "" outside of a suite.
	Check string `json:"check,omitempty"`
	// Operation is the contract's operation id; "" if none was recognised.
	Operation string `json:"operation,omitempty"`
	// Began is when the request was sent, Took how long the answer needed.
	Began time.Time     `json:"began"`
	Took  time.Duration `json:"took_ns"`

	Request  Request  `json:"request"`
	Response Response `json:"response"`
	// Failure is why there is no response: "connection refused". "" if there is one.
	Failure string `json:"failure,omitempty"`
}

// Request is what was sent.
type Request struct {
	Method string      `json:"method"`
	URL    string      `json:"url"`
	Header http.Header `json:"header,omitempty"`
	// Body is text; binary or oversized bodies are cut and say so.
	Body string `json:"body,omitempty"`
}

// Response is what came back; the zero Response means none did.
type Response struct {
	Status int         `json:"status,omitempty"`
	Header http.Header `json:"header,omitempty"`
	Body   string      `json:"body,omitempty"`
}
