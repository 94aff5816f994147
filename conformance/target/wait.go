package target

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Wait waits for named conditions. How long is patience (Config.Patience), never
// a promise of the endpoint: when it ends while something is still going on, the
// check ends with verdict error. What comes to rest elsewhere than hoped for is
// returned as it is, for the check to judge.
type Wait struct{ t *Target }

// ServerIs waits until a server has one of the statuses and no task is running.
// It returns earlier when the server fails (ERROR), is gone, or rests in another
// status for Patience.Rests.
func (w *Wait) ServerIs(ctx context.Context, id string, statuses ...string) Server {
	w.t.bench.Step("waiting for the server to be " + strings.Join(statuses, " or "))
	return w.until(ctx, id, func(s Server, rested time.Duration) bool {
		return s.Settled() && slices.Contains(statuses, s.Status) || s.Gone ||
			s.Status == "ERROR" && s.TaskState == "" || rested >= w.t.Config.Patience.Rests
	})
}

// ServerSettles waits until no task is running, whatever the status is then.
func (w *Wait) ServerSettles(ctx context.Context, id string) Server {
	w.t.bench.Step("waiting for the server to settle")
	return w.until(ctx, id, func(s Server, _ time.Duration) bool { return s.Settled() })
}

// ServerGone waits until a deleted server is gone. When the server rests in some
// status for Patience.Rests instead, it returns whether that says deleted.
func (w *Wait) ServerGone(ctx context.Context, id string) bool {
	w.t.bench.Step("waiting for the server to be gone")
	return w.until(ctx, id, func(s Server, rested time.Duration) bool {
		return s.Gone || rested >= w.t.Config.Patience.Rests
	}).Deleted()
}

// until looks at a server until done, which is told for how long the server has
// rested in its state.
func (w *Wait) until(ctx context.Context, id string, done func(s Server, rested time.Duration) bool) Server {
	t := w.t
	p := t.Config.Patience
	d := desk{t.endpoint, t.sender()}
	ctx = with(ctx, func(c *call) { c.poll = &poll{} })
	began := time.Now()
	var last Server
	var since time.Time
	for pause := p.FirstPoll; ; pause = min(pause*3/2, p.LongestPoll) {
		s, temporary, err := d.look(ctx, id)
		switch {
		case err != nil && !temporary:
			t.bench.Cannot(t.known(cause(err)))
			return last
		case err == nil:
			if s != last || !s.Settled() {
				since = time.Now()
			}
			last = s
			if done(s, time.Since(since)) {
				return s
			}
		}
		if patience := max(p.ServerSettles, p.ServerGone); time.Since(began) > patience {
			why := "it is " + last.String()
			if err != nil {
				why = err.Error()
			}
			t.bench.Cannot(t.known(fmt.Sprintf("server %s did not get there within %s: %s; if the endpoint is merely slow, raise patience.server of the endpoint file", id, patience, why)))
			return last
		}
		if err := sleep(ctx, pause); err != nil {
			t.bench.Cannot(fmt.Sprintf("the time was over while server %s was %s", id, last))
			return last
		}
	}
}

// Job is what waiting reads of a job (ecs 5.8.1).
type Job struct {
	ID, Type, Status string
	// ErrorCode and FailReason are "" unless it failed.
	ErrorCode, FailReason string
	// Entities are its own; Parts are its sub jobs.
	Entities map[string]any
	Parts    []Job
}

// Servers are the ids that the job and its parts name, in order.
func (j Job) Servers() []string {
	var t thing
	if id, ok := j.Entities["server_id"].(string); ok {
		t.addID(id)
	}
	for _, p := range j.Parts {
		for _, id := range p.Servers() {
			t.addID(id)
		}
	}
	return t.IDs
}

// String is the job's state for a sentence.
func (j Job) String() string {
	text := j.Status
	if j.ErrorCode != "" {
		text += " " + j.ErrorCode
	}
	if j.FailReason != "" {
		text += " (" + j.FailReason + ")"
	}
	return text
}

// Ended reports that the job will not change any more.
func (j Job) Ended() bool { return j.Status == "SUCCESS" || j.Status == "FAIL" }

type shownJob struct {
	ID       string         `json:"job_id"`
	Type     string         `json:"job_type"`
	Status   string         `json:"status"`
	Code     *string        `json:"error_code"`
	Reason   *string        `json:"fail_reason"`
	Entities map[string]any `json:"entities"`
}

func (s shownJob) job() Job {
	j := Job{ID: s.ID, Type: s.Type, Status: s.Status, Entities: s.Entities}
	if s.Code != nil {
		j.ErrorCode = *s.Code
	}
	if s.Reason != nil {
		j.FailReason = *s.Reason
	}
	parts, _ := s.Entities["sub_jobs"].([]any)
	for _, part := range parts {
		m, ok := part.(map[string]any)
		if !ok {
			continue
		}
		p := Job{ID: text(m["job_id"]), Type: text(m["job_type"]), Status: text(m["status"]),
			ErrorCode: text(m["error_code"]), FailReason: text(m["fail_reason"])}
		p.Entities, _ = m["entities"].(map[string]any)
		j.Parts = append(j.Parts, p)
	}
	return j
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func (d desk) job(ctx context.Context, id string) (j Job, temporary bool, err error) {
	a, err := d.e.ask(ctx, "ecs", d.s, http.MethodGet, "/v1/"+url.PathEscape(d.e.project.ID)+"/jobs/"+url.PathEscape(id), nil)
	if err != nil {
		return Job{}, false, err
	}
	if !a.ok() {
		return Job{}, a.status >= 500, fmt.Errorf("show job %s: %s", id, d.e.refusal(a))
	}
	var s shownJob
	if err := a.into(&s); err != nil {
		return Job{}, false, fmt.Errorf("show job %s: %w", id, err)
	}
	if s.Status == "" {
		return Job{}, false, fmt.Errorf("show job %s: the answer has no status", id)
	}
	return s.job(), false, nil
}

// JobEnds waits until a job has succeeded or failed.
func (w *Wait) JobEnds(ctx context.Context, id string) Job {
	t := w.t
	t.bench.Step("waiting for the job to end")
	j, err := desk{t.endpoint, t.sender()}.jobEnds(ctx, id)
	if err != nil {
		t.bench.Cannot(t.known(cause(err)))
	}
	return j
}

func (d desk) jobEnds(ctx context.Context, id string) (Job, error) {
	p := d.e.cfg.Patience
	ctx = with(ctx, func(c *call) { c.poll = &poll{} })
	began := time.Now()
	var last Job
	for pause := p.FirstPoll; ; pause = min(pause*3/2, p.LongestPoll) {
		j, temporary, err := d.job(ctx, id)
		if err != nil && !temporary {
			return last, err
		}
		if err == nil {
			if last = j; j.Ended() {
				return j, nil
			}
		}
		if time.Since(began) > p.JobEnds {
			return last, fmt.Errorf("job %s did not end within %s, its status is %q; if the endpoint is merely slow, raise patience.job of the endpoint file", id, p.JobEnds, last.Status)
		}
		if err := sleep(ctx, pause); err != nil {
			return last, fmt.Errorf("the time was over while job %s was %s", id, last.Status)
		}
	}
}

// jobSettles waits for a job of a clean-up; that it failed or is not known does not matter.
func (d desk) jobSettles(ctx context.Context, id string) {
	if d.e.cfg.APIs["ecs"] == "" {
		return
	}
	if _, err := d.jobEnds(ctx, id); err != nil {
		d.e.progress("before cleaning up: " + err.Error())
	}
}
