//go:build unix

package report

import (
	"os"

	"golang.org/x/sys/unix"
)

// columns is the width of the terminal behind f; ok is false if f is none.
func columns(f *os.File) (n int, ok bool) {
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0, false
	}
	return int(size.Col), true
}
