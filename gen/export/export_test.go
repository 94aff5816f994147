package export

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	. "github.com/onsi/gomega"
	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/spec"
)

// Another reader of OpenAPI finds nothing wrong with any export.
func TestExportsAreValidOpenAPI(t *testing.T) {
	g := NewWithT(t)
	apis, err := APIs()
	g.Expect(err).NotTo(HaveOccurred())
	tree, err := read.Load(spec.Files())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(apis).To(ContainElements("ecs", "iam", "nova"))
	for _, api := range apis {
		for version, options := range map[string][]Options{"": {{}, {JSON: true}, {Extensions: true}}, "2.1": {{}}, "2.60": {{JSON: true}}} {
			for _, o := range options {
				t.Run(api+" "+version, func(t *testing.T) {
					g := NewWithT(t)
					var v microversion.Version
					if version != "" {
						v = microversion.MustParse(version)
					}
					text, err := plain(tree, api, v, o)
					g.Expect(err).NotTo(HaveOccurred())
					if o.JSON {
						g.Expect(json.Valid(text)).To(BeTrue())
					}
					doc, err := openapi3.NewLoader().LoadFromData(text)
					g.Expect(err).NotTo(HaveOccurred())
					g.Expect(doc.Validate(context.Background(), openapi3.IsOpenAPI31OrLater(), openapi3.EnableMultiError())).To(Succeed())
					g.Expect(strings.Contains(string(text), "x-source")).To(Equal(o.Extensions))
				})
			}
		}
	}
}

func load(t *testing.T, api, version string, o Options) *openapi3.T {
	t.Helper()
	g := NewWithT(t)
	var v microversion.Version
	if version != "" {
		v = microversion.MustParse(version)
	}
	text, err := Plain(api, v, o)
	g.Expect(err).NotTo(HaveOccurred())
	doc, err := openapi3.NewLoader().LoadFromData(text)
	g.Expect(err).NotTo(HaveOccurred())
	return doc
}

func TestProjection(t *testing.T) {
	g := NewWithT(t)
	old := load(t, "nova", "2.2", Options{}).Components.Schemas["ServerDetail"].Value
	g.Expect(old.Properties).NotTo(HaveKey("tags"))
	g.Expect(old.Required).NotTo(ContainElement("tags"))
	now := load(t, "nova", "2.26", Options{}).Components.Schemas["ServerDetail"].Value
	g.Expect(now.Properties).To(HaveKey("tags"))
	g.Expect(now.Required).To(ContainElement("tags"))
	all := load(t, "nova", "", Options{Extensions: true}).Components.Schemas["ServerDetail"].Value
	g.Expect(all.Properties["tags"].Value.Extensions).To(HaveKey("x-microversion"))
	// What is tolerated at other microversions is of no interest at one.
	limits := load(t, "nova", "", Options{Extensions: true}).Components.Schemas["AbsoluteLimits"].Value.Properties
	g.Expect(limits["maxSecurityGroupRules"].Extensions).To(HaveKey("x-deviation"))
	limits = load(t, "nova", "2.34", Options{Extensions: true}).Components.Schemas["AbsoluteLimits"].Value.Properties
	g.Expect(limits["maxSecurityGroupRules"].Extensions).NotTo(HaveKey("x-deviation"))
	// The flavor of a server changed shape: either half exists, never both.
	g.Expect(load(t, "nova", "2.46", Options{}).Components.Schemas["ServerFlavor"].Value.Properties).To(HaveLen(2))
	g.Expect(load(t, "nova", "2.47", Options{}).Components.Schemas["ServerFlavor"].Value.Properties).NotTo(HaveKey("links"))
}

func TestActionsAreJoined(t *testing.T) {
	g := NewWithT(t)
	doc := load(t, "nova", "", Options{})
	for path := range doc.Paths.Map() {
		g.Expect(path).NotTo(ContainSubstring("#"))
	}
	post := doc.Paths.Value("/v2.1/{project_id}/servers/{server_id}/action").Post
	g.Expect(post.OperationID).To(Equal("ServersAction"))
	bodies := post.RequestBody.Value.Content.Get("application/json").Schema.Value.OneOf
	g.Expect(len(bodies)).To(BeNumerically(">=", 8))
	var keys []string
	for _, b := range bodies {
		keys = append(keys, b.Value.Required...)
	}
	g.Expect(keys).To(ContainElements("os-start", "reboot", "resize", "lock"))
	// What fits one action fits just one.
	media := post.RequestBody.Value.Content.Get("application/json").Schema.Value
	for body, fits := range map[string]bool{`{"os-start": null}`: true, `{"reboot": {"type": "SOFT"}}`: true, `{"reboot": {}}`: false, `{"os-fly": null}`: false} {
		var v any
		g.Expect(json.Unmarshal([]byte(body), &v)).To(Succeed())
		g.Expect(doc.ValidateSchemaJSON(media, v) == nil).To(Equal(fits), body)
	}
}

func TestLimitsInBytesBecomeLimitsInCharacters(t *testing.T) {
	g := NewWithT(t)
	s := load(t, "ecs", "", Options{}).Components.Schemas["NewServer"].Value.Properties["user_data"].Value
	g.Expect(s.MaxLength).To(HaveValue(BeEquivalentTo(43692)))
}

func TestUnusedComponentsAreLeftOut(t *testing.T) {
	g := NewWithT(t)
	text, err := Plain("nova", microversion.MustParse("2.26"), Options{})
	g.Expect(err).NotTo(HaveOccurred())
	var root yaml.Node
	g.Expect(yaml.Unmarshal(text, &root)).To(Succeed())
	used := map[string]bool{}
	use(root.Content[0], root.Content[0], used)
	doc := load(t, "nova", "2.26", Options{})
	for name := range doc.Components.Schemas {
		g.Expect(used).To(HaveKey("#/components/schemas/" + name))
	}
}

func TestSameInputSameBytes(t *testing.T) {
	g := NewWithT(t)
	first, err := Plain("nova", microversion.Version{}, Options{})
	g.Expect(err).NotTo(HaveOccurred())
	second, err := Plain("nova", microversion.Version{}, Options{})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(second).To(Equal(first))
}

func TestUnknownAPI(t *testing.T) {
	_, err := Plain("novo", microversion.Version{}, Options{})
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring(`there is no API "novo"; there are `)))
}
