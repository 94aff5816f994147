package expect

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/onsi/gomega/types"
)

// Be expects a value equal to another of the same kind: a name, a number, an
// id. Pointers are followed; nil is the word "nothing".
func Be(want any) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		return reflect.DeepEqual(plain(actual), plain(want)), show(want), show(actual), nil
	})
}

// BeOneOf is Be where more than one value is right; each needs its reason in the check.
func BeOneOf(want ...any) types.GomegaMatcher {
	return match(func(actual any) (bool, string, string, error) {
		words := make([]string, 0, len(want))
		for _, w := range want {
			if reflect.DeepEqual(plain(actual), plain(w)) {
				return true, show(w), show(actual), nil
			}
			words = append(words, show(w))
		}
		return false, strings.Join(words, " or "), show(actual), nil
	})
}

// plain follows pointers and forgets the names of types, so that
// nova.ServerStatusACTIVE equals "ACTIVE".
func plain(v any) any {
	r := reflect.ValueOf(v)
	for r.Kind() == reflect.Pointer {
		if r.IsNil() {
			return nil
		}
		r = r.Elem()
	}
	switch r.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.String:
		return r.String()
	case reflect.Bool:
		return r.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int()
	case reflect.Slice:
		out := make([]any, 0, r.Len())
		for i := range r.Len() {
			out = append(out, plain(r.Index(i).Interface()))
		}
		return out
	default:
		return r.Interface()
	}
}

func show(v any) string {
	v = plain(v)
	if v == nil {
		return "nothing"
	}
	if s, ok := v.(string); ok {
		return fmt.Sprintf("%q", short(s))
	}
	return short(fmt.Sprint(v))
}
