package emit

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the difference before you commit it")

// A golden folder shows one trait: the *.yaml in it are a whole contract, and
// *.go.golden are the files of the output that show the trait.
func TestGolden(t *testing.T) {
	traits, err := os.ReadDir("testdata")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	NewWithT(t).Expect(traits).NotTo(BeEmpty())
	for _, trait := range traits {
		t.Run(trait.Name(), func(t *testing.T) {
			g := NewWithT(t)
			dir := filepath.Join("testdata", trait.Name())
			files := generate(t, dir)
			golden, err := filepath.Glob(filepath.Join(dir, "*.golden"))
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(golden).NotTo(BeEmpty())
			for _, name := range golden {
				// test.types.gen.go.golden is gen/test/types.gen.go
				path := "gen/" + strings.Replace(strings.TrimSuffix(filepath.Base(name), ".golden"), ".", "/", 1)
				g.Expect(files).To(HaveKey(path))
				if *update {
					g.Expect(os.WriteFile(name, files[path], 0o644)).To(Succeed())
				}
				want, err := os.ReadFile(name)
				g.Expect(err).NotTo(HaveOccurred())
				g.Expect(string(files[path])).To(Equal(string(want)), "go test ./gen/generate/emit -update, and read the difference")
			}
		})
	}
}

// generate is the output for the contract in a folder. File names hold their
// folders with dots: openapi.test.paths.yaml.
func generate(t *testing.T, dir string) Files {
	t.Helper()
	g := NewWithT(t)
	fsys := fstest.MapFS{}
	sources, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	for _, name := range sources {
		text, err := os.ReadFile(name)
		g.Expect(err).NotTo(HaveOccurred())
		base := strings.TrimSuffix(filepath.Base(name), ".yaml")
		fsys[strings.ReplaceAll(base, ".", "/")+".yaml"] = &fstest.MapFile{Data: text}
	}
	tree, err := read.Load(fsys)
	g.Expect(err).NotTo(HaveOccurred())
	contract, err := model.New(tree)
	g.Expect(err).NotTo(HaveOccurred())
	files, err := All(contract)
	g.Expect(err).NotTo(HaveOccurred())
	// Twice the same input is twice the same output.
	again, err := All(contract)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(again).To(Equal(files))
	return files
}
