package attempt

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// Nova is an attempt to create a server with the native call (ecs 6.2.1).
type Nova struct {
	// Name is the unique name that the request had before it was altered.
	Name  string
	Reply *nova.CreateServerResponse
	// ID is the server's, if the request was taken and answered one.
	ID string

	t *target.Target
}

// CreateByNova sends the smallest valid request, altered. The request must be
// marked with target.Intended if the alteration breaks the contract.
func CreateByNova(ctx context.Context, t *target.Target, alter func(body Body)) *Nova {
	r := t.Given.Reserve("nova", 1, 0)
	body := Body{"server": Body{
		"name": r.Name, "imageRef": t.Resources.Image, "flavorRef": t.Resources.Flavor,
		"networks": []any{Body{"uuid": t.Resources.Network}},
	}}
	alter(body)
	a := &Nova{Name: r.Name, t: t}
	raw, err := json.Marshal(body)
	t.Must(err)
	a.Reply = target.Got(t.Nova.CreateServerWithBodyWithResponse(ctx, t.Project, "application/json", bytes.NewReader(raw)))
	r.Refused(a.Reply.StatusCode())
	for _, taken := range []*nova.CreateServerReply{a.Reply.JSON202, a.Reply.JSON200} {
		if taken != nil && taken.Server != nil {
			a.ID = taken.Server.ID
			r.Created(a.ID)
		}
	}
	return a
}

// Left is how many servers of the attempt there are: 0 after a refusal that
// changed nothing. An alteration of the name must keep it as a beginning.
func (a *Nova) Left(ctx context.Context) int { return len(look.Named(ctx, a.t, a.Name)) }
