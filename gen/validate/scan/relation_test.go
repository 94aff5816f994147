package scan_test

import (
	"fmt"
	"testing"

	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate/scan"
)

// TestOrderIsExact: integers are compared as integers, other numbers and times by what
// they are worth.
func TestOrderIsExact(t *testing.T) {
	o := scan.NewObject(scan.Object{Members: []scan.Member{{Member: "a"}, {Member: "b"}}, Max: scan.NoLimit})
	relation := &scan.Relation{Says: "/a not after /b"}
	s := scan.New()
	for _, row := range []struct {
		a, b string
		good bool
	}{
		{"1", "2", true}, {"2", "2", true}, {"3", "2", false}, {"-1", "0", true}, {"0", "-1", false},
		{"9007199254740993", "9007199254740992", false}, {"9007199254740992", "9007199254740993", true},
		{"9223372036854775807", "9223372036854775806", false}, {"-9223372036854775807", "-9223372036854775808", false},
		{"1e3", "999", false}, {"1000.0", "1000", true}, {"1.5", "1.25", false}, {"1.25", "1.5", true}, {"1", "1.5", true}, {"2", "1.5", false},
		{"1e300", "7", false}, {"7", "1e300", true}, {"99999999999999999999", "1", false},
		{`"2026-01-01T00:00:00Z"`, `"2026-01-01T01:00:00+01:00"`, true}, {`"2026-01-01T00:00:01Z"`, `"2026-01-01T01:00:00+01:00"`, false},
		{`"x"`, "1", true}, {"null", "1", true}, {"[]", "{}", true},
	} {
		body := fmt.Sprintf(`{"a":%s,"b":%s}`, row.a, row.b)
		good := s.Run([]byte(body), 0, microversion.Version{}, "", func(s *scan.Scan, i int) int {
			var kept [2]scan.Span
			var f scan.Fields
			m, i := s.Open(&f, i, o)
			for ; m >= 0; m, i = s.Next(&f, i) {
				at := i
				i = s.Skip(i)
				kept[m] = scan.Span{Begin: at, End: i}
			}
			s.Ordered(kept[0], kept[1], relation)
			return s.Close(&f, i)
		})
		if good != row.good {
			t.Errorf("%s: %t", body, good)
		}
	}
}
