//go:build !unix

package report

import "os"

// columns cannot tell a terminal from a file here, so progress is plain.
func columns(*os.File) (n int, ok bool) { return 0, false }
