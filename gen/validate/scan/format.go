package scan

import (
	"encoding/binary"
	"net/netip"
)

// Format is a shape that a whole string must have.
type Format struct {
	// Name as in the contract: "uuid".
	Name string
	// Says is the shape in words.
	Says string
	// Match reports whether the characters have it.
	Match func(b []byte) bool
}

// Formats are the shapes that the contract may name.
var Formats = map[string]*Format{
	"uuid":      {"uuid", "a UUID", isUUID},
	"date-time": {"date-time", "a date and time with a zone, like 2026-01-31T23:59:59Z", isDateTime},
	"date":      {"date", "a date like 2026-01-31", isDate},
	"ipv4":      {"ipv4", "an IPv4 address", isIPv4},
	"ipv6":      {"ipv6", "an IPv6 address", isIPv6},
	"ip":        {"ip", "an IP address", func(b []byte) bool { return isIPv4(b) || isIPv6(b) }},
	"cidr":      {"cidr", "an address and a prefix length like 192.168.0.0/24", isCIDR},
	"mac":       {"mac", "a MAC address like fa:16:3e:20:17:95", isMAC},
	"uri":       {"uri", "an absolute URI", isURI},
	"byte":      {"byte", "base64", isBase64},
	"base64":    {"base64", "base64", isBase64},
}

// hexWord reports whether all eight bytes are 0-9 or a-f.
func hexWord(w uint64) bool {
	// A digit is 0x30..0x39, a letter 0x61..0x66; lanes never carry while all are ASCII.
	if w&highs != 0 {
		return false
	}
	digit := (w + (0x80-'0')*lows) &^ (w + (0x80-'9'-1)*lows)
	letter := (w + (0x80-'a')*lows) &^ (w + (0x80-'f'-1)*lows)
	return (digit|letter)&highs == highs
}

// isUUID takes lower and upper case digits.
func isUUID(b []byte) bool {
	if len(b) != 36 {
		return false
	}
	b = b[:36]
	if b[8] != '-' || b[13] != '-' || b[18] != '-' || b[23] != '-' {
		return false
	}
	w0 := binary.LittleEndian.Uint64(b)
	w1 := uint64(binary.LittleEndian.Uint32(b[9:])) | uint64(binary.LittleEndian.Uint32(b[14:]))<<32
	w2 := uint64(binary.LittleEndian.Uint32(b[19:])) | uint64(binary.LittleEndian.Uint32(b[24:]))<<32
	w3 := binary.LittleEndian.Uint64(b[28:])
	if hexWord(w0) && hexWord(w1) && hexWord(w2) && hexWord(w3) {
		return true
	}
	for i, c := range b {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			continue
		}
		if _, ok := nibble(c); !ok {
			return false
		}
	}
	return true
}

func nibble(c byte) (byte, bool) {
	switch {
	case c-'0' < 10:
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

func two(b []byte, i int) int {
	if b[i]-'0' > 9 || b[i+1]-'0' > 9 {
		return 100
	}
	return int(b[i]-'0')*10 + int(b[i+1]-'0')
}

func isDate(b []byte) bool {
	if len(b) != 10 || b[4] != '-' || b[7] != '-' {
		return false
	}
	c, y, m, d := two(b, 0), two(b, 2), two(b, 5), two(b, 8)
	if c > 99 || y > 99 || m < 1 || m > 12 || d < 1 {
		return false
	}
	return d <= daysIn(c*100+y, m)
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func isClock(b []byte) bool {
	// A leap second is legal in RFC 3339.
	return len(b) == 8 && b[2] == ':' && b[5] == ':' && two(b, 0) < 24 && two(b, 3) < 60 && two(b, 6) <= 60
}

// isSecondZ is the commonest form: 2026-01-31T23:59:59Z.
func isSecondZ(b []byte) bool {
	return len(b) == 20 && b[19] == 'Z' && b[10] == 'T' && isDate(b[:10]) && isClock(b[11:19])
}

// isDateTime is RFC 3339: fraction optional, zone required.
func isDateTime(b []byte) bool {
	if len(b) < 20 || b[10]|0x20 != 't' || !isDate(b[:10]) || !isClock(b[11:19]) {
		return false
	}
	z := b[19:]
	if z[0] == '.' {
		n := 1
		for n < len(z) && z[n]-'0' < 10 {
			n++
		}
		if n == 1 {
			return false
		}
		z = z[n:]
	}
	switch {
	case len(z) == 1:
		return z[0]|0x20 == 'z'
	case len(z) == 6:
		return (z[0] == '+' || z[0] == '-') && z[3] == ':' && two(z, 1) < 24 && two(z, 4) < 60
	}
	return false
}

func isIPv4(b []byte) bool {
	parts, digits, v := 1, 0, 0
	for _, c := range b {
		switch {
		case c-'0' < 10:
			if digits == 1 && v == 0 {
				return false // no leading zeros: some readers take them for octal
			}
			v = v*10 + int(c-'0')
			digits++
			if digits > 3 || v > 255 {
				return false
			}
		case c == '.':
			if digits == 0 {
				return false
			}
			parts++
			digits, v = 0, 0
		default:
			return false
		}
	}
	return parts == 4 && digits > 0
}

func isIPv6(b []byte) bool {
	if len(b) < 2 || len(b) > 45 {
		return false
	}
	a, err := netip.ParseAddr(string(b))
	return err == nil && a.Is6() && a.Zone() == ""
}

func isCIDR(b []byte) bool {
	if len(b) > 49 {
		return false
	}
	_, err := netip.ParsePrefix(string(b))
	return err == nil
}

func isMAC(b []byte) bool {
	if len(b) != 17 {
		return false
	}
	for i, c := range b {
		if i%3 == 2 {
			if c != ':' {
				return false
			}
		} else if _, ok := nibble(c); !ok {
			return false
		}
	}
	return true
}

// isURI is RFC 3986 as far as a reader cares: a scheme, a colon, and no
// character that a URI can't hold.
func isURI(b []byte) bool {
	colon := -1
	for i, c := range b {
		switch {
		case c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{' || c == '|' || c == '}':
			return false
		case c == ':' && colon < 0:
			colon = i
		case colon < 0 && c|0x20-'a' > 25 && (i == 0 || c-'0' > 9 && c != '+' && c != '-' && c != '.'):
			return false
		}
	}
	return colon > 0
}

func isBase64(b []byte) bool {
	if len(b)%4 != 0 {
		return false
	}
	for i, c := range b {
		switch {
		case c|0x20-'a' < 26, c-'0' < 10, c == '+', c == '/':
		case c == '=' && i >= len(b)-2 && (i == len(b)-1 || b[i+1] == '='):
		default:
			return false
		}
	}
	return true
}

// decodedLen is the length behind base64.
func decodedLen(b []byte) int {
	n := len(b) / 4 * 3
	for len(b) > 0 && b[len(b)-1] == '=' {
		n--
		b = b[:len(b)-1]
	}
	return n
}
