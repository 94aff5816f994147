package reference

import (
	"bytes"
	"html"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/spec"
)

func contractIn(t *testing.T, fsys fs.FS) *model.Contract {
	t.Helper()
	g := NewWithT(t)
	tree, err := read.Load(fsys)
	g.Expect(err).NotTo(HaveOccurred())
	c, err := model.New(tree)
	g.Expect(err).NotTo(HaveOccurred())
	return c
}

func written(t *testing.T, c *model.Contract) string {
	t.Helper()
	var page bytes.Buffer
	NewWithT(t).Expect(Write(&page, c)).To(Succeed())
	return page.String()
}

var (
	ids   = regexp.MustCompile(`\sid="([^"]*)"`)
	links = regexp.MustCompile(`href="#([^"]*)"`)
)

// Everything of the contract has a place on the page, every link leads to one.
func TestTheWholeContractIsThere(t *testing.T) {
	g := NewWithT(t)
	c := contractIn(t, spec.Files())
	page := written(t, c)
	there := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(page, -1) {
		g.Expect(there[m[1]]).To(BeFalse(), "the id %s is given twice", m[1])
		there[m[1]] = true
	}
	for _, m := range links.FindAllStringSubmatch(page, -1) {
		g.Expect(there[m[1]]).To(BeTrue(), "a link leads to %s, which is not there", m[1])
	}
	for _, o := range c.Operations() {
		g.Expect(there[anchor("op", o.ID)]).To(BeTrue(), o.ID)
	}
	for _, r := range c.Catalog.Requirements {
		g.Expect(there[r.ID]).To(BeTrue(), r.ID)
	}
	for _, r := range c.Catalog.Rulings {
		g.Expect(there[r.ID]).To(BeTrue(), r.ID)
	}
	for _, e := range c.Catalog.Errors {
		g.Expect(there[e.Code]).To(BeTrue(), e.Code)
	}
	words := map[string]bool{}
	for _, m := range regexp.MustCompile(`<(?:b|code)>([^<]*)</`).FindAllStringSubmatch(page, -1) {
		words[html.UnescapeString(m[1])] = true
	}
	for _, api := range append(c.APIs, c.Shared) {
		for name, s := range api.Schemas {
			g.Expect(words[name]).To(BeTrue(), name)
			for _, p := range s.Properties {
				g.Expect(words[p.Name]).To(BeTrue(), "%s of %s", p.Name, name)
			}
		}
	}
	for _, p := range c.Catalog.Permissions {
		g.Expect(words[p.Item]).To(BeTrue(), p.Item)
	}
	g.Expect(page).NotTo(ContainSubstring("ZgotmplZ"), "the template refused something")
	g.Expect(regexp.MustCompile(`(?:src|href)="https?:`).FindString(page)).To(BeEmpty(), "the page needs another file")
}

func TestTheSameContractGivesTheSameBytes(t *testing.T) {
	first := written(t, contractIn(t, spec.Files()))
	if written(t, contractIn(t, spec.Files())) != first {
		t.Error("two pages of one contract differ")
	}
}

// Descriptions are text, whatever they look like.
func TestWordsAreEscaped(t *testing.T) {
	g := NewWithT(t)
	files := fstest.MapFS{"openapi/test/openapi.yaml": {Data: []byte(`openapi: 3.1.0
info: {title: Test, version: '1'}
paths:
  /v1/things:
    get:
      operationId: ListThings
      summary: <script>alert(1)</script>
      x-source: ecs 5.1.1
      parameters:
        - {name: limit, in: query, description: '<i>', schema: {type: integer, minimum: 1, maximum: 9, default: 5}}
        - {name: word, in: query, x-microversion: {min: '2.3'}, schema: {type: string, minLength: 1, enum: [a, b]}}
      responses:
        '200': {description: '</details>'}
`)}}
	page := written(t, contractIn(t, files))
	g.Expect(strings.Count(page, "<script>")).To(Equal(1), "its own")
	g.Expect(page).To(ContainSubstring("&lt;script&gt;alert(1)&lt;/script&gt;"))
	g.Expect(page).To(ContainSubstring("&lt;i&gt;"))
	g.Expect(page).To(ContainSubstring("integer, 1 to 9, by default 5"))
	g.Expect(html.UnescapeString(page)).To(ContainSubstring(`string, "a" | "b", not empty`))
	g.Expect(page).To(ContainSubstring("from 2.3"))
}
