//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package target

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes a lock that ends with the process, however it ends. held means
// that another process has it.
func lockFile(path string) (release func() error, held bool, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, false, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		closed := f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, true, closed
		}
		return nil, false, errors.Join(err, closed)
	}
	// Removed while it is still locked, so that nobody takes the old file for a new one.
	return func() error { return errors.Join(os.Remove(path), f.Close()) }, false, nil
}
