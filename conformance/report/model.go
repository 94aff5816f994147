package report

import (
	"time"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// Verdict is the outcome of one check, or of a run.
type Verdict string

// The verdicts.
const (
	// Pass: the endpoint kept its promise.
	Pass Verdict = "pass"
	// Fail: the endpoint broke a promise.
	Fail Verdict = "fail"
	// Error: we could not judge.
	Error Verdict = "error"
	// Unsupported: the operator's profile disclaims it, or the version ranges do not meet.
	Unsupported Verdict = "unsupported"
	// Excluded: the operator asked for it, with a reason.
	Excluded Verdict = "excluded"
	// NotRun: the run ended before it was this check's turn.
	NotRun Verdict = "not-run"
)

// Result is one run: what every format is a view of. Without a Footer the run
// did not come to its end, whatever its checks say.
type Result struct {
	Header Header  `json:"header"`
	Checks []Check `json:"checks"`
	Footer *Footer `json:"footer,omitempty"`
}

// Header says what was run, against what, and how.
type Header struct {
	// Schema is the URI of the published JSON Schema of this document.
	Schema  string    `json:"schema"`
	Tool    string    `json:"tool"`
	Version string    `json:"version"`
	Began   time.Time `json:"began"`
	// Profile is the part of the contract that was claimed.
	Profile string `json:"profile"`
	// Selection is how the operator chose the checks, in words.
	Selection string `json:"selection"`
	// Seed orders the checks; the same seed gives the same order.
	Seed int64 `json:"seed"`
	// Endpoint is the configuration, redacted, as rows of name and value.
	Endpoint []Setting `json:"endpoint"`
	// Checks is how many checks were selected.
	Checks int `json:"checks"`
}

// Setting is one line of the printed configuration.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Check is the outcome of one check at one microversion.
type Check struct {
	ID     string `json:"id"`
	Family string `json:"family"`
	// Says is the statement about the endpoint that the check makes.
	Says  string `json:"says"`
	Level string `json:"level"`
	// Microversion is what the check ran at; "" where there is none.
	Microversion string        `json:"microversion,omitempty"`
	Requirements []Requirement `json:"requirements"`
	// Cited are the further requirements and the rulings that findings name by
	// id, so that every view can show their text.
	Cited   []Requirement `json:"cited,omitempty"`
	Labels  []string      `json:"labels,omitempty"`
	Verdict Verdict       `json:"verdict"`
	// Provisional checks are shown but decide nothing.
	Provisional bool `json:"provisional,omitempty"`
	// Reason is why the verdict is not pass: one sentence with a next step.
	Reason   string        `json:"reason,omitempty"`
	Began    time.Time     `json:"began,omitzero"`
	Took     time.Duration `json:"took_ns"`
	Steps    []string      `json:"steps,omitempty"`
	Findings []Finding     `json:"findings,omitempty"`
	// Exchanges are the evidence, redacted, in order.
	Exchanges []exchange.Exchange `json:"exchanges,omitempty"`
	// Leftovers are resources that the check could not remove.
	Leftovers []string `json:"leftovers,omitempty"`
}

// Requirement is what a check proves, with its place in the documents.
type Requirement struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Source string `json:"source"`
}

// Finding is one thing that is wrong: of an exchange, or of a scenario.
type Finding struct {
	validate.Finding
	// Exchange is the id of the exchange; "" for a finding of the scenario.
	Exchange string `json:"exchange,omitempty"`
	// Operation is the id of the operation; "" if none was recognised.
	Operation string `json:"operation,omitempty"`
	// Direction is "request", "response" or "" for a scenario.
	Direction string `json:"direction,omitempty"`
	// Message is one sentence: what was expected, what arrived, where to look.
	Message string `json:"message"`
}

// Footer closes a run.
type Footer struct {
	Ended   time.Time       `json:"ended"`
	Verdict Verdict         `json:"verdict"`
	Reason  string          `json:"reason,omitempty"`
	Counts  map[Verdict]int `json:"counts"`
	// Exit is the exit status of the run: 0 conforms, 1 does not, 3 could not judge.
	Exit int `json:"exit"`
	// Interrupted says that the operator or a time limit ended the run.
	Interrupted bool `json:"interrupted,omitempty"`
}
