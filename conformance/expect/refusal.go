package expect

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"
)

// BeRefused expects an answer with the given status whose body is one of the
// documented envelopes and says why. With names, the error code (or the name of
// a Nova fault) must be one of them; every name but the first needs a reason
// beside it in the check.
func BeRefused(status int, names ...string) types.GomegaMatcher {
	return beRefused("BeRefused", func(s int) bool { return s == status }, fmt.Sprint(status), names)
}

// BeRefusedWithAny is BeRefused where the documents allow more than one status.
func BeRefusedWithAny(statuses []int, names ...string) types.GomegaMatcher {
	words := make([]string, 0, len(statuses))
	for _, s := range statuses {
		words = append(words, fmt.Sprint(s))
	}
	return beRefused("BeRefusedWithAny", func(s int) bool { return slices.Contains(statuses, s) }, strings.Join(words, " or "), names)
}

// BeTurnedDown is BeRefused where no document names the status: any that blames the
// request, other than for its credentials (401) or its haste (429).
func BeTurnedDown(names ...string) types.GomegaMatcher {
	return beRefused("BeTurnedDown", func(s int) bool {
		return s < http.StatusInternalServerError && s != http.StatusUnauthorized && s != http.StatusTooManyRequests
	}, "a status of 400 to 499 that blames the request", names)
}

func beRefused(who string, status func(int) bool, statuses string, names []string) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		a, ok := actual.(answer)
		if !ok {
			return false, "", "", wrongKind(who, "answers", actual)
		}
		expected := "refused with " + statuses
		if len(names) > 0 {
			expected += " " + strings.Join(names, " or ")
		}
		if a.StatusCode() < http.StatusBadRequest {
			return false, expected, fmt.Sprintf("accepted with %d", a.StatusCode()), nil
		}
		f := readFailure(content(a))
		got := fmt.Sprintf("refused with %d %s", a.StatusCode(), strings.Join(f.names(), ", "))
		switch {
		case f.form == "":
			return false, expected + " in a documented envelope", fmt.Sprintf("%d with a body of no documented envelope", a.StatusCode()), nil
		case !status(a.StatusCode()), len(names) > 0 && !anyOf(f.names(), names):
			return false, expected, got + " (" + short(f.message) + ")", nil
		case strings.TrimSpace(f.message) == "":
			return false, expected + " and a message", got + " and no message", nil
		}
		return true, expected, got, nil
	})
}

// anyOf reports whether one of the words is one of those wanted.
func anyOf(words, wanted []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(wanted, w) })
}

// short keeps what an endpoint writes from filling a report.
func short(text string) string {
	const most = 160
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
