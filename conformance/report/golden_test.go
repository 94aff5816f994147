package report

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

var update = flag.Bool("update", false, "rewrite testdata/golden from what is written now; read the difference like code")

// TestGolden compares every format of four runs with what was read and accepted.
func TestGolden(t *testing.T) {
	formats := map[string]func(io.Writer, Result) error{
		"result.json":  func(w io.Writer, r Result) error { return Replay(r, NewJSON(w)) },
		"events.jsonl": func(w io.Writer, r Result) error { return Replay(r, NewEvents(w)) },
		"junit.xml":    WriteJUnit,
		"terminal.txt": func(w io.Writer, r Result) error {
			return WriteTerminal(w, r, TerminalOptions{Width: 100, Page: "report/index.html"})
		},
		"live.txt": func(w io.Writer, r Result) error {
			return WriteTerminal(w, r, TerminalOptions{Width: 72, Color: true, Live: true})
		},
		"index.html": func(w io.Writer, r Result) error {
			var b bytes.Buffer
			if err := WriteHTML(&b, r, HTMLOptions{Curl: curl}); err != nil {
				return err
			}
			page, err := unpacked(withoutAssets(b.Bytes()))
			if err != nil {
				return err
			}
			_, err = w.Write(page)
			return err
		},
	}
	runs := map[string]Result{"synthetic": synthetic(), "unfinished": unfinished(), "nothing": nothing(), "peaceful": peaceful()}
	for run, result := range runs {
		for format, write := range formats {
			t.Run(run+"/"+format, func(t *testing.T) {
				var b bytes.Buffer
				NewWithT(t).Expect(write(&b, result)).To(Succeed())
				golden(t, filepath.Join("testdata", "golden", run, format), b.Bytes())
			})
		}
	}
}

// withoutAssets leaves our own style, scripts and their digests out of a page,
// so that a golden page shows what the result put there.
func withoutAssets(page []byte) []byte {
	page = regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAll(page, []byte("<style></style>"))
	page = regexp.MustCompile(`(?s)<script>.*?</script>`).ReplaceAll(page, []byte("<script></script>"))
	return regexp.MustCompile(`sha256-.*?=&#39;`).ReplaceAll(page, []byte("sha256-&#39;"))
}

var packedBlock = regexp.MustCompile(`(<script type="application/json" id="ec-x-[0-9]+">)"([^<]*)"(</script>)`)

// unpacked shows the evidence in a page as JSON, so that a golden page can be read and
// does not change with the compressor.
func unpacked(page []byte) ([]byte, error) {
	var errs []error
	page = packedBlock.ReplaceAllFunc(page, func(block []byte) []byte {
		m := packedBlock.FindSubmatch(block)
		text, err := unpack(string(m[2]))
		errs = append(errs, err)
		return slices.Concat(m[1], text, m[3])
	})
	return page, errors.Join(errs...)
}

func unpack(packed string) ([]byte, error) {
	text, err := io.ReadAll(flate.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(packed))))
	return bytes.TrimSpace(text), err
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./conformance/report -update writes it", err)
	}
	if bytes.Equal(got, want) {
		return
	}
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || !bytes.Equal(g[i], w[i]) {
			t.Fatalf("%s differs from line %d on:\n got: %.300q\nwant: %.300q\nread the difference, then run with -update", path, i+1, lineAt(g, i), lineAt(w, i))
		}
	}
}

func lineAt(lines [][]byte, i int) []byte {
	if i < len(lines) {
		return lines[i]
	}
	return []byte("(end)")
}
