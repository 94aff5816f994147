package expect

import "strings"

const (
	expectedMark = "expected: "
	gotMark      = "\n     got: "
)

// halves is the text of a failure: what was expected and what was got, on a
// line each, so that a reader compares them at a glance.
func halves(expected, got string) string { return expectedMark + expected + gotMark + got }

// Halves takes a failure text apart again. A text of another form, with or
// without an explanation before it, is all got.
func Halves(message string) (expected, got string) {
	_, after, ok := strings.Cut(message, expectedMark)
	if !ok {
		return "", strings.TrimSpace(message)
	}
	expected, got, ok = strings.Cut(after, gotMark)
	if !ok {
		return "", strings.TrimSpace(message)
	}
	return expected, got
}
