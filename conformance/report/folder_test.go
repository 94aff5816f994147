package report

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func closed(t *testing.T, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func TestFolderKeepsAWholeRun(t *testing.T) {
	g := NewWithT(t)
	dir := filepath.Join(t.TempDir(), "a", "b")
	f, err := OpenFolder(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Replay(synthetic(), f)).To(Succeed())
	g.Expect(f.Close()).To(Succeed())
	g.Expect(f.Close()).To(Succeed())

	file, err := os.Open(filepath.Join(dir, ResultFile))
	g.Expect(err).NotTo(HaveOccurred())
	defer closed(t, file)
	r, err := ReadJSON(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Checks).To(HaveLen(11))
	g.Expect(read(t, dir, JUnitFile)).To(ContainSubstring("<failure"))
	g.Expect(read(t, dir, PageFile)).To(ContainSubstring("The endpoint does not conform"))
	left, err := os.ReadDir(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(left).To(HaveLen(3), "no temporary file stays")
	info, err := os.Stat(f.Page())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(info.Mode().Perm()).To(Equal(os.FileMode(0o644)))
}

// TestFolderOfAKilledRun: whatever moment the process dies at, nothing in the folder is a
// pass, and nothing of the run before is left.
func TestFolderOfAKilledRun(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	f, err := OpenFolder(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Replay(peaceful(), f)).To(Succeed())
	g.Expect(f.Close()).To(Succeed())
	g.Expect(read(t, dir, PageFile)).To(ContainSubstring("The endpoint conforms"))

	f, err = OpenFolder(dir)
	g.Expect(err).NotTo(HaveOccurred())
	defer closed(t, f)
	notAPass := func() {
		t.Helper()
		_, err := os.Stat(filepath.Join(dir, JUnitFile))
		g.Expect(err).To(MatchError(os.ErrNotExist))
		file, err := os.Open(filepath.Join(dir, ResultFile))
		g.Expect(err).NotTo(HaveOccurred())
		defer closed(t, file)
		_, err = ReadJSON(file)
		g.Expect(err).To(HaveOccurred())
	}
	notAPass()
	r := peaceful()
	_, err = os.Stat(f.Page())
	g.Expect(err).To(MatchError(os.ErrNotExist))
	g.Expect(f.OnHeader(r.Header)).To(Succeed())
	g.Expect(read(t, dir, PageFile)).To(ContainSubstring("The run did not come to its end"))
	notAPass()
	for _, c := range r.Checks {
		g.Expect(f.OnStart(c.ID, c.Microversion)).To(Succeed())
		g.Expect(f.OnCheck(c)).To(Succeed())
		notAPass()
	}
	// A run that is given up in order says so in every file.
	g.Expect(f.Close()).To(Succeed())
	g.Expect(read(t, dir, JUnitFile)).To(ContainSubstring("<error"))
	g.Expect(read(t, dir, PageFile)).To(ContainSubstring("microversions.list"))
	g.Expect(read(t, dir, PageFile)).To(ContainSubstring("The run did not come to its end"))
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	blocked := filepath.Join(dir, "file")
	g.Expect(os.WriteFile(blocked, nil, 0o644)).To(Succeed())
	_, err := OpenFolder(filepath.Join(blocked, "report"))
	g.Expect(err).To(MatchError(ContainSubstring("open report folder")))

	// A folder in the place of a file.
	g.Expect(os.MkdirAll(filepath.Join(dir, "r", ResultFile), 0o755)).To(Succeed())
	_, err = OpenFolder(filepath.Join(dir, "r"))
	g.Expect(err).To(MatchError(ContainSubstring(ResultFile)))

	// The folder goes away while the run goes on.
	gone := filepath.Join(dir, "gone")
	f, err := OpenFolder(gone)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(f.OnHeader(Header{})).To(Succeed())
	g.Expect(os.RemoveAll(gone)).To(Succeed())
	g.Expect(f.OnFooter(Footer{Verdict: Error, Exit: 3})).To(MatchError(ContainSubstring(JUnitFile)))
	g.Expect(f.Close()).To(Succeed())
}
