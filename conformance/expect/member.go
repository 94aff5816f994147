package expect

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/onsi/gomega/types"
)

// Member expects a member of the body, by JSON pointer; its value may be anything.
func Member(pointer string) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		a, ok := actual.(answer)
		if !ok {
			return false, "", "", wrongKind("Member", "answers", actual)
		}
		got := "the body lacks it"
		_, found := at(content(a), pointer)
		if found {
			got = "it is there"
		}
		return found, "a member " + pointer, got, nil
	})
}

// NoMember expects a body without the member.
func NoMember(pointer string) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		a, ok := actual.(answer)
		if !ok {
			return false, "", "", wrongKind("NoMember", "answers", actual)
		}
		value, found := at(content(a), pointer)
		got := "none"
		if found {
			got = fmt.Sprintf("a %s", kind(value))
		}
		return !found, "no member " + pointer, got, nil
	})
}

// at is the value at a JSON pointer.
func at(body []byte, pointer string) (any, bool) {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return nil, false
	}
	for word := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		word = strings.NewReplacer("~1", "/", "~0", "~").Replace(word)
		switch in := v.(type) {
		case map[string]any:
			inside, ok := in[word]
			if !ok {
				return nil, false
			}
			v = inside
		case []any:
			i, err := strconv.Atoi(word)
			if err != nil || i < 0 || i >= len(in) {
				return nil, false
			}
			v = in[i]
		default:
			return nil, false
		}
	}
	return v, true
}

func kind(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "text"
	case float64:
		return "number"
	case bool:
		return "Boolean"
	case []any:
		return "list"
	default:
		return "object"
	}
}
