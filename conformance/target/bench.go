package target

import (
	"context"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/report"
)

// Bench is what a Target needs from whoever runs a check.
type Bench interface {
	// Cannot ends the check with verdict error. It does not return.
	Cannot(reason string)
	// Cleanup runs f after the check, last first.
	Cleanup(name string, f func(context.Context) error)
	// Record keeps an exchange, redacted, and what the judge found in it.
	Record(x exchange.Exchange, findings []report.Finding)
	// Step says what the check does next.
	Step(text string)
}
