package report

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"github.com/ecsconform/ecsconform/gen/validate"
)

func TestPattern(t *testing.T) {
	g := NewWithT(t)
	for pointer, want := range map[string]string{
		"":                  "",
		"status":            "status",
		"header:X-Status-7": "header:X-Status-7",
		"/servers/7":        "/servers/*",
		"/servers/7/name":   "/servers/*/name",
		"/a/0/1/22/b/3":     "/a/*/*/*/b/*",
		"/servers/7a/name":  "/servers/7a/name",
		"/v2.1/name2/x":     "/v2.1/name2/x",
		"/networks/0/9f1c0b7e-52a4-4c5c-8b7e-2f1f0a9f3c11": "/networks/*/*",
		"/jobs/ff8080818f2b4a6b018f2b6f1a2b0001/status":    "/jobs/*/status",
	} {
		g.Expect(pattern(pointer)).To(Equal(want), pointer)
	}
}

// TestKindsKeepApart: only what says the same of the same kind of place is one kind.
func TestKindsKeepApart(t *testing.T) {
	base := with(finding(validate.ClassSchema, validate.Deviation, "/servers/1/name", "type", "a string", "null"), "ecs 6.2.5", "R-1", "ECS-1")
	whole := Finding{base, "e-1", "nova.ListServersDetail", "response", "first"}
	changed := func(change func(*Finding)) Finding {
		f := whole
		change(&f)
		return f
	}
	check := func(id string, findings ...Finding) Check { return Check{ID: id, Verdict: Pass, Findings: findings} }
	one := func(checks ...Check) int { return len(newKinds(checks).list) }

	for name, f := range map[string]Finding{
		"the item":      changed(func(f *Finding) { f.Pointer = "/servers/2/name" }),
		"the exchange":  changed(func(f *Finding) { f.Exchange, f.Message = "e-2", "second" }),
		"what was got":  changed(func(f *Finding) { f.Got = "7" }),
		"the operation": changed(func(f *Finding) { f.Operation = "nova.ShowServer" }),
	} {
		if n := one(check("a", whole), check("b", f)); n != 1 {
			t.Errorf("differing in %s they are %d kinds", name, n)
		}
	}
	for name, change := range map[string]func(*Finding){
		"severity":    func(f *Finding) { f.Severity = validate.Violation },
		"class":       func(f *Finding) { f.Class = validate.ClassVersion },
		"keyword":     func(f *Finding) { f.Keyword = "enum" },
		"pointer":     func(f *Finding) { f.Pointer = "/servers/1/names" },
		"direction":   func(f *Finding) { f.Direction = "request" },
		"expected":    func(f *Finding) { f.Expected = "a number" },
		"source":      func(f *Finding) { f.Source = "ecs 6.2.6" },
		"ruling":      func(f *Finding) { f.Ruling = "R-2" },
		"requirement": func(f *Finding) { f.Requirement = "ECS-2" },
	} {
		if n := one(check("a", whole, changed(change))); n != 2 {
			t.Errorf("differing in %s they are %d kinds", name, n)
		}
	}
	// A scenario says with its words what is wrong, and where.
	said := Finding{finding("", validate.Violation, "", "check", "true", "false"), "", "", "", "it has an owner"}
	other := said
	other.Message = "it has a name"
	if n := one(check("a", said, other)); n != 2 {
		t.Errorf("differing in their words they are %d kinds", n)
	}
	if n := one(check("a", said), check("b", said)); n != 2 {
		t.Errorf("of two checks they are %d kinds", n)
	}
	if n := one(Check{ID: "a", Microversion: "2.1", Findings: []Finding{said}}, Check{ID: "a", Microversion: "2.2", Findings: []Finding{said}}); n != 1 {
		t.Errorf("of one check at two microversions they are %d kinds", n)
	}
}

func TestKindsCount(t *testing.T) {
	g := NewWithT(t)
	r := nova(4, 30)
	k := newKinds(r.Checks)
	g.Expect(k.list).To(HaveLen(28), "14 of a server, 14 of an item")
	groups := k.groups
	g.Expect(groups).To(HaveLen(2))
	g.Expect(groups[0].Ruling).To(Equal("R-232"))
	g.Expect(groups[0].Count).To(Equal(4 * 30 * 13))
	g.Expect(groups[0].Checks).To(Equal(4))
	g.Expect(groups[0].Kinds).To(HaveLen(26))
	g.Expect(groups[1].Text).To(Equal("A description is a text, empty without one."))
	g.Expect(groups[1].Count).To(Equal(4 * 30))
	met := k.met(&r.Checks[0])
	g.Expect(met).To(HaveLen(2))
	g.Expect(met[0].Times).To(Equal(30 * 13))
	g.Expect(met[0].Kinds).To(HaveLen(26))
	g.Expect(met[0].Kinds[0].Times).To(Equal(29))
	g.Expect(met[0].Kinds[0].Checks).To(Equal(4))
	g.Expect(met[0].Apart()).To(BeFalse())
	g.Expect(k.said()).To(HavePrefix("1680 findings of 28 kinds: 0 violations, 1680 deviations, 0 notes."))

	// Of many different things the first few are listed, and the rest counted.
	many := &kindView{}
	for i := range 3 * manyGots {
		many.found(strings.Repeat("x", i/2))
	}
	g.Expect(many.Gots).To(HaveLen(manyGots))
	g.Expect(many.Gots[0].Count).To(Equal(2))
	g.Expect(many.OtherGots).To(Equal(manyGots))
}

// TestAlike: the terminal and JUnit say once for each check what is alike, worst first.
func TestAlike(t *testing.T) {
	g := NewWithT(t)
	r := nova(1, 30)
	c := &r.Checks[0]
	c.Verdict, c.Reason = Fail, "it is not there"
	c.Findings[len(c.Findings)-1].Severity = validate.Violation
	c.Findings[27].Got = "7"
	list := alikes(c)
	g.Expect(list).To(HaveLen(28))
	g.Expect(list[0].Severity).To(Equal(validate.Violation))
	g.Expect(list[1].Pointer).To(Equal("/server/OS-EXT-SRV-ATTR:host"))
	g.Expect(list[1].times).To(Equal(29))
	g.Expect(list[1].also).To(HaveLen(28))
	g.Expect(list[14].Got).To(Equal("null or 7"))

	r.Footer = &Footer{Ended: at(600), Verdict: Fail, Counts: Count(r.Checks), Exit: 1}
	var b strings.Builder
	g.Expect(WriteTerminal(&b, r, TerminalOptions{Width: 200})).To(Succeed())
	g.Expect(b.String()).To(ContainSubstring("see      ecs 6.2.6 table 6-49, R-232, exchange e-1, 29 times"))
	g.Expect(strings.Count(b.String(), "expected ")).To(Equal(5))
	g.Expect(b.String()).To(ContainSubstring("and 303 more findings"), "30 times 14 without one violation and four times 29")

	b.Reset()
	g.Expect(WriteJUnit(&b, r)).To(Succeed())
	g.Expect(strings.Count(b.String(), "expected: ")).To(Equal(28))
	g.Expect(b.String()).To(ContainSubstring("times: 29&#xA;  also: e-2, e-3,"))
	g.Expect(b.String()).To(ContainSubstring("e-21 and 8 more"))
}

// TestPageSaysEachKindOnce: what a run repeats adds its place to the page and nothing else.
func TestPageSaysEachKindOnce(t *testing.T) {
	g := NewWithT(t)
	doc, text := parsed(t, nova(106, 28))
	expected := map[string]int{}
	for _, n := range elements(doc) {
		if n.Data == "pre" && attribute(n, "class") == "expected" {
			expected[textOf(n)]++
		}
	}
	g.Expect(expected).To(HaveLen(14))
	for text, n := range expected {
		g.Expect(n).To(Equal(2), text+": once for a server, once for an item of a list")
	}
	g.Expect(strings.Count(text, "answered 200 with")).To(Equal(28), "the message of the first of each kind")

	// 106 checks, 2,968 exchanges and 41,552 findings were 61 MB.
	t.Logf("the page has %d bytes", len(text))
	g.Expect(len(text)).To(BeNumerically("<", 3_000_000))
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
