package schema

import (
	"encoding/base64"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// format is a shape that a whole string must have.
type format struct {
	// says is the shape in words.
	says  string
	match func(string) bool
}

// formats are the shapes that the contract may name; the linter refuses others.
func formats() map[string]format {
	return map[string]format{
		"uuid":          {"a UUID", regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`).MatchString},
		"date-time":     {"a date and time with a zone, like 2026-01-31T23:59:59Z", isDateTime},
		"date":          {"a date like 2026-01-31", isDate},
		"ipv4":          {"an IPv4 address", isIPv4},
		"ipv6":          {"an IPv6 address", isIPv6},
		"ip":            {"an IP address", func(s string) bool { return isIPv4(s) || isIPv6(s) }},
		"cidr":          {"an address and a prefix length like 192.168.0.0/24", isCIDR},
		"mac":           {"a MAC address like fa:16:3e:20:17:95", regexp.MustCompile(`^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$`).MatchString},
		"uri":           {"an absolute URI", isURI},
		"uri-reference": {"a URI or a relative reference", isURIReference},
		"hostname":      {"a host name", isHostname},
		"byte":          {"base64", isBase64},
		"base64":        {"base64", isBase64},
	}
}

// numberFormats are those that say something of numbers, by their bits; 0 means
// that any number will do.
func numberFormats() map[string]uint {
	return map[string]uint{"int32": 32, "int64": 64, "float": 0, "double": 0}
}

// Formats are the names of all formats that mean something here.
func Formats() []string {
	var names []string
	for name := range formats() {
		names = append(names, name)
	}
	for name := range numberFormats() {
		names = append(names, name)
	}
	return names
}

var dateTime = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-](\d{2}):(\d{2}))$`)

// isDateTime is RFC 3339: seconds required, fraction optional, zone required.
func isDateTime(s string) bool {
	m := dateTime.FindStringSubmatch(s)
	// A leap second is legal; the zone is empty in Zulu time.
	return m != nil && isDate(m[1]) && m[2] < "24" && m[3] < "60" && m[4] <= "60" && m[7] < "24" && m[8] < "60"
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isIPv4(s string) bool {
	a, err := netip.ParseAddr(s)
	return err == nil && a.Is4()
}

func isIPv6(s string) bool {
	a, err := netip.ParseAddr(s)
	return err == nil && a.Is6() && a.Zone() == ""
}

func isCIDR(s string) bool {
	_, err := netip.ParsePrefix(s)
	return err == nil
}

func isURI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && isURIReference(s)
}

func isURIReference(s string) bool {
	_, err := url.Parse(s)
	return err == nil && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune("\"<>\\^`{|}", r) })
}

var label = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)

func isHostname(s string) bool {
	if len(s) == 0 || len(s) > 253 {
		return false
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(s, "."), ".") {
		if !label.MatchString(part) {
			return false
		}
	}
	return true
}

// isBase64 is the standard alphabet with padding and without line breaks.
func isBase64(s string) bool {
	_, ok := decodedLen(s)
	return ok
}

func decodedLen(s string) (int, bool) {
	if strings.ContainsAny(s, "\r\n") {
		return 0, false // the decoder passes over them
	}
	b, err := base64.StdEncoding.DecodeString(s)
	return len(b), err == nil
}
