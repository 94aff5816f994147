package exchange

import (
	"net/http"
	"time"
)

// Raw is one request and its response with everything in it, secrets included.
// It lives as long as it takes to judge and to redact it.
type Raw struct {
	ID, Check string
	Began     time.Time
	Took      time.Duration

	Method, URL   string
	RequestHeader http.Header
	// RequestBody and ResponseBody are decoded of transfer and content encodings.
	RequestBody []byte

	// Status is 0 when no answer came; Failure says why.
	Status         int
	ResponseHeader http.Header
	ResponseBody   []byte
	Failure        string
}
