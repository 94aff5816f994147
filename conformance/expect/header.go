package expect

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"github.com/ecsconform/ecsconform/gen/microversion"
)

// EchoVersion expects both headers that name the microversion an answer was
// made with.
func EchoVersion(v microversion.Version) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		a, ok := actual.(answer)
		if !ok {
			return false, "", "", wrongKind("EchoVersion", "answers", actual)
		}
		h := http.Header{}
		microversion.Set(h, v.String(), microversion.Both)
		legacy, standard := a.Header().Get(microversion.LegacyHeader), a.Header().Get(microversion.StandardHeader)
		return legacy == h.Get(microversion.LegacyHeader) && standard == h.Get(microversion.StandardHeader),
			fmt.Sprintf("%s: %s and %s: %s", microversion.LegacyHeader, h.Get(microversion.LegacyHeader), microversion.StandardHeader, h.Get(microversion.StandardHeader)),
			fmt.Sprintf("%s: %s and %s: %s", microversion.LegacyHeader, legacy, microversion.StandardHeader, standard), nil
	})
}

// Vary expects a Vary header that names the given request headers.
func Vary(names ...string) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		a, ok := actual.(answer)
		if !ok {
			return false, "", "", wrongKind("Vary", "answers", actual)
		}
		var named []string
		for _, line := range a.Header().Values("Vary") {
			for word := range strings.SplitSeq(line, ",") {
				named = append(named, http.CanonicalHeaderKey(strings.TrimSpace(word)))
			}
		}
		for _, n := range names {
			if !slices.Contains(named, http.CanonicalHeaderKey(n)) {
				return false, "Vary with " + n, "Vary: " + strings.Join(named, ", "), nil
			}
		}
		return true, "Vary with " + strings.Join(names, ", "), "Vary: " + strings.Join(named, ", "), nil
	})
}

// NoHeader expects an answer without any of the named headers.
func NoHeader(names ...string) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		a, ok := actual.(answer)
		if !ok {
			return false, "", "", wrongKind("NoHeader", "answers", actual)
		}
		for _, n := range names {
			if a.Header().Values(n) != nil {
				return false, "no header " + n, n + ": " + short(a.Header().Get(n)), nil
			}
		}
		return true, "no header " + strings.Join(names, ", "), "none", nil
	})
}
