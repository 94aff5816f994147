package expect

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"
)

// SameMember expects a member of the body to equal a member of another answer's
// body, whatever is in it. Pointers name both. A failure names the place where
// the two part and not what stands there.
func SameMember(pointer string, other any, otherPointer string) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		a, okA := actual.(answer)
		b, okB := other.(answer)
		if !okA || !okB {
			return false, "", "", wrongKind("SameMember", "answers", actual)
		}
		expected := fmt.Sprintf("%s like %s of the other answer", pointer, otherPointer)
		got, foundA := at(content(a), pointer)
		want, foundB := at(content(b), otherPointer)
		switch {
		case !foundA:
			return false, expected, "the body lacks " + pointer, nil
		case !foundB:
			return false, expected, "the other body lacks " + otherPointer, nil
		}
		if where, same := part(want, got, pointer); !same {
			return false, expected, "they part at " + where, nil
		}
		return true, expected, "the same", nil
	})
}

// part is where two JSON values differ first, in the order of names.
func part(want, got any, pointer string) (where string, same bool) {
	switch want := want.(type) {
	case map[string]any:
		other, ok := got.(map[string]any)
		if !ok {
			return pointer, false
		}
		all := maps.Clone(want)
		maps.Copy(all, other)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			below := pointer + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
			a, inA := want[name]
			b, inB := other[name]
			if !inA || !inB {
				return below, false
			}
			if where, same := part(a, b, below); !same {
				return where, false
			}
		}
		return "", true
	case []any:
		other, ok := got.([]any)
		if !ok || len(other) != len(want) {
			return pointer, false
		}
		for i := range want {
			if where, same := part(want[i], other[i], fmt.Sprintf("%s/%d", pointer, i)); !same {
				return where, false
			}
		}
		return "", true
	default:
		return pointer, reflect.DeepEqual(want, got)
	}
}
