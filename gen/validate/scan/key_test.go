package scan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate/scan"
)

// TestEveryNameIsFound: names of every length are told from all that are nearly the
// same, in every order, near the end of a body and far from it, also those that are
// too long or too many to be compared in words.
func TestEveryNameIsFound(t *testing.T) {
	letters := strings.Repeat("abcdefghijklmnopqrstuvwxyz", 3)
	var members []scan.Member
	text := &scan.Text{Max: 3}
	for n := range 70 {
		members = append(members, scan.Member{Member: letters[:69-n], Text: text})
	}
	o := scan.NewObject(scan.Object{Members: members, Max: scan.NoLimit})
	s := scan.New()
	judge := func(body string) []string {
		var found []string
		if s.Run([]byte(body), 0, microversion.Version{}, "", func(s *scan.Scan, i int) int {
			var f scan.Fields
			m, i := s.Open(&f, i, o)
			for m >= 0 {
				m, i = s.Next(&f, i)
			}
			return s.Close(&f, i)
		}) {
			return nil
		}
		for _, f := range s.Findings() {
			found = append(found, f.Pointer+" "+f.Keyword)
		}
		return found
	}
	object := func(names []string, value string) string {
		var list []string
		for _, name := range names {
			list = append(list, fmt.Sprintf("%q:%q", name, value))
		}
		return "{" + strings.Join(list, ",") + "}"
	}
	var names []string
	for _, m := range members {
		names = append(names, m.Member)
	}
	for range 2 {
		for _, body := range []string{object(names, "abc"), strings.ReplaceAll(object(names, "ab"), ",", " ,\n\t")} {
			if got := judge(body); got != nil {
				t.Errorf("all members: %q", got)
			}
		}
		slices.Reverse(names)
	}
	for _, name := range names {
		for _, body := range []string{object([]string{name}, "abc"), object([]string{name}, "abc") + strings.Repeat(" ", 64)} {
			if got := judge(body); got != nil {
				t.Errorf("%q alone: %q", name, got)
			}
			if got := judge(strings.Replace(body, `:"abc"`, `:"abcd"`, 1)); !slices.Equal(got, []string{"/" + name + " maxLength"}) {
				t.Errorf("%q with a long value: %q", name, got)
			}
		}
		if got := judge(object([]string{name, name}, "abc") + strings.Repeat(" ", 64)); !slices.Equal(got, []string{"/" + name + " duplicate"}) {
			t.Errorf("%q twice: %q", name, got)
		}
		for at := range name {
			odd := []byte(name)
			odd[at] = '_'
			if got := judge(object([]string{string(odd)}, "abc") + strings.Repeat(" ", 64)); !slices.Equal(got, []string{"/" + string(odd) + " undocumented"}) {
				t.Errorf("%q: %q", odd, got)
			}
		}
	}
	// Bytes that a comparison with a mask could take for a name.
	for _, name := range names {
		inverse := []byte(fmt.Sprintf("%q", name))
		for at := range inverse {
			inverse[at] ^= 0xFF
		}
		body := fmt.Sprintf(`{"a":"b",%s:"abc"}%s`, inverse, strings.Repeat(" ", 64))
		if got := judge(body); len(got) != 1 || !strings.HasSuffix(got[0], " syntax") {
			t.Errorf("%q: %q", body, got)
		}
	}
}

// TestWordsAreTold: a list of values holds each of them, and nothing else.
func TestWordsAreTold(t *testing.T) {
	var list []string
	for n := range 300 {
		list = append(list, fmt.Sprintf("%s%d", strings.Repeat("w", n%9), n*7))
	}
	list = append(list, "", "w", "w")
	for _, size := range []int{0, 1, 2, 9, len(list)} {
		text := &scan.Text{Max: scan.NoLimit, Enum: scan.NewWords(list[:size]...)}
		s := scan.New()
		for _, word := range append(slices.Clone(list), "x", "w0", "ww1", "wwwwwww", "wwwwwwww", "wwwwwwwwww") {
			good := s.Run([]byte(fmt.Sprintf("%q        ", word)), 0, microversion.Version{}, "", func(s *scan.Scan, i int) int { return s.Word(i, text) })
			if want := slices.Contains(list[:size], word); good != want {
				t.Errorf("%q of %d words: %t", word, size, good)
			}
		}
	}
}
