package scan

import (
	"bytes"
	"encoding/binary"
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
	"uuid":          {"uuid", "a UUID", isUUID},
	"date-time":     {"date-time", "a date and time with a zone, like 2026-01-31T23:59:59Z", isDateTime},
	"date":          {"date", "a date like 2026-01-31", isDate},
	"ipv4":          {"ipv4", "an IPv4 address", isIPv4},
	"ipv6":          {"ipv6", "an IPv6 address", isIPv6},
	"ip":            {"ip", "an IP address", func(b []byte) bool { return isIPv4(b) || isIPv6(b) }},
	"cidr":          {"cidr", "an address and a prefix length like 192.168.0.0/24", isCIDR},
	"mac":           {"mac", "a MAC address like fa:16:3e:20:17:95", isMAC},
	"uri":           {"uri", "an absolute URI", isURI},
	"uri-reference": {"uri-reference", "a URI or a relative reference", isURIReference},
	"hostname":      {"hostname", "a host name", isHostname},
	"byte":          {"byte", "base64", isBase64},
	"base64":        {"base64", "base64", isBase64},
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

// isSecond reports whether b begins like 2026-01-31T23:59:59. It must hold 20 bytes.
func isSecond(b []byte) bool {
	const (
		dashes = 0x2D00002D00000000 // dddd-dd-
		tee    = 0x00003A0000540000 // ddTdd:dd
		colons = 0x00003A00003A0000 // dd:dd:dd
	)
	d, t, c := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b[11:])
	if d&0xFF0000FF00000000 != dashes || t&0x0000FF0000FF0000 != tee || c&0x0000FF0000FF0000 != colons {
		return false
	}
	d, t, c = d^'0'*lows, t^'0'*lows, c^'0'*lows
	if ((d|(d+0x76*lows))&0x0080800080808080 | (t|(t+0x76*lows))&0x8080008080008080 |
		(c|(c+0x76*lows))&0x8080008080008080) != 0 {
		return false
	}
	month, day := pair(d>>40), pair(t)
	if month-1 > 11 || day-1 > 30 || pair(c) > 23 || pair(c>>24) > 59 || pair(c>>48) > 60 {
		return false
	}
	return day <= 28 || int(day) <= daysIn(int(pair(d))*100+int(pair(d>>16)), int(month))
}

// pair is the value of the two decimal digits in the lowest bytes.
func pair(w uint64) uint64 { return w&0xF*10 + w>>8&0xF }

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

// isIPv6 is RFC 4291: eight groups of up to four digits, one run of them left
// out as "::", the last two perhaps written as an IPv4 address.
func isIPv6(b []byte) bool {
	groups, gap, i := 0, false, 0
	if len(b) >= 2 && b[0] == ':' && b[1] == ':' {
		gap = true
		if i = 2; i == len(b) {
			return true
		}
	}
	for i < len(b) {
		n := 0
		for i+n < len(b) && n < 5 {
			if _, ok := nibble(b[i+n]); !ok {
				break
			}
			n++
		}
		if n > 0 && i+n < len(b) && b[i+n] == '.' {
			groups += 2
			return isIPv4(b[i:]) && (groups == 8 || gap && groups < 8)
		}
		if n == 0 || n > 4 {
			return false
		}
		groups++
		if i += n; i == len(b) {
			break
		}
		if b[i] != ':' || i+1 == len(b) {
			return false
		}
		if i++; b[i] == ':' {
			if gap {
				return false
			}
			gap = true
			if i++; i == len(b) {
				break
			}
		}
	}
	return groups == 8 || gap && groups < 8
}

// isCIDR is an address, a slash, and a prefix length without leading zeros.
func isCIDR(b []byte) bool {
	slash := bytes.IndexByte(b, '/')
	if slash < 0 {
		return false
	}
	n := b[slash+1:]
	if len(n) == 0 || len(n) > 3 || len(n) > 1 && n[0] == '0' {
		return false
	}
	length := 0
	for _, c := range n {
		if c-'0' > 9 {
			return false
		}
		length = length*10 + int(c-'0')
	}
	address := b[:slash]
	return length <= 32 && isIPv4(address) || length <= 128 && isIPv6(address)
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

// isURI is RFC 3986 as far as a reader cares: a scheme, and a reference.
func isURI(b []byte) bool {
	for i, c := range b {
		switch {
		case c == ':':
			return i > 0 && isURIReference(b)
		case c|0x20-'a' > 25 && (i == 0 || c-'0' > 9 && c != '+' && c != '-' && c != '.'):
			return false
		}
	}
	return false
}

// isURIReference holds no character that a URI can't, and only whole escapes.
func isURIReference(b []byte) bool {
	for i, c := range b {
		switch c {
		case '"', '<', '>', '\\', '^', '`', '{', '|', '}':
			return false
		case '%':
			if i+2 >= len(b) {
				return false
			}
			_, ok := nibble(b[i+1])
			if _, also := nibble(b[i+2]); !ok || !also {
				return false
			}
		}
		if c <= ' ' || c >= 0x7F {
			return false
		}
	}
	return true
}

// isHostname is RFC 1123: labels of letters, digits and inner hyphens.
func isHostname(b []byte) bool {
	if len(b) == 0 || len(b) > 253 {
		return false
	}
	b = bytes.TrimSuffix(b, []byte("."))
	label := 0
	for i, c := range b {
		switch {
		case c == '.':
			if label == 0 || b[i-1] == '-' {
				return false
			}
			label = 0
			continue
		case c|0x20-'a' < 26, c-'0' < 10:
		case c == '-' && label > 0:
		default:
			return false
		}
		if label++; label > 63 {
			return false
		}
	}
	return label > 0 && b[len(b)-1] != '-'
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
