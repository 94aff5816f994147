package message

import (
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/scan"
)

// Stream judges a message whose body comes in pieces, and finds what Request or
// Response find in the whole. It holds a window of the body: what scan.MaxWindow says
// at most, mostly less than twice scan.FirstWindow. It is for one goroutine.
type Stream struct {
	v *Validator
	j *judgement
	// documented says that content was called, with media, required, tolerances and source;
	// none that there is to be no body.
	documented, none bool
	media            []Media
	required         bool
	tolerances       []BodyTolerance
	source           string
	body             extent
	// decided says that the value is known to be of interest, or not to be; judged that it is.
	decided, judged bool
}

// RequestStream begins to judge what a client sends; the body of m is ignored. It is
// nil for an operation that the contract does not have.
func (v *Validator) RequestStream(op *contract.Operation, m *validate.Message, o validate.Options) *Stream {
	return v.stream(op, m, o, (*judgement).request)
}

// ResponseStream begins to judge what an endpoint answers, like RequestStream.
func (v *Validator) ResponseStream(op *contract.Operation, m *validate.Message, o validate.Options) *Stream {
	return v.stream(op, m, o, func(j *judgement) { j.response(&v.statuses) })
}

// Window sets how much of a body that comes in pieces is gathered before it is judged,
// and how much is held at most; without it they are those of package scan. It is to be
// set before the validator is used.
func (v *Validator) Window(first, limit int) { v.first, v.limit = first, limit }

func (v *Validator) stream(op *contract.Operation, m *validate.Message, o validate.Options, head func(*judgement)) *Stream {
	j := v.begin(op, m, o)
	if j == nil {
		return nil
	}
	t := &Stream{v: v, j: j}
	j.stream = t
	head(j)
	return t
}

// Write takes the next piece of the body. It keeps nothing of p and never fails.
func (t *Stream) Write(p []byte) (int, error) {
	if t == nil || t.j == nil {
		return len(p), nil
	}
	before := t.body.size
	t.body = t.body.more(p)
	if !t.decided && t.body.some {
		t.decide(before)
	}
	if t.judged {
		t.j.pieces.Write(p)
	}
	return len(p), nil
}

// decide settles whether the value is judged; blank is how much white space came in
// pieces before.
func (t *Stream) decide(blank int) {
	j := t.j
	t.decided = true
	if !t.documented {
		return
	}
	found := len(j.found)
	value := j.body(t.media, t.required, t.tolerances, t.source, t.body)
	j.found = j.found[:found] // that is told at the end, when the size is known
	if value == nil {
		return
	}
	t.judged = true
	j.pieces.Window(t.v.first, t.v.limit)
	j.pieces.Begin(j.scan, j.epoch, j.version, j.profile, value)
	for blank = min(blank, max(t.v.limit, scan.MaxWindow)); blank > 0; blank -= len(blanks) {
		j.pieces.Write([]byte(blanks[:min(blank, len(blanks))]))
	}
}

const blanks = "                                                                "

// Found is how many findings are certain so far: a proxy may stop early.
func (t *Stream) Found() int {
	switch {
	case t == nil || t.j == nil:
		return 0
	case t.judged:
		return len(t.j.found) + t.j.pieces.Found()
	}
	return len(t.j.found)
}

// Findings ends the body and the judgement.
func (t *Stream) Findings() []validate.Finding {
	if t == nil || t.j == nil {
		return nil
	}
	j := t.j
	switch {
	case t.documented:
		if !t.decided && t.body.size > 0 {
			t.decide(t.body.size)
		}
		j.body(t.media, t.required, t.tolerances, t.source, t.body)
		if t.judged {
			j.addAll(j.pieces.Findings(), t.source)
		}
	case t.none && t.body.size > 0:
		j.noBody(t.body.size, j.op.Sources)
	}
	t.j, j.stream = nil, nil
	return t.v.end(j)
}
