package microversions

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

var _ = check.It(check.Decl{
	ID:       "microversions.document.agrees",
	Says:     "the document of v2.1 says the same as its entry in the list",
	Proves:   []string{"ECS-6.1.2-agrees-with-list"},
	Level:    check.Must,
	Needs:    []check.Need{check.Nova},
	ReadOnly: true,
}, func(ctx context.Context, t *target.Target) {
	list := target.Got(t.Nova.ListVersionsWithResponse(ctx))
	Expect(list).To(expect.Status(http.StatusOK))
	i := slices.IndexFunc(list.JSON200.Versions, func(v nova.VersionSummary) bool { return v.ID == "v2.1" })
	Expect(i >= 0).To(expect.Be(true), "v2.1 is in the list")

	one := target.Got(t.Nova.ShowVersionWithResponse(ctx, "v2.1"))
	Expect(one).To(expect.Status(http.StatusOK))
	for _, member := range []string{"id", "status", "version", "min_version", "updated"} {
		Expect(one).To(expect.SameMember("/version/"+member, list, fmt.Sprintf("/versions/%d/%s", i, member)))
	}
})
