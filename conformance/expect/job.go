package expect

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/onsi/gomega/types"
)

// followed is a request that was followed to the end of its job (attempt.Followed).
type followed interface {
	// Answer is the answer to the request.
	Answer() any
	// Ended is the job at its end, all "" if there was none; codes are its own and
	// those of its parts.
	Ended() (status string, codes []string, reason string)
}

// JobSucceeds expects a request that was taken and whose job ended with SUCCESS.
func JobSucceeds() types.GomegaMatcher {
	const expected = "taken, and a job that ends with SUCCESS"
	return match(func(actual any) (bool, string, string, error) {
		f, ok := actual.(followed)
		if !ok {
			return false, "", "", wrongKind("JobSucceeds", "requests that were followed", actual)
		}
		got, taken := followedTo(f)
		status, _, _ := f.Ended()
		return taken && status == "SUCCESS", expected, got, nil
	})
}

// BeDeclined expects a request that was refused with 4xx and one of the codes,
// or was taken and whose job failed with one of them: ecs A.2 leaves it to the
// endpoint when it finds out.
func BeDeclined(codes ...string) types.GomegaMatcher {
	expected := "refused with " + strings.Join(codes, " or ") + ", or a job that fails with it"
	return match(func(actual any) (bool, string, string, error) {
		f, ok := actual.(followed)
		if !ok {
			return false, "", "", wrongKind("BeDeclined", "requests that were followed", actual)
		}
		a, ok := f.Answer().(answer)
		if !ok {
			return false, "", "", wrongKind("BeDeclined", "requests that were followed", actual)
		}
		got, taken := followedTo(f)
		if taken {
			status, failed, _ := f.Ended()
			return status == "FAIL" && anyOf(failed, codes), expected, got, nil
		}
		refused := readFailure(content(a))
		return a.StatusCode() >= http.StatusBadRequest && a.StatusCode() < http.StatusInternalServerError &&
			anyOf(refused.names(), codes), expected, got, nil
	})
}

// followedTo says in words what became of a request, and whether it was taken.
func followedTo(f followed) (got string, taken bool) {
	a, ok := f.Answer().(answer)
	if !ok {
		return "no answer", false
	}
	if a.StatusCode() >= http.StatusBadRequest {
		refused := readFailure(content(a))
		return fmt.Sprintf("refused with %d %s (%s)", a.StatusCode(), strings.Join(refused.names(), ", "), short(refused.message)), false
	}
	status, codes, reason := f.Ended()
	if status == "" {
		return fmt.Sprintf("taken with %d and without a job", a.StatusCode()), true
	}
	got = fmt.Sprintf("taken with %d, and a job that ended with %s", a.StatusCode(), status)
	if len(codes) > 0 {
		got += fmt.Sprintf(" %s (%s)", strings.Join(codes, ", "), short(reason))
	}
	return got, true
}
