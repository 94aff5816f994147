package look

import (
	"context"
	"net/http"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// Server is a server as it is shown (ecs 6.2.6).
func Server(ctx context.Context, t *target.Target, id string) nova.ServerDetail {
	reply := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, id))
	ExpectWithOffset(1, reply).To(expect.Status(http.StatusOK), "showing a server that exists")
	readable(t, reply.JSON200 != nil, reply.Undecoded)
	return reply.JSON200.Server
}

// Named are the servers whose name is the given one, or the given one with
// something behind it (ecs 6.2.4). Names of ours are unique in all runs, so the
// filter of the endpoint is not relied upon.
func Named(ctx context.Context, t *target.Target, name string) []nova.ServerSummary {
	reply := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Name: &name}))
	ExpectWithOffset(1, reply).To(expect.Status(http.StatusOK), "listing servers by name")
	readable(t, reply.JSON200 != nil, reply.Undecoded)
	var ours []nova.ServerSummary
	for _, s := range reply.JSON200.Servers {
		if strings.HasPrefix(s.Name, name) {
			ours = append(ours, s)
		}
	}
	return ours
}

// readable ends the check if an answer that is right by its status cannot be
// read; what is wrong with it is the judge's finding.
func readable(t *target.Target, ok bool, undecoded error) {
	if !ok {
		t.Must(errUnreadable(undecoded))
	}
}

// Address is the first IPv4 address of a server, "" if it has none.
func Address(s nova.ServerDetail) string {
	for _, network := range s.Addresses {
		for _, a := range network {
			if a.Version == nova.AddressDetailVersionN4 {
				return a.Addr
			}
		}
	}
	return ""
}
