// Package microversion is the order of Nova microversions: a value that knows
// that 2.10 comes after 2.9, a range of them, and the two request headers that
// carry one (ecs 3, ecs 6.1.1). It knows nothing of any operation.
package microversion

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// The two spellings of the request header (ecs 3).
const (
	// LegacyHeader holds the bare version: "2.26".
	LegacyHeader = "X-OpenStack-Nova-API-Version"
	// StandardHeader holds the service and the version: "compute 2.26".
	StandardHeader = "OpenStack-API-Version"
	// Service is the word before the version in StandardHeader.
	Service = "compute"
	// Latest asks for the newest version that the endpoint has.
	Latest = "latest"
)

// Version is one microversion. The zero Version is none: no version was
// asked for, or the API has none.
type Version struct{ Major, Minor int }

// Default is what an endpoint assumes when no header is sent (ecs 3).
var Default = Version{2, 1}

// Parse reads "2.26". Leading zeros, signs, blanks and other words are errors.
func Parse(s string) (Version, error) {
	major, minor, ok := strings.Cut(s, ".")
	if ok && number(major, false) && number(minor, true) {
		a, errA := strconv.Atoi(major)
		b, errB := strconv.Atoi(minor)
		if errA == nil && errB == nil {
			return Version{a, b}, nil
		}
	}
	return Version{}, fmt.Errorf("microversion %q is not of the form 2.26", s)
}

// MustParse is Parse for constants; it panics on a malformed one.
func MustParse(s string) Version {
	v, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return v
}

func number(s string, zero bool) bool {
	if s == "" || (s[0] == '0' && (s != "0" || !zero)) {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// IsZero reports that v is no version.
func (v Version) IsZero() bool { return v == Version{} }

// Compare is negative, zero or positive as v comes before, is, or comes after w.
func (v Version) Compare(w Version) int {
	if v.Major != w.Major {
		return v.Major - w.Major
	}
	return v.Minor - w.Minor
}

// String is "2.26", or "" for the zero Version.
func (v Version) String() string {
	if v.IsZero() {
		return ""
	}
	return strconv.Itoa(v.Major) + "." + strconv.Itoa(v.Minor)
}

// MarshalText writes the form that Parse reads.
func (v Version) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (v *Version) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*v = Version{}
		return nil
	}
	*v, err = Parse(string(b))
	return err
}

// Range is the versions from Min to Max, both included. A zero bound is open,
// so the zero Range holds every version.
type Range struct {
	Min Version `json:"min,omitzero" yaml:"min,omitempty"`
	Max Version `json:"max,omitzero" yaml:"max,omitempty"`
}

// Since is the range from s on.
func Since(s string) Range { return Range{Min: MustParse(s)} }

// Until is the range up to and with s.
func Until(s string) Range { return Range{Max: MustParse(s)} }

// Between is the range from s to t, both included.
func Between(s, t string) Range { return Range{Min: MustParse(s), Max: MustParse(t)} }

// Contains reports whether v lies in r.
func (r Range) Contains(v Version) bool {
	return (r.Min.IsZero() || v.Compare(r.Min) >= 0) && (r.Max.IsZero() || v.Compare(r.Max) <= 0)
}

// Meet is the range of the versions that lie in both; ok is false if there is none.
func (r Range) Meet(s Range) (meet Range, ok bool) {
	if r.Min.IsZero() || (!s.Min.IsZero() && s.Min.Compare(r.Min) > 0) {
		r.Min = s.Min
	}
	if r.Max.IsZero() || (!s.Max.IsZero() && s.Max.Compare(r.Max) < 0) {
		r.Max = s.Max
	}
	return r, r.Min.IsZero() || r.Max.IsZero() || r.Min.Compare(r.Max) <= 0
}

// String is "2.3..2.35", "2.3..", "..2.35" or "" for the range of everything.
func (r Range) String() string {
	if r == (Range{}) {
		return ""
	}
	return r.Min.String() + ".." + r.Max.String()
}

// Spelling says which request header carries the version.
type Spelling int

const (
	// Legacy is X-OpenStack-Nova-API-Version.
	Legacy Spelling = iota
	// Standard is OpenStack-API-Version.
	Standard
	// Both sends the two of them.
	Both
)

// Set writes value, a version or Latest, into h under the given spelling.
// An empty value removes both headers.
func Set(h http.Header, value string, s Spelling) {
	h.Del(LegacyHeader)
	h.Del(StandardHeader)
	if value == "" {
		return
	}
	if s == Legacy || s == Both {
		h.Set(LegacyHeader, value)
	}
	if s == Standard || s == Both {
		h.Set(StandardHeader, Service+" "+value)
	}
}
