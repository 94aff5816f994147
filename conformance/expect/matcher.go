package expect

import (
	"fmt"

	"github.com/onsi/gomega/types"
)

// matcher says of a value whether it is as expected, and both halves of the
// failure. An error means that the value cannot be asked at all, which is a
// mistake of the check.
type matcher struct {
	look func(actual any) (ok bool, expected, got string, err error)

	expected, got string
}

var _ types.GomegaMatcher = (*matcher)(nil)

func match(look func(actual any) (ok bool, expected, got string, err error)) types.GomegaMatcher {
	return &matcher{look: look}
}

// Match looks at the value and remembers the halves.
func (m *matcher) Match(actual any) (bool, error) {
	ok, expected, got, err := m.look(actual)
	m.expected, m.got = expected, got
	return ok, err
}

// FailureMessage has both halves.
func (m *matcher) FailureMessage(any) string { return halves(m.expected, m.got) }

// NegatedFailureMessage has both halves of the contrary.
func (m *matcher) NegatedFailureMessage(any) string { return halves("not "+m.expected, m.got) }

// wrongKind is the mistake of handing a matcher something else than it is about.
func wrongKind(matcher, wants string, actual any) error {
	return fmt.Errorf("expect.%s is about %s, not about %T", matcher, wants, actual)
}
