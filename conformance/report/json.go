package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ErrUnfinished is a result without its footer: the run did not come to its
// end, so it is never a pass, whatever its checks say.
var ErrUnfinished = errors.New("the run did not come to its end: the result has no footer")

// ErrEmpty is a result file without a single byte.
var ErrEmpty = errors.New("the result is empty: the run wrote nothing")

// JSON is a Sink that writes result.json while the run goes on: one document,
// a check on each line, one Write per call. The document is valid JSON only
// when the footer has arrived.
type JSON struct {
	w     io.Writer
	order order
	some  bool // a check was written
}

// NewJSON writes to w, which the caller closes after OnFooter.
func NewJSON(w io.Writer) *JSON { return &JSON{w: w} }

// OnHeader opens the document.
func (j *JSON) OnHeader(h Header) error {
	if err := j.order.header(); err != nil {
		return err
	}
	return j.write(`{"header":`, complete(h), ",\n\"checks\":[")
}

// OnStart writes nothing.
func (j *JSON) OnStart(id, _ string) error { return j.order.start(id) }

// OnCheck writes one line.
func (j *JSON) OnCheck(c Check) error {
	if err := j.order.check(c.ID); err != nil {
		return err
	}
	before := ",\n"
	if !j.some {
		before, j.some = "\n", true
	}
	return j.write(before, completeCheck(c), "")
}

// OnFooter closes the document.
func (j *JSON) OnFooter(f Footer) error {
	if err := j.order.footer(); err != nil {
		return err
	}
	return j.write("\n],\n\"footer\":", completeFooter(f), "}\n")
}

func (j *JSON) write(before string, value any, after string) error {
	var b bytes.Buffer
	b.WriteString(before)
	if err := encode(&b, value); err != nil {
		return j.order.fail(fmt.Errorf("write result: %w", err))
	}
	b.WriteString(after)
	if _, err := j.w.Write(b.Bytes()); err != nil {
		return j.order.fail(fmt.Errorf("write result: %w", err))
	}
	return nil
}

// encode writes value on one line without a line end; < and & stay readable.
func encode(b *bytes.Buffer, value any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1)
	return nil
}

// WriteJSON writes a finished result; one without a footer is ErrUnfinished.
func WriteJSON(w io.Writer, r Result) error {
	if r.Footer == nil {
		return fmt.Errorf("write result: %w", ErrUnfinished)
	}
	return Replay(r, NewJSON(w))
}

// complete fills in what a reader may rely on: the schema, lists that are
// never null.
func complete(h Header) Header {
	h.Schema = SchemaID
	if h.Endpoint == nil {
		h.Endpoint = []Setting{}
	}
	return h
}

func completeCheck(c Check) Check {
	if c.Requirements == nil {
		c.Requirements = []Requirement{}
	}
	return c
}

func completeFooter(f Footer) Footer {
	counts := make(map[Verdict]int, len(f.Counts)+6)
	for _, v := range Verdicts() {
		counts[v] = 0
	}
	for v, n := range f.Counts {
		counts[v] = n
	}
	f.Counts = counts
	return f
}

// ReadJSON reads what JSON wrote and verifies it (Result.Verify). With an error
// comes what could be read up to there, for a view that says so; such a Result
// never has a Footer unless the document itself was complete.
func ReadJSON(r io.Reader) (Result, error) {
	var result Result
	var footer *Footer
	if err := readDocument(json.NewDecoder(r), &result, &footer); err != nil {
		return result, fmt.Errorf("read result: %w", err)
	}
	result.Footer = footer
	if err := result.Verify(); err != nil {
		return result, fmt.Errorf("read result: %w", err)
	}
	return result, nil
}

func readDocument(d *json.Decoder, result *Result, footer **Footer) error {
	if err := delimiter(d, '{'); err != nil {
		if errors.Is(err, io.EOF) {
			return ErrEmpty
		}
		return err
	}
	seen := map[string]bool{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return cut(err)
		}
		key, _ := name.(string)
		if seen[key] {
			return fmt.Errorf("member %q comes twice", key)
		}
		seen[key] = true
		switch key {
		case "header":
			err = d.Decode(&result.Header)
		case "checks":
			err = readChecks(d, result)
		case "footer":
			err = d.Decode(footer)
		default:
			err = fmt.Errorf("unknown member")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", key, cut(err))
		}
	}
	if err := delimiter(d, '}'); err != nil {
		return cut(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the document")
	}
	if !seen["header"] {
		return errors.New("the document has no header")
	}
	return nil
}

func readChecks(d *json.Decoder, result *Result) error {
	if err := delimiter(d, '['); err != nil {
		return err
	}
	for d.More() {
		var c Check
		if err := d.Decode(&c); err != nil {
			return fmt.Errorf("check %d: %w", len(result.Checks)+1, err)
		}
		result.Checks = append(result.Checks, c)
	}
	return delimiter(d, ']')
}

func delimiter(d *json.Decoder, want json.Delim) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	if t != want {
		return fmt.Errorf("want %q, got %v", want.String(), t)
	}
	return nil
}

// cut says of a document that stops half-way that its run did too.
func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w (%w)", ErrUnfinished, io.ErrUnexpectedEOF)
	}
	return err
}
