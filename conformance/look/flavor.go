package look

import (
	"context"
	"net/http"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// Flavor is a flavor as it is shown (ecs 6.6.3).
func Flavor(ctx context.Context, t *target.Target, id string) nova.Flavor {
	reply := target.Got(t.Nova.ShowFlavorWithResponse(ctx, t.Project, id))
	ExpectWithOffset(1, reply).To(expect.Status(http.StatusOK), "showing a flavor that exists")
	readable(t, reply.JSON200 != nil, reply.Undecoded)
	return reply.JSON200.Flavor
}

// Flavors are the flavors of the short list (ecs 6.6.1).
func Flavors(ctx context.Context, t *target.Target) []nova.FlavorSummary {
	reply := target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{}))
	ExpectWithOffset(1, reply).To(expect.Status(http.StatusOK), "listing flavors")
	readable(t, reply.JSON200 != nil, reply.Undecoded)
	return reply.JSON200.Flavors
}

// FlavorOf is the id of a server's flavor. Up to 2.46 the server refers to it,
// from 2.47 on it has a copy, whose original name is looked up (ecs 6.2.5 table
// 6-39). "" if neither leads to a flavor.
func FlavorOf(ctx context.Context, t *target.Target, s nova.ServerDetail) string {
	if s.Flavor.ID != nil {
		return *s.Flavor.ID
	}
	if s.Flavor.OriginalName == nil {
		return ""
	}
	for _, f := range Flavors(ctx, t) {
		if f.Name == *s.Flavor.OriginalName {
			return f.ID
		}
	}
	return ""
}

// ImageOf is the id of the image that a server was made from, "" for none.
func ImageOf(s nova.ServerDetail) string {
	image, err := s.Image.AsServerImageReference()
	if err != nil {
		return ""
	}
	return image.ID
}
