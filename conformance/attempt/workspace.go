package attempt

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/workspace"
)

// AppGroup is an attempt to create a group of application servers (appgroup-create).
// No documented call removes one.
type AppGroup struct {
	// Name is the unique name that the request had before it was altered.
	Name  string
	Reply *workspace.CreateServerGroupResponse
	// ID is the group's, if the request was taken.
	ID string

	t *target.Target
}

// CreateAppGroup sends the smallest valid request, altered. The request must be
// marked with target.Intended if the alteration breaks the contract.
func CreateAppGroup(ctx context.Context, t *target.Target, alter func(body Body)) *AppGroup {
	k := t.Given.Lasting(target.AppGroup, 1)
	body := Body{
		"name": k.Name, "image_id": t.Resources.AppImage, "image_type": "public", "os_type": "Windows",
		"product_id": t.Resources.AppProduct, "vpc_id": t.Resources.VPC, "subnet_id": t.Resources.Subnet,
		"system_disk_type": "SAS", "system_disk_size": 80,
	}
	alter(body)
	raw, err := json.Marshal(body)
	t.Must(err)
	a := &AppGroup{Name: k.Name, t: t}
	a.Reply = target.Got(t.Workspace.CreateServerGroupWithBodyWithResponse(ctx, t.Project, "application/json", bytes.NewReader(raw)))
	if a.Reply.JSON200 != nil {
		a.ID = a.Reply.JSON200.ID
		k.Made(a.ID)
	}
	k.Refused(a.Reply.StatusCode())
	return a
}

// Left is how many groups of the attempt's name there are.
func (a *AppGroup) Left(ctx context.Context) int {
	return len(AppGroups(ctx, a.t, workspace.ListServerGroupsParams{ServerGroupName: &a.Name}))
}

// GivenAppGroup is a group that a check starts from. If there is none, the check
// cannot be judged.
func GivenAppGroup(ctx context.Context, t *target.Target, alter func(body Body)) *AppGroup {
	a := CreateAppGroup(ctx, t, alter)
	if a.ID == "" {
		t.Must(fmt.Errorf("the group that the check starts from was not created; the answer is %d", a.Reply.StatusCode()))
	}
	return a
}

// AppGroups are the ids of the groups that a list has. One that is refused means that
// the check cannot be judged.
func AppGroups(ctx context.Context, t *target.Target, params workspace.ListServerGroupsParams) []string {
	reply := target.Got(t.Workspace.ListServerGroupsWithResponse(ctx, t.Project, &params))
	if reply.StatusCode() != http.StatusOK || reply.JSON200 == nil {
		t.Must(fmt.Errorf("the list of groups of application servers is answered with %d", reply.StatusCode()))
	}
	ids := []string{}
	for _, g := range reply.JSON200.Items {
		ids = append(ids, g.ID)
	}
	return ids
}

// BuyAppServers sends the smallest valid request for one server that is paid by use,
// altered; group may be unknown. With transaction it carries the header of a purchase by
// month or year. No documented call removes the server.
func BuyAppServers(ctx context.Context, t *target.Target, group, transaction string, alter func(body Body)) *workspace.CreateAppServersResponse {
	k := t.Given.Lasting(target.AppServers, 1)
	body := Body{
		"type": "createApps", "server_group_id": group, "subscription_num": 1, "product_id": t.Resources.AppProduct,
		"root_volume": Body{"type": "SAS", "size": 80}, "vpc_id": t.Resources.VPC, "subnet_id": t.Resources.Subnet,
	}
	alter(body)
	raw, err := json.Marshal(body)
	t.Must(err)
	params := &workspace.CreateAppServersParams{}
	if transaction != "" {
		params.ServiceTransactionID = &transaction
	}
	reply := target.Got(t.Workspace.CreateAppServersWithBodyWithResponse(ctx, t.Project, params, "application/json", bytes.NewReader(raw)))
	if made := reply.JSON200; made != nil {
		for _, id := range []*string{made.JobID, made.OrderID} {
			if id != nil {
				k.Made(*id)
			}
		}
	}
	k.Refused(reply.StatusCode())
	return reply
}
