package scan

import "regexp"

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
	// Enum lists the allowed values; nil allows all.
	Enum *Words
	// Format is a shape that the whole value must have.
	Format *Format
	// Of the forms of a pattern at most one is set: each is how some patterns are
	// matched fast, Pattern is for the rest.
	Class   *Class
	Shape   *Shape
	Machine *Machine
	Pattern *regexp.Regexp
}

// Class is the pattern "only these characters, between Min and Max of them":
// ^[0-9a-f]{32}$. They are ASCII that needs no escape in JSON.
type Class struct {
	Source   string
	Chars    [2]uint64
	Min, Max int // Max is NoLimit if there is none
}

// Has reports whether c is in the class.
func (c *Class) Has(b byte) bool {
	return b < 0x80 && c.Chars[b>>6&1]>>(b&63)&1 != 0
}

// Match reports whether all of b is.
func (c *Class) Match(b []byte) bool {
	if len(b) < c.Min || len(b) > c.Max {
		return false
	}
	for _, x := range b {
		if !c.Has(x) {
			return false
		}
	}
	return true
}

// Int describes integers.
type Int struct {
	Rule
	Min, Max       int64
	HasMin, HasMax bool
	// Multiple is the multipleOf, 0 for none.
	Multiple int64
	// Bits is 32 or 64 for format int32 and int64, 0 for no limit.
	Bits int
	// Enum lists the allowed values; nil allows all.
	Enum []int64
}

// Num describes numbers, integers or not.
type Num struct {
	Rule
	Min, Max         float64
	HasMin, HasMax   bool
	OpenMin, OpenMax bool
	// Multiple is the multipleOf, 0 for none.
	Multiple float64
	// Enum lists the allowed values; nil allows all.
	Enum []float64
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
