package attempt

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/ecs"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// Body is a JSON object that a check alters: add, replace and delete members.
type Body = map[string]any

// ECS is an attempt to create servers with jobs (ecs 5.1.1).
type ECS struct {
	*Followed
	// Name is the unique name that the request had before it was altered.
	Name  string
	Reply *ecs.CreateServersResponse

	t *target.Target
}

// Server is the member server of the body.
func Server(body Body) Body { return body["server"].(Body) }

// Lengthen makes the name so many characters long, and keeps what it begins with.
func Lengthen(body Body, with string, length int) {
	name, _ := Server(body)["name"].(string)
	Server(body)["name"] = name + strings.Repeat(with, length-len(name))
}

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
	job := JobID(a.Reply.Body)
	if job != "" {
		r.Started(job)
	}
	a.Followed = Follow(ctx, t, a.Reply, a.Reply.Body)
	if job != "" {
		r.Created(a.Job.Servers()...)
	}
	return a
}

// Left is how many servers of the attempt there are: 0 after a refusal that
// changed nothing. An alteration of the name must keep it as a beginning. What a
// job that failed left in ERROR is not counted: the documents do not say that it
// is taken away.
func (a *ECS) Left(ctx context.Context) int {
	n := 0
	for _, s := range look.Named(ctx, a.t, a.Name) {
		if a.Job.Status != "FAIL" || look.Server(ctx, a.t, s.ID).Status != nova.ServerStatusERROR {
			n++
		}
	}
	return n
}
