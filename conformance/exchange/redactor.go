package exchange

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"unicode/utf8"
)

// DefaultBodyLimit is how many bytes of a redacted body are kept.
const DefaultBodyLimit = 64 << 10

// A value met under a secret name is looked for everywhere else from then on if
// it is at least learnAtLeast bytes long: shorter ones are words like "test".
const (
	learnAtLeast = 8
	learnAtMost  = 100 << 10
	learnFrom    = 1 << 20 // bytes of a body
	learnValues  = 20000
)

// Redactor removes secrets. It knows names under which secrets stand and values
// that are secrets; it learns values from the exchanges that pass it, so that a
// password that was answered once is also removed from an error text later.
//
// A known value is found plain and escaped (JSON, percent, HTML, nested), as
// base64 and hexadecimal, whole or cut off by the end of a body. A value of less
// than four bytes is only removed where its name gives it away.
//
// It is safe for concurrent use. The zero Redactor is not usable.
type Redactor struct {
	// BodyLimit is how many bytes of a body are kept, DefaultBodyLimit if 0.
	// It must not change once the Redactor is used.
	BodyLimit int

	names map[string]string

	mu      sync.Mutex
	values  map[string]string
	matcher *matcher
}

// NewRedactor returns a Redactor that takes the given member, parameter and
// header names for secret, besides those that everybody knows.
func NewRedactor(names ...string) *Redactor {
	r := &Redactor{names: secretNames(), values: map[string]string{}}
	for _, name := range names {
		if _, known := r.names[fold(name)]; !known && fold(name) != "" {
			r.names[fold(name)] = variable(name)
		}
	}
	return r
}

// Secret registers a value that must not appear anywhere. The label is a word
// like "password"; its upper-case form becomes the shell variable that Curl names.
func (r *Redactor) Secret(label, value string) {
	if len(value) < shortest || isPlaceholder(value) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.values[value]; known || len(r.values) >= learnValues {
		return
	}
	r.values[value] = variable(label)
	r.matcher = nil
}

func (r *Redactor) learn(label, value string) {
	if len(value) >= learnAtLeast && len(value) <= learnAtMost {
		r.Secret(label, value)
	}
}

func (r *Redactor) current() *matcher {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.matcher == nil {
		r.matcher = newMatcher(r.values)
	}
	return r.matcher
}

// Exchange is raw without its secrets. Values that raw shows to be secret are
// removed from everything that passes r afterwards.
func (r *Redactor) Exchange(raw Raw) Exchange {
	r.Learn(raw)
	x := Exchange{ID: raw.ID, Check: raw.Check, Began: raw.Began, Took: raw.Took}
	x.Request = Request{
		Method: r.Text(raw.Method), URL: r.URL(raw.URL),
		Header: r.Header(raw.RequestHeader), Body: r.Body(raw.RequestBody),
	}
	x.Failure = r.Text(raw.Failure)
	if raw.Status != 0 {
		x.Response = Response{Status: raw.Status, Header: r.Header(raw.ResponseHeader), Body: r.Body(raw.ResponseBody)}
	}
	return x
}

// Learn registers the secret values that raw holds under secret names.
func (r *Redactor) Learn(raw Raw) {
	for _, h := range []http.Header{raw.RequestHeader, raw.ResponseHeader} {
		for name, values := range h {
			label, secret := r.headerLabel(name)
			for _, v := range values {
				if secret && label != "COOKIE" {
					r.learn(label, v)
				}
			}
		}
	}
	r.url(nil, r.bounded(raw.URL), r.learn)
	for _, body := range [][]byte{raw.RequestBody, raw.ResponseBody} {
		if len(body) > 0 {
			r.text(nil, string(body[:min(len(body), learnFrom)]), false, 0, r.learn)
		}
	}
}

// Header is a copy of h with secret values replaced; nil for nil.
func (r *Redactor) Header(h http.Header) http.Header {
	if h == nil {
		return nil
	}
	m := r.current()
	clean := make(http.Header, len(h))
	for name, values := range h {
		label, secret := r.headerLabel(name)
		kept := make([]string, len(values))
		for i, v := range values {
			if secret {
				kept[i] = mark(label, v)
			} else {
				kept[i] = r.text(m, r.bounded(v), true, 0, nil)
			}
		}
		clean[m.known(r.bounded(name), false)] = kept
	}
	return clean
}

// Body is a body as text, without secrets and not longer than the limit; a note
// at the end says how much was cut. Of a body that is no text only the size is told.
func (r *Redactor) Body(body []byte) string {
	if len(body) == 0 {
		return ""
	}
	if binary(body) {
		return fmt.Sprintf("[%d bytes that are no text]", len(body))
	}
	m, limit := r.current(), r.limit()
	// What is cut here is past the limit even if redaction shortens the rest;
	// a value that the cut goes through is recognised by its beginning.
	readable := body[:min(len(body), 2*limit+m.longest)]
	clean := strings.ToValidUTF8(r.text(m, string(readable), true, 0, nil), "\uFFFD")
	if len(clean) <= limit && len(readable) == len(body) {
		return clean
	}
	keep := min(limit, len(clean))
	for keep > 0 && keep < len(clean) && !utf8.RuneStart(clean[keep]) {
		keep--
	}
	return clean[:keep] + cutNote(keep, len(body))
}

func (r *Redactor) limit() int {
	if r.BodyLimit > 0 {
		return r.BodyLimit
	}
	return DefaultBodyLimit
}

// bounded cuts a text that is longer than any honest one.
func (r *Redactor) bounded(s string) string {
	if limit := r.limit(); len(s) > limit {
		return strings.ToValidUTF8(s[:limit], "")
	}
	return s
}

func cutNote(kept, size int) string {
	return fmt.Sprintf("\n[cut here: %d bytes shown of %d]", kept, size)
}

// wasCut reports that Body could not keep all of a body.
func wasCut(body string) bool {
	if strings.HasPrefix(body, "[") && strings.HasSuffix(body, " bytes that are no text]") {
		return true
	}
	at := strings.LastIndex(body, "\n[cut here: ")
	return at >= 0 && !strings.Contains(body[at+1:], "\n") && strings.HasSuffix(body, "]")
}

func binary(body []byte) bool {
	odd := 0
	look := body[:min(len(body), 4096)]
	for len(look) > 0 {
		c, width := utf8.DecodeRune(look)
		if c == 0 || c == utf8.RuneError && width == 1 {
			odd++
		}
		look = look[width:]
	}
	return odd > 1 && odd*10 > min(len(body), 4096)
}

// Text is any text without secrets: an error, a sentence of a finding.
func (r *Redactor) Text(s string) string {
	if s == "" {
		return ""
	}
	return r.text(r.current(), r.bounded(s), true, 0, nil)
}

// Known is text of our own without registered and learned values. Unlike Text it
// does not take "user_data: want a string" for a secret and its name.
func (r *Redactor) Known(s string) string {
	if s == "" {
		return ""
	}
	return r.current().known(r.bounded(s), true)
}
