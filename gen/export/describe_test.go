package export

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/spec"
)

// Tools without our extensions still see groups of operations, and where each comes from.
func TestOperationsAreGroupedAndDescribed(t *testing.T) {
	g := NewWithT(t)
	tree, err := read.Load(spec.Files())
	g.Expect(err).NotTo(HaveOccurred())
	apis, err := APIs()
	g.Expect(err).NotTo(HaveOccurred())
	for _, api := range apis {
		doc := load(t, api, "", Options{})
		known := map[string]bool{}
		for _, tag := range doc.Tags {
			g.Expect(known[tag.Name]).To(BeFalse(), "%s: the tag %s is there twice", api, tag.Name)
			g.Expect(tag.Description).NotTo(BeEmpty(), "%s: tag %s", api, tag.Name)
			g.Expect(tag.Description).NotTo(ContainSubstring("#"))
			known[tag.Name] = true
		}
		used := map[string]bool{}
		for path, item := range doc.Paths.Map() {
			for method, o := range item.Operations() {
				g.Expect(o.Description).To(ContainSubstring("Source: "), "%s %s %s", api, method, path)
				g.Expect(o.Tags).NotTo(BeEmpty(), "%s %s %s", api, method, path)
				for _, tag := range o.Tags {
					g.Expect(known[tag]).To(BeTrue(), "%s: nothing describes the tag %s", api, tag)
					used[tag] = true
				}
			}
		}
		g.Expect(used).To(HaveLen(len(known)), "%s: a tag without operations", api)
	}
	text, err := plain(tree, "nova", microversion.MustParse("2.1"), Options{})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).NotTo(ContainSubstring("ServerTag:"), "the schema of a parameter of a path that begins with 2.26")
	text, err = plain(tree, "nova", microversion.MustParse("2.60"), Options{})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).NotTo(ContainSubstring("Source: ecs 6.14.1"), "the console ended with 2.5")
}

func TestJoinedActionsKeepTheirDescriptions(t *testing.T) {
	g := NewWithT(t)
	doc := load(t, "nova", "", Options{})
	action := doc.Paths.Find("/v2.1/{project_id}/servers/{server_id}/action").Post
	g.Expect(strings.Count(action.Description, "Source: ")).To(BeNumerically(">", 10))
	g.Expect(len(action.RequestBody.Value.Content["application/json"].Schema.Value.OneOf)).To(BeNumerically(">", 10))
	alone := doc.Paths.Find("/v1.0/servers/{server_id}/action").Post
	g.Expect(alone.RequestBody.Value.Content["application/json"].Schema.Value.OneOf).To(BeEmpty(), "one body is no choice")
}
