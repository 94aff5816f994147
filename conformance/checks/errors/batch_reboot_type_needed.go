package errors

import (
	"context"
	"net/http"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/target"
)

var _ = check.It(check.Decl{
	ID:      "errors.batch-reboot.type-needed",
	Says:    "a batch reboot without type, or with another than SOFT and HARD, is refused and reboots nothing",
	Proves:  []string{"ECS-5.3.2-type"},
	Level:   check.Must,
	Needs:   []check.Need{check.ECS, check.Nova},
	Creates: 1,
}, func(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	for _, body := range []string{
		`{"reboot": {"servers": [{"id": "` + server.ID + `"}]}}`,
		`{"reboot": {"type": "GENTLE", "servers": [{"id": "` + server.ID + `"}]}}`,
	} {
		reply := target.Got(t.ECS.BatchRebootServersWithBodyWithResponse(target.Intended(ctx), t.Project, "application/json", strings.NewReader(body)))
		Expect(reply).To(expect.BeRefused(http.StatusBadRequest, "Ecs.0005", "Ecs.0000"))
		after := look.Server(ctx, t, server.ID)
		Expect(after.Status).To(expect.Be("ACTIVE"))
		Expect(after.OSEXTSTSTaskState).To(expect.Be(nil), "nothing is going on")
	}
})
