// Package contract holds the shapes of what the generator knows about the
// contract: operations, requirements, rulings, codes, states. The values are in
// gen/catalog, which is output. Start reading at Operation.
package contract

import "github.com/ecsconform/ecsconform/gen/microversion"

// Operation is one method and path of an API; each key of an action body is an
// operation of its own.
type Operation struct {
	// ID is unique over all APIs: "nova.StartServer".
	ID string
	// API is the folder of spec/openapi it comes from: "nova".
	API string
	// Name is the operationId and the client's method: "StartServer".
	Name string
	// Method is the HTTP method, Path the template: "/v2.1/{project_id}/servers".
	Method, Path string
	// Action is what tells operations of one path apart, "os-start": the single key
	// of the request body, or with ActionMember the value of that member.
	Action, ActionMember string
	// Summary is one line of ours.
	Summary string
	// Sources are the places of the documents: "ecs 6.3.1 table 6-63".
	Sources []string
	// Versions is the range in which the operation exists.
	Versions microversion.Range
	// Deprecated operations are still contract.
	Deprecated bool
	// Permissions are the authorisation items of chapter 9 that a caller needs.
	Permissions []string
	// Job is set when the operation answers with a job.
	Job *Job
	// Requirements and Rulings are the ids that the operation cites.
	Requirements, Rulings []string
	// Success are the documented statuses below 300, the likeliest first.
	Success []int
}

// Job says what kind of job an operation answers with.
type Job struct {
	// Type is the job_type, "" where the documents do not name it.
	Type string
	// Entities are the members that a finished job must name: "server_id".
	Entities []string
}

// Level is the strength of a requirement.
type Level string

// The three levels.
const (
	Must   Level = "must"
	Should Level = "should"
	May    Level = "may"
)

// Proof says who can prove a requirement.
type Proof string

// The three kinds of proof.
const (
	// BySuite needs a check: order, time, state or cause decide it.
	BySuite Proof = "suite"
	// ByJudge is visible in any single exchange.
	ByJudge Proof = "judge"
	// ByNobody cannot be seen from outside; Reason says why.
	ByNobody Proof = "nobody"
)

// Requirement is one normative statement of a document in our words.
type Requirement struct {
	ID, Text, Source string
	Level            Level
	Proof            Proof
	// Reason is why nobody can prove it from outside.
	Reason string
	// Waiver is why no check proves it so far; it ends on Until (2027-03-31).
	Waiver, Until string
}

// Ruling is our decision where the documents contradict themselves or are silent.
type Ruling struct {
	ID, Title string
	Citations []Citation
	// Reading is what the contract takes, Reason why.
	Reading, Reason string
	// Observed is what real endpoints or clients were seen to do; may be "".
	Observed string
	// Violation and Deviation say what the judge makes of the two readings.
	Violation, Deviation string
	// Profiles are the profiles that the ruling is limited to; empty means all.
	Profiles []string
}

// Citation is one side of a contradiction.
type Citation struct{ Source, Says string }

// ErrorCode is one row of the error catalogue (ecs A.2).
type ErrorCode struct {
	Code    string
	Status  int
	Message string
	// Meaning is the cause in our words, Remedy what the caller can do.
	Meaning, Remedy string
	Source          string
	// Ruling is set where the page broke the code and we repaired it.
	Ruling string
}

// State is one row of table A-4: what status a server shows. A pair of VM and
// Task without a row shows UNKNOWN.
type State struct {
	VM string
	// Task is "" for no task and "*" for any that no other row of VM names.
	Task   string
	Status string
	Source string
	// Ruling is set for rows that are not in the table. Without Profiles such a
	// row is the reading and UNKNOWN a deviation; with Profiles UNKNOWN is the
	// reading and the row a deviation on these.
	Ruling   string
	Profiles []string
}

// StateName is one word that a server shows as status, vm_state or task_state.
type StateName struct{ Name, Meaning, Source string }

// JobType is a kind of job, whichever operations start it.
type JobType struct {
	// Type is the job_type: "createServer".
	Type string
	// Operations are the operations that answer with such a job.
	Operations []string
	// Entities are the members that a finished job must name.
	Entities []string
	// SubJob is the job_type of its parts, "" if it has none.
	SubJob string
	Source string
}

// Status is one HTTP status of the general tables (ecs 10.1, 10.3.2, A.1).
type Status struct {
	Code    int
	Meaning string
	Sources []string
}

// Permission is one row of chapter 9, or of another document's table of permissions.
type Permission struct {
	// Item is the authorisation item: "ecs:cloudServers:create"; it may have several rows.
	Item string
	// Call is the method and path that the row names: "POST /v1/{project_id}/cloudservers".
	Call string
	// Operations are the operations that need it.
	Operations []string
	// Dependencies are further items that the caller needs.
	Dependencies []string
	// Project and Enterprise say at which scopes it can be granted.
	Project, Enterprise bool
	// Access, Resources and Conditions are "write", the kinds of resources that
	// the item protects and what can limit a grant; chapter 9 names none.
	Access                string
	Resources, Conditions []string
	Source                string
}

// Profile is a part of the contract that an endpoint can claim.
type Profile struct {
	Name string
	// Says is one line for --help.
	Says string
	// APIs are the claimed APIs.
	APIs []string
	// Rulings are the profile statements that turn violations into deviations.
	Rulings []string
}
