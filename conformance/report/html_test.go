package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"
)

func parsed(t *testing.T, r Result) (*html.Node, string) {
	t.Helper()
	var b bytes.Buffer
	if err := WriteHTML(&b, r, HTMLOptions{Curl: curl}); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	doc, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc, text
}

func elements(doc *html.Node) []*html.Node {
	var es []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			es = append(es, n)
		}
	}
	return es
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestPageHoldsNothingFromOutside: no address but fragments, no handler, no
// script but ours, whatever the endpoint answered.
func TestPageHoldsNothingFromOutside(t *testing.T) {
	g := NewWithT(t)
	doc, _ := parsed(t, synthetic())
	code, data := 0, 0
	for _, n := range elements(doc) {
		for _, a := range n.Attr {
			g.Expect(a.Key).NotTo(HavePrefix("on"), n.Data)
			switch a.Key {
			case "src", "srcset", "action", "formaction", "poster", "data", "style":
				t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
			case "href":
				g.Expect(a.Val == "data:," || strings.HasPrefix(a.Val, "#")).To(BeTrue(), a.Val)
			}
		}
		switch n.Data {
		case "script":
			if attribute(n, "type") == "application/json" {
				data++
				text, err := unpack(strings.Trim(n.FirstChild.Data, `"`))
				g.Expect(err).NotTo(HaveOccurred())
				g.Expect(json.Valid(text)).To(BeTrue())
				break
			}
			code++
			g.Expect(n.Attr).To(BeEmpty())
		case "img", "iframe", "object", "embed", "base", "video", "audio", "b-":
			t.Errorf("the page has a %s", n.Data)
		}
	}
	g.Expect(code).To(Equal(2))
	g.Expect(data).To(Equal(5), "one block for each check with exchanges")
}

// TestDataBlocksCannotBeLeft: nothing in a block can end it or break a line of it,
// and what an endpoint answered is in there as it came.
func TestDataBlocksCannotBeLeft(t *testing.T) {
	g := NewWithT(t)
	_, text := parsed(t, synthetic())
	blocks := regexp.MustCompile(`(?s)<script type="application/json"[^>]*>(.*?)</script>`).FindAllStringSubmatch(text, -1)
	g.Expect(blocks).NotTo(BeEmpty())
	var bodies []string
	for _, b := range blocks {
		g.Expect(b[1]).To(MatchRegexp(`^"[A-Za-z0-9+/]+=*"$`))
		var e evidence
		text, err := unpack(strings.Trim(b[1], `"`))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(json.Unmarshal(text, &e)).To(Succeed())
		for _, x := range e.Exchanges {
			bodies = append(bodies, x.Response.Body)
		}
	}
	g.Expect(bodies).To(ContainElement(ContainSubstring(strings.ReplaceAll(awkward, "\xff", "\ufffd"))))
}

// TestPolicyAdmitsOurBytesOnly: the digests in the policy are those of the page's own script and style.
func TestPolicyAdmitsOurBytesOnly(t *testing.T) {
	g := NewWithT(t)
	doc, _ := parsed(t, peaceful())
	policy := ""
	var inline []string
	for _, n := range elements(doc) {
		switch {
		case attribute(n, "http-equiv") == "Content-Security-Policy":
			policy = attribute(n, "content")
		case n.Data == "style", n.Data == "script" && attribute(n, "type") == "":
			inline = append(inline, n.FirstChild.Data)
		}
	}
	g.Expect(policy).To(HavePrefix("default-src 'none'; "))
	g.Expect(policy).NotTo(ContainSubstring("unsafe"))
	g.Expect(inline).To(HaveLen(3))
	for _, text := range inline {
		g.Expect(policy).To(ContainSubstring(digest(text)))
	}
}

func TestEveryAnchorIsThere(t *testing.T) {
	g := NewWithT(t)
	doc, _ := parsed(t, synthetic())
	ids := map[string]int{}
	for _, n := range elements(doc) {
		if id := attribute(n, "id"); id != "" {
			ids[id]++
		}
	}
	for id, n := range ids {
		g.Expect(n).To(Equal(1), id)
	}
	r := synthetic()
	for i := range r.Checks {
		g.Expect(ids).To(HaveKey(r.Checks[i].Name()))
	}
	for _, n := range elements(doc) {
		href := attribute(n, "href")
		if href == "#" || !strings.HasPrefix(href, "#") {
			continue
		}
		g.Expect(ids).To(HaveKey(strings.ReplaceAll(href[1:], "%40", "@")))
	}
}

// TestAssetsAreOffline: the files of the page name no address.
func TestAssetsAreOffline(t *testing.T) {
	g := NewWithT(t)
	files, err := fs.Glob(pageFiles, "page/*")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(len(files)).To(BeNumerically(">", 8))
	for _, name := range files {
		text, err := fs.ReadFile(pageFiles, name)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(text)).NotTo(MatchRegexp(`https?://|url\(|@import|fetch\(|XMLHttpRequest|innerHTML|eval\(`), name)
	}
}

func TestNaturally(t *testing.T) {
	g := NewWithT(t)
	in := []string{"ecs 3", "ecs 5.1.1", "ecs 5.2.4", "ecs 5.10", "ecs 5.10.1", "ecs 6.1", "ecs 10.1", "ecs A.3"}
	for i := range in {
		for k := range in {
			g.Expect(naturally(in[i], in[k]) < 0).To(Equal(i < k), "%s %s", in[i], in[k])
		}
	}
}

// TestContrast computes what the eye gets (WCAG 2.2 AA): 4.5 for text, 3 for marks, light and dark.
func TestContrast(t *testing.T) {
	text, err := fs.ReadFile(pageFiles, "page/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	tokens := map[string][2]float64{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`).FindAllStringSubmatch(string(text), -1) {
		tokens[m[1]] = [2]float64{luminance(t, m[2]), luminance(t, m[3])}
	}
	pairs := map[string]float64{}
	add := func(least float64, fronts, backs string) {
		for _, f := range strings.Fields(fronts) {
			for _, b := range strings.Fields(backs) {
				pairs[f+" "+b] = least
			}
		}
	}
	add(4.5, "text faint accent", "ground surface sunken fail-soft error-soft pass-soft not-run-soft")
	add(4.5, "pass fail error not-run unsupported excluded", "ground surface sunken")
	for _, v := range []string{"pass", "fail", "error", "not-run"} {
		add(4.5, v, v+"-soft")
	}
	add(4.5, "token-key token-string token-number token-word", "sunken fail-soft not-run-soft")
	add(4.5, "surface", "text") // the notice
	add(3, "line-strong", "surface ground sunken")
	for pair, least := range pairs {
		f, b, _ := strings.Cut(pair, " ")
		for i, scheme := range []string{"light", "dark"} {
			front, ok := tokens[f]
			back, ok2 := tokens[b]
			if !ok || !ok2 {
				t.Fatalf("no token for %s", pair)
			}
			hi, lo := max(front[i], back[i]), min(front[i], back[i])
			if ratio := (hi + .05) / (lo + .05); ratio < least {
				t.Errorf("%s on %s is %.2f in %s, want %.1f", f, b, ratio, scheme, least)
			}
		}
	}
}

func luminance(t *testing.T, color string) float64 {
	t.Helper()
	var sum float64
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(color[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// large is a run of 1,000 checks with 20,000 exchanges.
func large() Result {
	r := synthetic()
	source := r.Checks
	r.Checks = nil
	body := manyServers(6)
	for i := range 1000 {
		c := source[i%len(source)]
		c.ID = fmt.Sprintf("%s.variant-%d", c.ID, i)
		c.Family = fmt.Sprintf("family-%d", i%25)
		c.Exchanges = nil
		if begins(c.Verdict) {
			for k := range 32 {
				c.Exchanges = append(c.Exchanges, sent(fmt.Sprintf("e-%d-%d", i, k), c.ID, "nova.ListServersDetail", "GET", "/v2.1/6f70/servers/detail", "", 200, body))
			}
		}
		r.Checks = append(r.Checks, c)
	}
	r.Header.Checks = len(r.Checks)
	r.Footer.Counts = Count(r.Checks)
	return r
}

func BenchmarkWrite(b *testing.B) {
	r := large()
	for name, write := range map[string]func(io.Writer) error{
		"json":     func(w io.Writer) error { return WriteJSON(w, r) },
		"events":   func(w io.Writer) error { return Replay(r, NewEvents(w)) },
		"junit":    func(w io.Writer) error { return WriteJUnit(w, r) },
		"page":     func(w io.Writer) error { return WriteHTML(w, r, HTMLOptions{}) },
		"terminal": func(w io.Writer) error { return WriteTerminal(w, r, TerminalOptions{Width: 100}) },
	} {
		b.Run(name+"/1000-checks", func(b *testing.B) {
			var n counter
			b.ReportAllocs()
			for b.Loop() {
				n = 0
				if err := write(&n); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(n))
		})
	}
}

// BenchmarkReadJSON reads and verifies a run of 1,000 checks.
func BenchmarkReadJSON(b *testing.B) {
	var buffer bytes.Buffer
	if err := WriteJSON(&buffer, large()); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(buffer.Len()))
	for b.Loop() {
		if _, err := ReadJSON(bytes.NewReader(buffer.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

// counter counts the bytes that are written to it.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
