package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/conformance/exchange"
)

// pageView is a result arranged for the page. It counts, sorts and groups; it decides
// nothing.
type pageView struct {
	assets
	Result
	// Tone is "pass", "fail", "error" or "unfinished".
	Tone     string
	Title    string
	Exit     string
	Facts    []Setting
	Against  []Setting
	Tiles    []tile
	Families []familyRow
	// Findings are the kinds of all findings, FindingsSay their numbers in words.
	Findings    []*kindGroup
	FindingsSay string
	Groups      []checkGroup
	Chapters    []chapter
	Unjudged    []unjudged
	Left        []leftover
	// First is the check that is open when the page opens.
	First string
}

// tile is one verdict with its number.
type tile struct {
	Verdict Verdict
	Count   int
}

type familyRow struct {
	Name  string
	Total int
	Tiles []tile
	Bar   []segment
}

// segment is a part of a bar in percent.
type segment struct {
	Verdict  Verdict
	X, Width float64
}

// checkGroup is the checks of one verdict.
type checkGroup struct {
	Verdict Verdict
	Open    bool
	Checks  []checkView
}

// checkView is one check with what the page looks up for it.
type checkView struct {
	*Check
	Index  int
	Anchor string
	Open   bool
	// Met are the kinds of its findings, in groups.
	Met  []metGroup
	of   []*kindView
	curl func(exchange.Exchange) string
}

// Begun reports whether the check was executed at all.
func (c checkView) Begun() bool { return begins(c.Verdict) }

// chapter is the requirements of one section of a document.
type chapter struct {
	Name  string
	Tiles []tile
	Open  bool
	Rows  []requirementRow
}

type requirementRow struct {
	Requirement
	Verdict Verdict
	// Provisional says that only provisional checks are there, which decide nothing.
	Provisional bool
	Checks      []checkLink
}

type checkLink struct {
	Name, Anchor string
	Verdict      Verdict
}

// unjudged is the checks that were not executed for one and the same reason.
type unjudged struct {
	Verdict Verdict
	Reason  string
	Checks  []checkLink
}

type leftover struct {
	What  string
	Check checkLink
}

func newPage(r Result, o HTMLOptions) (pageView, error) {
	a, err := loadAssets()
	if err != nil {
		return pageView{}, err
	}
	p := pageView{assets: a, Result: r, Tone: "unfinished", Title: r.Headline()}
	if f := r.Footer; f != nil {
		p.Tone = string(Error)
		if f.Verdict == Pass || f.Verdict == Fail {
			p.Tone = string(f.Verdict)
		}
		p.Exit = ExitMeaning(f.Exit)
	}
	p.Facts = facts(r)
	for _, s := range r.Header.Endpoint {
		if strings.Contains(s.Value, "://") && len(p.Against) < 6 {
			p.Against = append(p.Against, s)
		}
	}
	p.Tiles = tiles(Count(r.Checks), true)
	p.Families = familyRows(r.Checks)
	k := newKinds(r.Checks)
	p.Findings, p.FindingsSay = k.groups, k.said()
	p.Groups, p.First = checkGroups(r.Checks, k, o)
	p.Chapters = chapters(r.Checks)
	p.Unjudged = unjudgedChecks(r.Checks)
	for i := range r.Checks {
		for _, l := range r.Checks[i].Leftovers {
			p.Left = append(p.Left, leftover{l, link(&r.Checks[i])})
		}
	}
	return p, nil
}

func facts(r Result) []Setting {
	h := r.Header
	fs := []Setting{
		{"Profile", orWord(h.Profile, "none")},
		{"Selection", orWord(h.Selection, "not stated")},
		{"Checks selected", fmt.Sprint(h.Checks)},
		{"Began", when(h.Began)},
	}
	if f := r.Footer; f != nil {
		fs = append(fs, Setting{"Ended", when(f.Ended)})
		if !h.Began.IsZero() && f.Ended.After(h.Began) {
			fs = append(fs, Setting{"Took", took(f.Ended.Sub(h.Began))})
		}
	}
	return append(fs, Setting{"Seed", fmt.Sprint(h.Seed)}, Setting{"Made by", strings.TrimSpace(orWord(h.Tool, "ecsconform") + " " + h.Version)})
}

func tiles(counts map[Verdict]int, zeros bool) []tile {
	var ts []tile
	for _, v := range Verdicts() {
		if n := counts[v]; n > 0 || zeros {
			ts = append(ts, tile{v, n})
		}
	}
	return ts
}

func familyRows(checks []Check) []familyRow {
	var rows []familyRow
	names, by := byFamily(checks)
	for _, name := range names {
		row := familyRow{Name: name, Total: len(by[name]), Tiles: tiles(Count(by[name]), true)}
		at := 0.0
		for _, t := range row.Tiles {
			if t.Count == 0 {
				continue
			}
			width := 100 * float64(t.Count) / float64(row.Total)
			row.Bar = append(row.Bar, segment{t.Verdict, at, width})
			at += width
		}
		rows = append(rows, row)
	}
	return rows
}

// manyChecks is how many of one verdict are shown without a click, where nobody
// has to act.
const manyChecks = 60

func checkGroups(checks []Check, k *kinds, o HTMLOptions) (groups []checkGroup, first string) {
	by := map[Verdict][]checkView{}
	known := Verdicts()
	for i := range checks {
		c := &checks[i]
		if !slices.Contains(known, c.Verdict) {
			known = append(known, c.Verdict)
		}
		by[c.Verdict] = append(by[c.Verdict], checkView{Check: c, Index: i, Anchor: c.Name(), Met: k.met(c), of: k.of[c], curl: o.Curl})
	}
	for _, v := range known {
		if len(by[v]) == 0 {
			continue
		}
		act := v != Pass && v != Unsupported && v != Excluded && v != NotRun
		if act && first == "" {
			first = by[v][0].Anchor
			by[v][0].Open = true
		}
		groups = append(groups, checkGroup{Verdict: v, Open: act || len(by[v]) <= manyChecks, Checks: by[v]})
	}
	return groups, first
}

func link(c *Check) checkLink { return checkLink{c.Name(), c.Name(), c.Verdict} }

// chapters groups requirements by document section. The verdict beside one is
// that of its worst check; provisional checks count only where there is no other.
func chapters(checks []Check) []chapter {
	type entry struct {
		row   *requirementRow
		place string
	}
	rows := map[string]*entry{}
	for i := range checks {
		c := &checks[i]
		for _, r := range c.Requirements {
			e, ok := rows[r.ID]
			if !ok {
				e = &entry{&requirementRow{Requirement: r, Verdict: c.Verdict, Provisional: c.Provisional}, section(r.Source)}
				rows[r.ID] = e
			}
			switch {
			case e.row.Provisional && !c.Provisional:
				e.row.Verdict, e.row.Provisional = c.Verdict, false
			case e.row.Provisional == c.Provisional:
				e.row.Verdict = worse(e.row.Verdict, c.Verdict)
			}
			e.row.Checks = append(e.row.Checks, link(c))
		}
	}
	by := map[string]*chapter{}
	var out []*chapter
	for _, e := range rows {
		ch, ok := by[e.place]
		if !ok {
			ch = &chapter{Name: e.place}
			by[e.place] = ch
			out = append(out, ch)
		}
		ch.Rows = append(ch.Rows, *e.row)
	}
	slices.SortFunc(out, func(a, b *chapter) int { return naturally(a.Name, b.Name) })
	var result []chapter
	for _, ch := range out {
		slices.SortFunc(ch.Rows, func(a, b requirementRow) int { return naturally(a.ID, b.ID) })
		counts := map[Verdict]int{}
		for _, row := range ch.Rows {
			counts[row.Verdict]++
			slices.SortStableFunc(row.Checks, func(a, b checkLink) int {
				return slices.Index(Verdicts(), a.Verdict) - slices.Index(Verdicts(), b.Verdict)
			})
		}
		ch.Tiles = tiles(counts, false)
		ch.Open = len(rows) <= manyChecks || counts[Fail]+counts[Error] > 0
		result = append(result, *ch)
	}
	return result
}

// worse is the verdict that weighs more for a requirement.
func worse(a, b Verdict) Verdict {
	order := []Verdict{Fail, Error, NotRun, Pass, Excluded, Unsupported}
	if slices.Index(order, b) < slices.Index(order, a) {
		return b
	}
	return a
}

// section is document and section of a source: "ecs 5.1.2" of "ecs 5.1.2 table 5-8".
func section(source string) string {
	words := strings.Fields(source)
	switch len(words) {
	case 0:
		return "no source"
	case 1:
		return words[0]
	}
	return words[0] + " " + words[1]
}

// naturally compares with numbers as numbers: 5.2 before 5.10.
func naturally(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x != "" && y != "" {
			m, n := strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			if c := cmp.Or(cmp.Compare(len(m), len(n)), strings.Compare(m, n)); c != 0 {
				return c
			}
			a, b = a[len(x):], b[len(y):]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func digits(s string) string {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}

func unjudgedChecks(checks []Check) []unjudged {
	var out []unjudged
	at := map[[2]string]int{}
	for _, v := range []Verdict{NotRun, Unsupported, Excluded} {
		for i := range checks {
			c := &checks[i]
			if c.Verdict != v {
				continue
			}
			key := [2]string{string(v), c.Reason}
			n, ok := at[key]
			if !ok {
				n = len(out)
				at[key] = n
				out = append(out, unjudged{Verdict: v, Reason: c.Reason})
			}
			out[n].Checks = append(out[n].Checks, link(c))
		}
	}
	return out
}
