package look

import (
	"errors"
	"fmt"
)

func errUnreadable(cause error) error {
	if cause == nil {
		return errors.New("the answer has no body")
	}
	return fmt.Errorf("the answer does not fit the contract: %w", cause)
}
