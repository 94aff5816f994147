package reference

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// shape says what a value looks like; named schemas are links to their tables.
func (b *builder) shape(s *model.Schema) text {
	if s == nil {
		return nil
	}
	if s.Ref != nil {
		return text{{Says: s.Ref.Name, Table: b.tables[s.Ref.At.String()]}}
	}
	return b.words(s)
}

// words describe a schema itself.
func (b *builder) words(s *model.Schema) text {
	var t text
	say := func(format string, args ...any) {
		if len(t) > 0 {
			t = append(t, word{Says: ", "})
		}
		t = append(t, word{Says: fmt.Sprintf(format, args...)})
	}
	if s.Ref != nil {
		return b.shape(s)
	}
	if s.Never {
		return text{{Says: "never there"}}
	}
	if len(s.Types) > 0 {
		say("%s", strings.Join(s.Types, " or "))
	}
	if s.Items != nil {
		t = append(append(t, word{Says: " of "}), b.shape(s.Items)...)
	}
	if s.AdditionalProperties != nil && len(s.Properties) == 0 {
		t = append(append(t, word{Says: " with values that are "}), b.shape(s.AdditionalProperties)...)
	}
	for _, branches := range []struct {
		says string
		list []*model.Schema
	}{{" and ", s.AllOf}, {" or ", s.AnyOf}, {" or ", s.OneOf}} {
		for i, branch := range branches.list {
			if i > 0 || len(t) > 0 {
				t = append(t, word{Says: branches.says})
			}
			t = append(t, b.shape(branch)...)
			if v := versions(branch.Versions); v != "" {
				t = append(t, word{Says: " (" + v + ")"})
			}
		}
	}
	if s.Const != nil {
		say("%s", s.Const)
	}
	if len(s.Enum) > 0 {
		values := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			values[i] = v.String()
		}
		say("%s", strings.Join(values, " | "))
	}
	if s.Format != "" {
		say("%s", s.Format)
	}
	limits(s, say)
	if s.PatternText != "" {
		say("/%s/", s.PatternText)
	}
	if d := read.Member(s.Node, "default"); d != nil {
		value, err := model.JSON(d)
		if err == nil {
			say("by default %s", value)
		}
	}
	return t
}

// limits are the bounds of a value in words.
func limits(s *model.Schema, say func(string, ...any)) {
	span := func(low, high *int, unit string) {
		switch {
		case low != nil && high != nil && *low == *high:
			say("%d %s", *low, unit)
		case low != nil && high != nil:
			say("%d to %d %s", *low, *high, unit)
		case low != nil && *low == 1:
			say("not empty")
		case low != nil:
			say("at least %d %s", *low, unit)
		case high != nil:
			say("at most %d %s", *high, unit)
		}
	}
	span(s.MinLength, s.MaxLength, "characters")
	span(nil, s.MaxBytes, "bytes")
	span(nil, s.MaxDecodedBytes, "bytes behind base64")
	span(s.MinItems, s.MaxItems, "items")
	span(s.MinProperties, s.MaxProperties, "members")
	switch {
	case s.Minimum != nil && s.Maximum != nil:
		say("%s to %s", rat(s.Minimum), rat(s.Maximum))
	case s.Minimum != nil:
		say("at least %s", rat(s.Minimum))
	case s.Maximum != nil:
		say("at most %s", rat(s.Maximum))
	}
	if s.ExclusiveMinimum != nil {
		say("above %s", rat(s.ExclusiveMinimum))
	}
	if s.ExclusiveMaximum != nil {
		say("below %s", rat(s.ExclusiveMaximum))
	}
	if s.MultipleOf != nil {
		say("a multiple of %s", rat(s.MultipleOf))
	}
	if s.UniqueItems {
		say("no two alike")
	}
}

func rat(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'g', -1, 64)
}
