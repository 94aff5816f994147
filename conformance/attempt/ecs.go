package attempt

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
)

// Body is a JSON object that a check alters: add, replace and delete members.
type Body = map[string]any

// ECS is an attempt to create servers with jobs (ecs 5.1.1).
type ECS struct {
	// Name is the unique name that the request had before it was altered.
	Name  string
	Reply *ecs.CreateServersResponse
	// Job is the job, ended, if the request was taken and answered one.
	Job target.Job

	t *target.Target
}

// Server is the member server of the body.
func Server(body Body) Body { return body["server"].(Body) }

// CreateByECS sends the smallest valid request for so many servers, altered. The
// request must be marked with target.Intended if the alteration breaks the contract.
func CreateByECS(ctx context.Context, t *target.Target, servers int, alter func(body Body)) *ECS {
	r := t.Given.Reserve("ecs", servers, servers)
	body := Body{"server": Body{
		"name": r.Name, "imageRef": t.Resources.Image, "flavorRef": t.Resources.Flavor, "vpcid": t.Resources.VPC,
		"nics": []any{Body{"subnet_id": t.Resources.Subnet}}, "root_volume": Body{"volumetype": "SSD"}, "count": servers,
	}}
	if servers == 1 {
		delete(Server(body), "count")
	}
	alter(body)
	a := &ECS{Name: r.Name, t: t}
	raw, err := json.Marshal(body)
	t.Must(err)
	a.Reply = target.Got(t.ECS.CreateServersWithBodyWithResponse(ctx, t.Project, "application/json", bytes.NewReader(raw)))
	r.Refused(a.Reply.StatusCode())
	if job := a.job(); job != "" {
		r.Started(job)
		a.Job = t.Wait.JobEnds(ctx, job)
		r.Created(a.Job.Servers()...)
	}
	return a
}

// job is the id of the job that the answer names, "" if it names none.
func (a *ECS) job() string {
	switch {
	case a.Reply.JSON200 != nil:
		return a.Reply.JSON200.JobID
	case a.Reply.JSON202 != nil && a.Reply.JSON202.JobID != nil:
		return *a.Reply.JSON202.JobID
	}
	return ""
}

// Left is how many servers of the attempt there are: 0 after a refusal that
// changed nothing. An alteration of the name must keep it as a beginning.
func (a *ECS) Left(ctx context.Context) int { return len(look.Named(ctx, a.t, a.Name)) }
