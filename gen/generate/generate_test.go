package generate

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func write(t *testing.T, root, name, text string) {
	t.Helper()
	g := NewWithT(t)
	name = filepath.Join(root, name)
	g.Expect(os.MkdirAll(filepath.Dir(name), 0o755)).To(Succeed())
	g.Expect(os.WriteFile(name, []byte(text), 0o644)).To(Succeed())
}

func kinds(changes []Change) map[string]string {
	kinds := map[string]string{}
	for _, c := range changes {
		kinds[c.Path] = c.Kind
	}
	return kinds
}

func TestChanges(t *testing.T) {
	g := NewWithT(t)
	root := t.TempDir()
	write(t, root, "spec/openapi/test/openapi.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n")
	write(t, root, "gen/old/old.gen.go", "package old\n")
	write(t, root, "gen/hand/hand.go", "package hand\n")

	set, err := Changes(root)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(kinds(set.List)).To(HaveKeyWithValue("gen/catalog/errors.gen.go", "new"))
	g.Expect(kinds(set.List)).To(HaveKeyWithValue("gen/old/old.gen.go", "gone"))
	g.Expect(kinds(set.List)).NotTo(HaveKey("gen/hand/hand.go"))
	g.Expect(filepath.Join(root, "gen/catalog")).NotTo(BeADirectory(), "looking changes nothing")

	g.Expect(set.Write()).To(Succeed())
	g.Expect(filepath.Join(root, "gen/old/old.gen.go")).NotTo(BeAnExistingFile())
	g.Expect(filepath.Join(root, "gen/hand/hand.go")).To(BeAnExistingFile())
	set, err = Changes(root)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(set.List).To(BeEmpty(), "writing is done once")

	write(t, root, "gen/catalog/errors.gen.go", "package catalog\n")
	set, err = Changes(root)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(set.List).To(Equal([]Change{{"gen/catalog/errors.gen.go", "changed"}}))
}

func TestMistakesStopTheGenerator(t *testing.T) {
	g := NewWithT(t)
	root := t.TempDir()
	write(t, root, "spec/openapi/test/openapi.yaml", "openapi: 3.1.0\npaths:\n  /x: {$ref: 'none.yaml#/x'}\n")
	_, err := Changes(root)
	g.Expect(err).To(MatchError(ContainSubstring("openapi/test/openapi.yaml:3:14: reference")))
}

// What is committed is what the contract says.
func TestOutputIsUpToDate(t *testing.T) {
	g := NewWithT(t)
	set, err := Changes("../..")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(set.List).To(BeEmpty(), "run `go run ./cmd/ecsgen`")
}
