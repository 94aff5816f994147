package message

import (
	"slices"

	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate/scan"
)

// API is one API as tables.
type API struct {
	Name string
	// Gates are the microversions at which something begins or has ended,
	// ascending; they part the epochs that []bool tables are indexed by.
	Gates      []microversion.Version
	Operations []Operation
}

// Operation is one operation.
type Operation struct {
	// ID is "nova.StartServer", Name "StartServer", Call "POST /v2.1/...".
	ID, Name, Call string
	// Sources are joined by ", ".
	Sources string
	// Sections are those of the sources: "ecs 5.1.1".
	Sections []string
	Life     Life
	// Outside are the rulings that tolerate it at other microversions.
	Outside    []scan.Outside
	Parameters []Parameter
	// Body is nil if the request has none.
	Body      *Body
	Responses []Response
	// Success are the documented statuses below 300, in words.
	Success string
}

// Life is the microversions in which something exists.
type Life struct {
	// Epochs is nil if it always does.
	Epochs []bool
	// Says is the range in words: "2.26..".
	Says string
}

func (l *Life) at(epoch int) bool { return l.Epochs == nil || epoch < len(l.Epochs) && l.Epochs[epoch] }

// Parameter is a part of the path, the query or the headers.
type Parameter struct {
	// Name is in canonical form for headers; In is path, query or header.
	Name, In          string
	Source            string
	Ruling            string
	Requirement       string
	Required, Explode bool
	Life              Life
	Outside           []scan.Outside
	// Kinds are the JSON types that the text may stand for; Items those of the
	// items of a list.
	Kinds, Items Kinds
	// Value is nil if nothing is said of it.
	Value scan.Value
}

// Kinds is a set of JSON types.
type Kinds uint8

// The kinds.
const (
	String Kinds = 1 << iota
	Integer
	Number
	Boolean
	Null
	Array
)

// Body is what a request may carry.
type Body struct {
	Required bool
	Source   string
	Media    []Media
}

// Media is a body of one media type; Value is nil if nothing is said of it.
type Media struct {
	Type  string
	Value scan.Value
	// Life is when there is such a body.
	Life Life
}

// Response is one documented answer; Status is 0 for the default.
type Response struct {
	Status  int
	Source  string
	Life    Life
	Headers []Parameter
	Media   []Media
	// Tolerances make the status itself a deviation, Bodies what a body should not be.
	Tolerances []Tolerance
	Bodies     []BodyTolerance
}

// Tolerance is a ruling, limited to profiles if there are any.
type Tolerance struct {
	Ruling   string
	Profiles []string
}

func (t *Tolerance) applies(profile string) bool {
	return t.Profiles == nil || slices.Contains(t.Profiles, profile)
}

// BodyTolerance is a ruling on the body of an answer, limited to statuses if there are any.
type BodyTolerance struct {
	Tolerance
	Statuses []int
	// Missing tolerates that there is none, Media one of these types, taken as it comes.
	Missing bool
	Media   []string
}
