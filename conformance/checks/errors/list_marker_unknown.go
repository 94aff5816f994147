package errors

import (
	"context"
	"net/http"

	"github.com/google/uuid"
	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "errors.list.marker-unknown",
	Says:     "a page that begins after a server that does not exist is refused with 400",
	Proves:   []string{"ECS-6.2.1-community-compatible"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	unknown := uuid.NewString()
	reply := target.Got(t.Nova.ListServersWithResponse(ctx, t.Project, &nova.ListServersParams{Marker: &unknown}))
	Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "badRequest"))
})
