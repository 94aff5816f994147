package recording

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate/scan"
)

// LargestEntry is how many bytes of a recording one entry may take, unless said
// otherwise.
const LargestEntry = 64 << 20

// ErrBroken is a recording that ends before it is complete, or stops being JSON.
var ErrBroken = errors.New("the recording is broken")

// ErrNoHAR is a document that is no HAR recording.
var ErrNoHAR = errors.New("this is no HAR recording")

// ErrTooLarge is an entry that is larger than we read.
var ErrTooLarge = errors.New("an entry is too large")

// Entry is one exchange of a recording, secrets included.
type Entry struct {
	// Index counts from 0 in the order of the recording.
	Index int
	Raw   exchange.Raw
	// Problem is why the entry can't be judged; "" if it can.
	Problem string
	// Missing says that the recording leaves out the body that there was: of the
	// request, of the response.
	MissingRequest, MissingResponse bool
}

// har is what we read of an entry (http://www.softwareishard.com/blog/har-12-spec/).
type har struct {
	// What nothing is judged by may be of any type.
	Started any `json:"startedDateTime"`
	Time    any `json:"time"` // in milliseconds
	Request struct {
		Method   string   `json:"method"`
		URL      string   `json:"url"`
		Headers  []header `json:"headers"`
		PostData *content `json:"postData"`
		BodySize float64  `json:"bodySize"`
	} `json:"request"`
	Response struct {
		Status   float64  `json:"status"`
		Headers  []header `json:"headers"`
		Content  *content `json:"content"`
		BodySize float64  `json:"bodySize"`
	} `json:"response"`
}

type header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type content struct {
	Size     float64 `json:"size"`
	MimeType string  `json:"mimeType"`
	Text     *string `json:"text"`
	// Encoding is "base64" or nothing.
	Encoding string `json:"encoding"`
}

// gate is a reader that ends where an entry has become too large.
type gate struct {
	r           io.Reader
	read, limit int64
}

func (g *gate) Read(p []byte) (int, error) {
	if g.read >= g.limit {
		return 0, ErrTooLarge
	}
	n, err := g.r.Read(p[:min(int64(len(p)), g.limit-g.read)])
	g.read += int64(n)
	return n, err
}

// reader reads a recording value by value.
type reader struct {
	d       *json.Decoder
	gate    *gate
	largest int64
	entries int
	scan    *scan.Scan
}

// Read calls each with the entries of a recording, one after the other. It returns
// the error of each, or ErrNoHAR, ErrBroken or ErrTooLarge with the place.
func Read(r io.Reader, largest int64, each func(Entry) error) error {
	if largest <= 0 {
		largest = LargestEntry
	}
	buffered := bufio.NewReader(r)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		_, _ = buffered.Discard(3) // browsers write it
	}
	g := &gate{r: buffered}
	h := &reader{d: json.NewDecoder(g), gate: g, largest: largest, scan: scan.New()}
	var found, log bool
	err := h.object(func(name string) error {
		if name != "log" {
			return h.skip()
		}
		if log {
			return h.twice("log")
		}
		log = true
		return h.object(func(name string) error {
			if name != "entries" {
				return h.skip()
			}
			if found {
				return h.twice("log.entries")
			}
			found = true
			return h.list(each)
		})
	})
	switch {
	case err != nil:
		return err
	case !found:
		return fmt.Errorf("%w: it has no log.entries", ErrNoHAR)
	}
	h.open()
	if _, err := h.d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: something follows it at byte %d", ErrBroken, h.d.InputOffset())
	}
	return nil
}

// open lets one more value through the gate.
func (h *reader) open() { h.gate.limit = h.d.InputOffset() + h.largest }

// twice is a recording of which nobody knows which part counts.
func (h *reader) twice(name string) error {
	return fmt.Errorf("%w: %s stands in it twice, again before byte %d", ErrBroken, name, h.d.InputOffset())
}

// object reads an object and calls member with each name; it must read the value.
func (h *reader) object(member func(name string) error) error {
	if err := h.delimiter('{'); err != nil {
		return err
	}
	for {
		h.open()
		t, err := h.d.Token()
		if err != nil {
			return h.broken(err)
		}
		name, ok := t.(string)
		if !ok {
			return nil // the end: the decoder knows that it is the right one
		}
		if err := member(name); err != nil {
			return err
		}
	}
}

func (h *reader) delimiter(want json.Delim) error {
	h.open()
	t, err := h.d.Token()
	switch {
	case errors.Is(err, io.EOF) && h.d.InputOffset() == 0:
		return fmt.Errorf("%w: it is empty", ErrNoHAR)
	case err != nil && h.entries == 0 && h.d.InputOffset() == 0:
		return fmt.Errorf("%w: %w", ErrNoHAR, err)
	case err != nil:
		return h.broken(err)
	case t != want:
		return fmt.Errorf("%w: byte %d should begin with %s", ErrNoHAR, h.d.InputOffset(), want)
	}
	return nil
}

// skip reads a value that nobody needs.
func (h *reader) skip() error {
	h.open()
	var value json.RawMessage
	if err := h.d.Decode(&value); err != nil {
		return h.broken(err)
	}
	return nil
}

func (h *reader) list(each func(Entry) error) error {
	if err := h.delimiter('['); err != nil {
		return err
	}
	for {
		h.open()
		if !h.d.More() {
			break
		}
		h.open()
		var text json.RawMessage
		if err := h.d.Decode(&text); err != nil {
			return h.broken(err)
		}
		e := h.entry(text)
		e.Index = h.entries
		h.entries++
		if err := each(e); err != nil {
			return err
		}
	}
	if _, err := h.d.Token(); err != nil {
		return h.broken(err)
	}
	return nil
}

// entry is the entry of that text.
func (h *reader) entry(text json.RawMessage) (e Entry) {
	if member, ok := h.doubled(text); ok {
		e.Problem = fmt.Sprintf("the member %.80s stands in it twice", member)
		return e
	}
	var x har
	var wrong *json.UnmarshalTypeError
	switch err := json.Unmarshal(text, &x); {
	case errors.As(err, &wrong):
		e.Problem = fmt.Sprintf("the member %s is not of the type that HAR demands", wrong.Field)
	case err != nil:
		e.Problem = "it can't be read: " + err.Error() // the decoder took it for JSON
	default:
		e = x.entry()
	}
	return e
}

// doubled is a member of the request or the response that stands there twice: what
// reads JSON takes the last and says nothing.
func (h *reader) doubled(text json.RawMessage) (member string, ok bool) {
	if h.scan.Run(text, 0, microversion.Version{}, "", (*scan.Scan).Skip) {
		return "", false
	}
	for _, f := range h.scan.Findings() {
		if f.Keyword == "duplicate" && (strings.HasPrefix(f.Pointer, "/request") || strings.HasPrefix(f.Pointer, "/response")) {
			return f.Pointer, true
		}
	}
	return "", false
}

// broken says where the recording stopped.
func (h *reader) broken(err error) error {
	switch {
	case errors.Is(err, ErrTooLarge):
		return fmt.Errorf("%w: entry %d, or what stands before it, takes more than %d bytes", ErrTooLarge, h.entries, h.largest)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("%w: it ends at byte %d, in or before entry %d", ErrBroken, h.gate.read, h.entries)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("%w: it is no JSON near byte %d, in or before entry %d: %w", ErrBroken, h.d.InputOffset(), h.entries, err)
	}
	return fmt.Errorf("read the recording at byte %d, entry %d: %w", h.d.InputOffset(), h.entries, err)
}

// entry is the exchange.
func (x *har) entry() (e Entry) {
	e.Raw = exchange.Raw{Method: x.Request.Method, URL: x.Request.URL}
	if text, ok := x.Started.(string); ok {
		e.Raw.Began, _ = time.Parse(time.RFC3339Nano, text) // an odd one is as good as none
	}
	if took, ok := x.Time.(float64); ok && took > 0 && took < 1e12 {
		e.Raw.Took = time.Duration(took * float64(time.Millisecond))
	}
	if x.Request.Method == "" || x.Request.URL == "" {
		e.Problem = "the request has no method or no URL"
		return e
	}
	var err error
	e.Raw.RequestHeader = headers(x.Request.Headers, x.Request.PostData)
	if e.Raw.RequestBody, e.MissingRequest, err = x.Request.PostData.body(promised(x.Request.BodySize, e.Raw.RequestHeader)); err != nil {
		e.Problem = "the request's body: " + err.Error()
		return e
	}
	if x.Response.Status != float64(int(x.Response.Status)) || x.Response.Status < 0 || x.Response.Status > 999 {
		e.Problem = "the response's status is no HTTP status"
		return e
	}
	if e.Raw.Status = int(x.Response.Status); e.Raw.Status == 0 {
		return e // there was none: the request was blocked or cut off
	}
	e.Raw.ResponseHeader = headers(x.Response.Headers, x.Response.Content)
	promise := promised(x.Response.BodySize, e.Raw.ResponseHeader)
	if x.Request.Method == http.MethodHead {
		promise = false // its headers speak of the body that a GET would have had
	}
	if e.Raw.ResponseBody, e.MissingResponse, err = x.Response.Content.body(promise); err != nil {
		e.Problem = "the response's body: " + err.Error()
	}
	return e
}

// headers are the recorded ones. Pseudo headers of HTTP/2 are none; where the
// recording has no headers at all, the media type of the body stands for them.
func headers(list []header, c *content) http.Header {
	h := make(http.Header, len(list))
	for _, x := range list {
		if name := strings.TrimSpace(x.Name); name != "" && !strings.HasPrefix(name, ":") {
			h.Add(name, x.Value)
		}
	}
	if len(h) == 0 && c != nil && c.MimeType != "" {
		h.Set("Content-Type", c.MimeType)
	}
	return h
}

// promised says whether there was a body, as far as its length tells. A browser that
// did not keep a body gives -1 for its length; then the headers tell.
func promised(size float64, h http.Header) bool {
	if size > 0 {
		return true
	}
	if length := h.Get("Content-Length"); length != "" {
		n, err := strconv.ParseInt(length, 10, 64)
		return err == nil && n > 0
	}
	return size < 0 && (h.Get("Transfer-Encoding") != "" || h.Get("Content-Type") != "")
}

// body is the body; missing says that there was one which the recording leaves out.
func (c *content) body(promised bool) (body []byte, missing bool, err error) {
	switch {
	case c == nil:
		return nil, promised, nil
	case c.Text == nil:
		return nil, promised || c.Size > 0, nil
	case c.Encoding == "":
		return []byte(*c.Text), *c.Text == "" && c.Size > 0, nil
	case strings.EqualFold(c.Encoding, "base64"):
		body, err = base64.StdEncoding.DecodeString(*c.Text)
		if err != nil {
			return nil, false, errors.New("it says base64 and is none")
		}
		return body, false, nil
	}
	return nil, false, fmt.Errorf("the encoding %.20q is not known", c.Encoding)
}
