package lifecycle

import (
	"context"
	"net/http"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// The filter matches in part, so the address that the other one contains is not
// the one to ask for.
var _ = check.It(check.Decl{
	ID:      "lifecycle.list.ip-filter",
	Says:    "the ip filter keeps the server that has the address, and no other",
	Proves:  []string{"ECS-6.2.4-ip-filter"},
	Level:   check.Must,
	Needs:   []check.Need{check.Nova},
	Creates: 2,
}, func(ctx context.Context, t *target.Target) {
	wanted, other := t.Given.Server(ctx), t.Given.Server(ctx)
	address := func(id string) string {
		for _, network := range look.Server(ctx, t, id).Addresses {
			for _, a := range network {
				if a.Version == nova.AddressDetailVersionN4 {
					return a.Addr
				}
			}
		}
		return ""
	}
	ip, without := address(wanted.ID), address(other.ID)
	Expect(ip).NotTo(expect.Be(""), "a server on a network has an address")
	if strings.Contains(without, ip) {
		wanted, other, ip = other, wanted, without
	}

	reply := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{IP: &ip}))
	Expect(reply).To(expect.Status(http.StatusOK))
	var ids []string
	for _, s := range reply.JSON200.Servers {
		ids = append(ids, s.ID)
	}
	Expect(ids).To(expect.Contain(wanted.ID))
	Expect(ids).NotTo(expect.Contain(other.ID))
})
