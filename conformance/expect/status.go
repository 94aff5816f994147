package expect

import (
	"fmt"
	"slices"

	"github.com/onsi/gomega/types"
)

// Status expects an answer with one of the given statuses.
func Status(statuses ...int) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		a, ok := actual.(answer)
		if !ok {
			return false, "", "", wrongKind("Status", "answers", actual)
		}
		got := fmt.Sprintf("status %d", a.StatusCode())
		if f := readFailure(content(a)); f.form != "" {
			got += fmt.Sprintf(" %s (%s)", f.name, short(f.message))
		}
		return slices.Contains(statuses, a.StatusCode()), "status " + list(statuses), got, nil
	})
}

func list(statuses []int) string {
	text := ""
	for i, s := range statuses {
		if i > 0 {
			text += " or "
		}
		text += fmt.Sprint(s)
	}
	return text
}
