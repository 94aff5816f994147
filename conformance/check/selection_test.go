package check

import (
	"errors"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/gen/microversion"
)

// shelf is a small catalogue for selecting from.
func shelf(t *testing.T) *Registry {
	t.Helper()
	r := NewRegistry()
	for _, d := range []Decl{
		{ID: "lifecycle.create.reaches-active", Needs: []Need{Nova}, Creates: 1},
		{ID: "lifecycle.delete.disappears", Needs: []Need{Nova}, Creates: 1, Labels: []string{"slow"}},
		{ID: "lifecycle.create.counts", Needs: []Need{ECS, Nova}, Creates: 3},
		{ID: "jobs.job.unknown-refused", Needs: []Need{ECS}, ReadOnly: true},
		{ID: "microversions.gate.server-detail", Needs: []Need{Nova}, At: Gates("2.3", "2.9"), ReadOnly: true},
	} {
		d.Says, d.Proves, d.Level = "a thing is so", []string{"REQ-1"}, Must
		if !r.It(d, nothing) {
			t.Fatal(r.Problems(func(string) bool { return true }))
		}
	}
	return r
}

func TestChoose(t *testing.T) {
	for name, c := range map[string]struct {
		s    Selection
		want string
	}{
		"everything": {Selection{}, "jobs.job.unknown-refused lifecycle.create.counts lifecycle.create.reaches-active lifecycle.delete.disappears microversions.gate.server-detail"},
		"an id":      {Selection{IDs: []string{"jobs.job.unknown-refused"}}, "jobs.job.unknown-refused"},
		"a pattern":  {Selection{IDs: []string{"*.create.*"}}, "lifecycle.create.counts lifecycle.create.reaches-active"},
		"a family":   {Selection{Families: []string{"jobs", "microversions"}}, "jobs.job.unknown-refused microversions.gate.server-detail"},
		"a label":    {Selection{Labels: []string{"slow"}}, "lifecycle.delete.disappears"},
		"an api":     {Selection{APIs: []string{"nova"}}, "lifecycle.create.reaches-active lifecycle.delete.disappears microversions.gate.server-detail"},
		"narrowed":   {Selection{Families: []string{"lifecycle"}, IDs: []string{"*.*.counts"}}, "lifecycle.create.counts"},
	} {
		got, err := c.s.Choose(shelf(t).Checks())
		if err != nil || strings.Join(ids(got), " ") != c.want {
			t.Errorf("%s: got %v (%v), want %s", name, ids(got), err, c.want)
		}
	}
}

func TestWhatSelectsNothingIsAnError(t *testing.T) {
	for name, c := range map[string]struct {
		s    Selection
		want string
	}{
		"a mistyped id":            {Selection{IDs: []string{"lifecycle.create.reach-active"}}, `no id is like "lifecycle.create.reach-active" (nearest: lifecycle.create.reaches-active`},
		"another ending":           {Selection{IDs: []string{"lifecycle.create.numbered"}}, `(nearest: lifecycle.create.`},
		"one of two ids":           {Selection{IDs: []string{"jobs.*", "job.*"}}, `no id is like "job.*"`},
		"a mistyped family":        {Selection{Families: []string{"lifecylce"}}, `there is no family "lifecylce" (nearest: lifecycle)`},
		"a mistyped label":         {Selection{Labels: []string{"slwo"}}, `no check bears the label "slwo" (nearest: slow`},
		"a broken pattern":         {Selection{IDs: []string{"[a"}}, `no id is like "[a"`},
		"words that do not meet":   {Selection{Families: []string{"jobs"}, Labels: []string{"slow"}}, "by families jobs; labels slow"},
		"an api that nothing uses": {Selection{APIs: []string{"workspace"}}, "by apis workspace"},
	} {
		got, err := c.s.Choose(shelf(t).Checks())
		if !errors.Is(err, ErrNoChecksSelected) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v and %v, want %q", name, ids(got), err, c.want)
		}
	}
}

func TestExclusionsNeedAReasonAndAnObject(t *testing.T) {
	for name, x := range map[string]Exclusion{
		"no reason":          {ID: "jobs.*"},
		"nothing to exclude": {ID: "nothing.*", Reason: "https://bugs.example/1"},
	} {
		if _, err := (Selection{Exclude: []Exclusion{x}}).Choose(shelf(t).Checks()); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestSelectionInWords(t *testing.T) {
	s := Selection{IDs: []string{"a.*", "b.*"}, Profile: "nova", APIs: []string{"nova"}, ReadOnly: true,
		Versions: microversion.Since("2.26"), Exclude: []Exclusion{{"c.d.e", "slow today"}}}
	const want = "ids a.*, b.*; profile nova; read-only; microversions 2.26..; without c.d.e (slow today)"
	if got := s.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := (Selection{}).String(); got != "all checks" {
		t.Errorf("the zero selection is %q", got)
	}
}
