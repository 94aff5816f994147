package scan

import (
	"regexp"
	"unicode/utf8"
)

// Rule is what all descriptions of a place in the contract share.
type Rule struct {
	// Name is the schema and member, for messages: "ServerDetail.id".
	Name string
	// Source is the place of the document.
	Source string
	// Ruling and Requirement are ids; "" if none applies.
	Ruling, Requirement string
	// Secret values are never shown.
	Secret bool
	// Null says that null is as good as a value.
	Null bool
}

// NoLimit is a Max that is none.
const NoLimit = int(^uint(0) >> 1)

// Text describes strings.
type Text struct {
	Rule
	// Min and Max count characters; Max is NoLimit if there is none.
	Min, Max int
	// MaxBytes limits the UTF-8 length, MaxDecoded the length behind base64; 0 is no limit.
	MaxBytes, MaxDecoded int
	// Enum lists the allowed values; nil allows all. Const says that it is one, named
	// as const.
	Enum  *Words
	Const bool
	// Format is a shape that the whole value must have, Encoding one that the contract
	// names as the encoding of the content.
	Format, Encoding *Format
	// Of the forms of a pattern at most one is set: each is how some patterns are
	// matched fast, Pattern is for the rest.
	Class   *Class
	Shape   *Shape
	Machine *Machine
	Pattern *regexp.Regexp
}

// Class is the pattern "only these characters, between Min and Max of them":
// ^[0-9a-f]{32}$.
type Class struct {
	Source   string
	Min, Max int // Max is NoLimit if there is none
	// chars are the ASCII characters among them, clear those that JSON writes as
	// they are. Others are ranges of the rest: first and last character of each.
	chars, clear [2]uint64
	others       []rune
}

// NewClass readies a class of the characters in ranges, given as the first and the
// last character of each, ascending.
func NewClass(source string, least, most int, ranges ...rune) *Class {
	c := &Class{Source: source, Min: least, Max: most}
	for k := 0; k+1 < len(ranges); k += 2 {
		low, high := ranges[k], ranges[k+1]
		for ; low <= high && low < utf8.RuneSelf; low++ {
			c.chars[low>>6] |= 1 << (low & 63)
		}
		if low <= high {
			c.others = append(c.others, low, high)
		}
	}
	c.clear = c.chars
	c.clear[0] &^= 1<<' ' - 1 | 1<<'"'
	c.clear[1] &^= 1 << ('\\' - 64)
	return c
}

// plain reports whether b is of the class, and a character that JSON writes as it is.
func (c *Class) plain(b byte) bool {
	return b < utf8.RuneSelf && c.clear[b>>6&1]>>(b&63)&1 != 0
}

func (c *Class) has(r rune) bool {
	if r < utf8.RuneSelf {
		return c.chars[r>>6&1]>>(r&63)&1 != 0
	}
	for k := 0; k+1 < len(c.others); k += 2 {
		if r >= c.others[k] && r <= c.others[k+1] {
			return true
		}
	}
	return false
}

// Match reports whether all of b is of the class.
func (c *Class) Match(b []byte) bool {
	count := 0
	for i := 0; i < len(b); count++ {
		r, n := utf8.DecodeRune(b[i:])
		if !c.has(r) {
			return false
		}
		i += n
	}
	return count >= c.Min && count <= c.Max
}

// Int describes integers.
type Int struct {
	Rule
	Min, Max       int64
	HasMin, HasMax bool
	// OpenMin and OpenMax say that the contract names the next integer beyond, as
	// exclusive.
	OpenMin, OpenMax bool
	// Multiple is the multipleOf, 0 for none.
	Multiple int64
	// Bits is 32 or 64 for format int32 and int64, 0 for no limit.
	Bits int
	// Enum lists the allowed values; nil allows all. Const says that it is one, named
	// as const.
	Enum  []int64
	Const bool
}

// Num describes numbers, integers or not.
type Num struct {
	Rule
	Min, Max         float64
	HasMin, HasMax   bool
	OpenMin, OpenMax bool
	// Multiple is the multipleOf, 0 for none.
	Multiple float64
	// Enum lists the allowed values; nil allows all. Const says that it is one, named
	// as const.
	Enum  []float64
	Const bool
}

// Flag describes booleans.
type Flag struct {
	Rule
	// Only is "true" or "false" where just one is allowed.
	Only string
}

// List describes arrays.
type List struct {
	Rule
	Min, Max int // Max is NoLimit if there is none
	// Unique says that no two items may be alike.
	Unique bool
}
