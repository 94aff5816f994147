package attempt

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/autolaunch"
)

// Override is the only override of the body.
func Override(body Body) Body {
	region, _ := body["region_specs"].([]any)[0].(Body)
	config, _ := region["launch_template_config"].(Body)
	override, _ := config["overrides"].([]any)[0].(Body)
	return override
}

// CreateLaunchGroup sends the smallest valid request, altered: for one server of the spot
// market, at a price for which none is sold, so that the group costs nothing. The request must be marked
// with target.Intended if the alteration breaks the contract. No documented call removes a group.
func CreateLaunchGroup(ctx context.Context, t *target.Target, alter func(body Body)) *autolaunch.CreateAutoLaunchGroupResponse {
	return launchGroup(ctx, t, false, alter)
}

// DryLaunchGroup is CreateLaunchGroup as a dry run.
func DryLaunchGroup(ctx context.Context, t *target.Target, alter func(body Body)) *autolaunch.CreateAutoLaunchGroupResponse {
	return launchGroup(ctx, t, true, alter)
}

func launchGroup(ctx context.Context, t *target.Target, dry bool, alter func(body Body)) *autolaunch.CreateAutoLaunchGroupResponse {
	k := t.Given.Lasting(target.LaunchGroup, 1)
	body := Body{
		"name": k.Name, "type": "request", "target_capacity": 1, "stable_capacity": 0, "spot_price": 0.000001,
		"region_specs": []any{Body{
			"region_id": t.Config.Region, "expect_target_capacity": 1, "expect_stable_capacity": 0,
			"launch_template_config": Body{
				"launch_template": Body{"launch_template_id": t.Resources.LaunchTemplate, "version": t.Resources.LaunchVersion},
				"overrides":       []any{Body{"availability_zone_id": t.Resources.AvailabilityZone, "flavor_id": t.Resources.Flavor}},
			},
		}},
	}
	if dry {
		body["dry_run"] = true
	}
	alter(body)
	raw, err := json.Marshal(body)
	t.Must(err)
	reply := target.Got(t.AutoLaunch.CreateAutoLaunchGroupWithBodyWithResponse(ctx, t.Resources.DomainID, "application/json", bytes.NewReader(raw)))
	switch {
	case reply.JSON200 != nil:
		k.Made(reply.JSON200.AutoLaunchGroupID)
	case reply.JSON201 != nil:
		k.Made(reply.JSON201.AutoLaunchGroupID)
	case dry && reply.StatusCode() == http.StatusAccepted:
		k.Spared("a dry run")
	}
	k.Refused(reply.StatusCode())
	return reply
}
