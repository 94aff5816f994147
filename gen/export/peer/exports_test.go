package peer

import (
	"bytes"
	"context"
	"log/slog"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	. "github.com/onsi/gomega"
	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi/datamodel"

	"github.com/ecsconform/ecsconform/gen/export"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// exports calls f with every API as it is and at two microversions, in both
// notations, with our extensions and without.
func exports(t *testing.T, f func(t *testing.T, text []byte)) {
	t.Helper()
	g := NewWithT(t)
	apis, err := export.APIs()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(apis).To(ConsistOf("autolaunch", "ecs", "iam", "nova", "workspace"))
	for _, api := range apis {
		for _, version := range []string{"", "2.1", "2.60"} {
			for name, o := range map[string]export.Options{"yaml": {Extensions: true}, "plain yaml": {}, "plain json": {JSON: true}} {
				t.Run(api+" "+version+" "+name, func(t *testing.T) {
					g := NewWithT(t)
					var v microversion.Version
					if version != "" {
						v = microversion.MustParse(version)
					}
					text, err := export.Plain(api, v, o)
					g.Expect(err).NotTo(HaveOccurred())
					f(t, text)
				})
			}
		}
	}
}

func TestKinOpenAPIReadsEveryExport(t *testing.T) {
	exports(t, func(t *testing.T, text []byte) {
		g := NewWithT(t)
		doc, err := openapi3.NewLoader().LoadFromData(text)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(doc.Validate(context.Background(), openapi3.IsOpenAPI31OrLater(), openapi3.EnableMultiError())).To(Succeed())
		g.Expect(doc.Paths.Len()).To(BeNumerically(">", 0))
	})
}

// libopenapi logs what it only warns of.
func TestLibopenapiReadsEveryExport(t *testing.T) {
	exports(t, func(t *testing.T, text []byte) {
		g := NewWithT(t)
		var log bytes.Buffer
		doc, err := libopenapi.NewDocumentWithConfiguration(text, &datamodel.DocumentConfiguration{
			Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn})),
		})
		g.Expect(err).NotTo(HaveOccurred())
		read, err := doc.BuildV3Model()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(read.Index.GetReferenceIndexErrors()).To(BeEmpty())
		g.Expect(read.Index.GetOperationParametersIndexErrors()).To(BeEmpty())
		g.Expect(read.Index.GetCircularReferences()).To(BeEmpty())
		g.Expect(read.Model.Paths.PathItems.Len()).To(BeNumerically(">", 0))
		for path, item := range read.Model.Paths.PathItems.FromOldest() {
			g.Expect(item.GetOperations().Len()).To(BeNumerically(">", 0), path)
			for method, o := range item.GetOperations().FromOldest() {
				for _, p := range o.Parameters {
					g.Expect(p.Schema.BuildSchema()).NotTo(BeNil(), "%s %s %s", method, path, p.Name)
				}
			}
		}
		for name, proxy := range read.Model.Components.Schemas.FromOldest() {
			s, err := proxy.BuildSchema()
			g.Expect(err).NotTo(HaveOccurred(), name)
			g.Expect(s).NotTo(BeNil(), name)
		}
		g.Expect(log.String()).To(BeEmpty(), "warnings")
	})
}

// The readers are no rubber stamps: what is broken in an export they find.
func TestTheReadersComplain(t *testing.T) {
	g := NewWithT(t)
	text, err := export.Plain("workspace", microversion.Version{}, export.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	broken := bytes.ReplaceAll(text, []byte("#/components/schemas/TmsTag"), []byte("#/components/schemas/TsmTag"))
	g.Expect(broken).NotTo(Equal(text))

	_, err = openapi3.NewLoader().LoadFromData(broken)
	g.Expect(err).To(MatchError(ContainSubstring("TsmTag")))

	doc, err := libopenapi.NewDocument(broken)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = doc.BuildV3Model()
	g.Expect(err).To(MatchError(ContainSubstring("TsmTag")))
}
