package scan

import "time"

func instant(x []byte) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339Nano, string(x))
	return t, err == nil
}
