// Package validate is the interface between the contract and whoever judges a
// message: one message in, every violation out. Implementations are generated
// or interpret the bundled contract; callers cannot tell.
package validate

import (
	"net/http"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Class says what kind of mistake a violation is.
type Class string

// The classes. Undocumented fields are never the same verdict as a broken promise.
const (
	// ClassSchema: a documented value breaks its schema.
	ClassSchema Class = "schema"
	// ClassVersion: a field, value or parameter outside its microversion range.
	ClassVersion Class = "version"
	// ClassUndocumented: a field, parameter or header that no document names.
	ClassUndocumented Class = "undocumented"
	// ClassStatus: a status that the operation does not document.
	ClassStatus Class = "status"
	// ClassContentType: a body of another media type than documented.
	ClassContentType Class = "content-type"
	// ClassSyntax: not JSON at all, truncated, duplicate keys, invalid UTF-8.
	ClassSyntax Class = "syntax"
	// ClassRelation: members that contradict each other (x-relations).
	ClassRelation Class = "relation"
)

// Severity of a violation or finding.
type Severity string

// The severities, worst first.
const (
	// Violation breaks the contract.
	Violation Severity = "violation"
	// Deviation is allowed by a ruling, which is named.
	Deviation Severity = "deviation"
	// Note is worth reading and decides nothing.
	Note Severity = "note"
)

// Finding is one thing that is wrong with one message.
type Finding struct {
	Class    Class    `json:"class"`
	Severity Severity `json:"severity"`
	// Pointer is the JSON pointer into the body, "" for the whole body; for
	// other parts "header:NAME", "query:NAME", "path:NAME" or "status".
	Pointer string `json:"pointer"`
	// Keyword is the rule that was broken: "type", "required", "maxLength", ...
	Keyword string `json:"keyword"`
	// Expected and Got are short and never hold a secret.
	Expected string `json:"expected"`
	Got      string `json:"got"`
	// Source is the place of the document: "ecs 5.8.1 table 5-63".
	Source string `json:"source,omitempty"`
	// Ruling and Requirement are ids, if one applies.
	Ruling      string `json:"ruling,omitempty"`
	Requirement string `json:"requirement,omitempty"`
}

// Message is a request or a response as it went over the wire.
type Message struct {
	// Path holds the values of the path parameters by name (requests).
	Path map[string]string
	// Query is the raw query without the question mark (requests).
	Query string
	// Status is the HTTP status (responses).
	Status int
	Header http.Header
	// Body is complete and decoded of transfer and content encodings.
	Body []byte
}

// Options modify a validation.
type Options struct {
	// Version is the microversion; zero for APIs without.
	Version microversion.Version
	// Profile is the claimed profile, which rulings may be limited to.
	Profile string
}

// Validator judges messages against the contract. Implementations are safe for
// concurrent use, survive any input and return findings in document order.
type Validator interface {
	Request(op *contract.Operation, m *Message, o Options) []Finding
	Response(op *contract.Operation, m *Message, o Options) []Finding
}
