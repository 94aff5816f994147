package read

import (
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"
)

func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func TestDigestIsThatOfNamesAndContents(t *testing.T) {
	g := NewWithT(t)
	digest := func(pairs ...string) string {
		tree, err := Load(files(pairs...))
		g.Expect(err).NotTo(HaveOccurred())
		return tree.Digest
	}
	g.Expect(digest("a.yaml", "x: 1")).To(Equal(digest("a.yaml", "x: 1")))
	g.Expect(digest("a.yaml", "x: 1")).To(Equal(digest("a.yaml", "x: 1", "notes.md", "no part of it")))
	g.Expect(digest("a.yaml", "x: 1")).NotTo(Equal(digest("b.yaml", "x: 1")))
	g.Expect(digest("a.yaml", "x: 1")).NotTo(Equal(digest("a.yaml", "x: 1 ")))
	g.Expect(digest("a.yaml", "x: 1", "b.yaml", "")).NotTo(Equal(digest("a.yaml", "x: 1")))
}

func TestMistakesAreReportedTogether(t *testing.T) {
	g := NewWithT(t)
	tree, err := Load(files(
		"a.yaml", "x: 1\nx: 2\n", "b.yaml", "x: &y [1]\nz: *y\n", "c.yaml", "x: [\n", "d.yaml", "a: 1\n---\nb: 2\n",
		"e.yaml", "x: {y: 1}\nz: {<<: {a: 1}}\n", "f.yaml", "? [a]\n: 1\n", "ok.yaml", "fine: true\n",
	))
	g.Expect(err).To(MatchError(`a.yaml:2:1: key "x" is given twice (first in line 1)
b.yaml:1:4: anchor &y: the contract uses $ref, not YAML anchors
b.yaml:2:4: alias *y: the contract uses $ref, not YAML aliases
c.yaml:1: yaml: line 1: did not find expected node content
d.yaml:2: line 2: a second document; a file holds one
e.yaml:2:5: merge key: the contract uses $ref, not YAML merging
f.yaml:1:3: a key must be a word`))
	g.Expect(tree.File("ok.yaml")).NotTo(BeNil(), "the others are read all the same")
	g.Expect(tree.File("c.yaml")).To(BeNil())
}

func TestLookUps(t *testing.T) {
	g := NewWithT(t)
	tree, err := Load(files("a.yaml", "one: word\nlist: [x, y]\nnone: null\nmap: {k: v}\n"))
	g.Expect(err).NotTo(HaveOccurred())
	root := tree.File("a.yaml").Root
	g.Expect(Text(root, "one")).To(Equal("word"))
	g.Expect(Text(root, "none")).To(BeEmpty())
	g.Expect(Texts(root, "one")).To(Equal([]string{"word"}))
	g.Expect(Texts(root, "list")).To(Equal([]string{"x", "y"}))
	g.Expect(Texts(root, "none")).To(BeEmpty())
	g.Expect(Text(Member(root, "map"), "k")).To(Equal("v"))
	g.Expect(Key(root, "map").Line).To(Equal(4))
	g.Expect(Member(nil, "x")).To(BeNil())
	g.Expect(tree.Under("a")).To(HaveLen(1))
	g.Expect(tree.Under("b")).To(BeEmpty())
}
