package report

import (
	"os"
	"strconv"
)

// DetectTerminal says what f can do: whether it is a terminal and how wide.
// NO_COLOR (any value but "") switches colour off, TERM=dumb makes a terminal
// an ordinary file, COLUMNS overrides the width. getenv is os.Getenv outside of
// tests.
func DetectTerminal(f *os.File, getenv func(string) string) TerminalOptions {
	var o TerminalOptions
	if n, ok := columns(f); ok && getenv("TERM") != "dumb" {
		o.Live = true
		o.Width = n
		o.Color = getenv("NO_COLOR") == ""
	}
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		o.Width = n
	}
	return o
}
