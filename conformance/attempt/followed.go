package attempt

import (
	"context"
	"encoding/json"

	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// Followed is a request of the ECS API that was followed to the end of its job.
type Followed struct {
	// Job is the job, ended; zero if the answer named none.
	Job target.Job

	answer any
}

// Follow waits for the job that an answer names, if it names one. The body is
// the answer's. A job that cannot be queried fails the check (ecs 10.3.1).
func Follow(ctx context.Context, t *target.Target, answer any, body []byte) *Followed {
	f := &Followed{answer: answer}
	if id := JobID(body); id != "" {
		look.Job(ctx, t, id)
		f.Job = t.Wait.JobEnds(ctx, id)
	}
	return f
}

// JobID is the id of the job that an answer names, "" if it names none (ecs 10.3.1).
func JobID(body []byte) string {
	var named struct {
		JobID string `json:"job_id"`
	}
	if json.Unmarshal(body, &named) != nil {
		return ""
	}
	return named.JobID
}

// Answer is the answer to the request.
func (f *Followed) Answer() any { return f.answer }

// Ended is the status of the job, the error codes of it and of its parts, and
// the first reason; all empty if there was no job.
func (f *Followed) Ended() (status string, codes []string, reason string) {
	reason = f.Job.FailReason
	if f.Job.ErrorCode != "" {
		codes = append(codes, f.Job.ErrorCode)
	}
	for _, p := range f.Job.Parts {
		if p.ErrorCode != "" {
			codes = append(codes, p.ErrorCode)
		}
		if reason == "" {
			reason = p.FailReason
		}
	}
	return f.Job.Status, codes, reason
}
