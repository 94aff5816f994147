package expect

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/onsi/gomega/types"
)

// HaveLen expects a list with so many entries.
func HaveLen(n int) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		v := reflect.ValueOf(actual)
		if v.Kind() != reflect.Slice {
			return false, "", "", wrongKind("HaveLen", "lists", actual)
		}
		return v.Len() == n, entries(n), entries(v.Len()), nil
	})
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// Contain expects a list of texts with the given one.
func Contain(text string) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		list, ok := actual.([]string)
		if !ok {
			return false, "", "", wrongKind("Contain", "lists of texts", actual)
		}
		return slices.Contains(list, text), fmt.Sprintf("a list with %q", text), show(list), nil
	})
}

// BeInAnyOrder expects exactly the given texts, in any order.
func BeInAnyOrder(texts ...string) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		list, ok := actual.([]string)
		if !ok {
			return false, "", "", wrongKind("BeInAnyOrder", "lists of texts", actual)
		}
		want, got := slices.Clone(texts), slices.Clone(list)
		slices.Sort(want)
		slices.Sort(got)
		return slices.Equal(want, got), show(want) + " in any order", show(got), nil
	})
}
