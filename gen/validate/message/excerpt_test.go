package message_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// TestWhatIsShownIsShortAndReadable: names and values of every length, of characters of
// every width, and bytes that are no text: both validators show at most 256 bytes of a
// name and a few of a value, as valid UTF-8, and the same name.
func TestWhatIsShownIsShortAndReadable(t *testing.T) {
	oracle, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	op, ok := catalog.Operation("nova.ListServersDetail")
	if !ok {
		t.Fatal("no such operation")
	}
	o := validate.Options{Version: microversion.MustParse("2.60")}
	look := func(v validate.Validator, m *validate.Message, request bool) []validate.Finding {
		var list []validate.Finding
		if request {
			list = v.Request(op, m, o)
		} else {
			list = v.Response(op, m, o)
		}
		if len(list) == 0 {
			t.Errorf("%+v: nothing found", m)
		}
		for _, f := range list {
			for _, text := range []string{f.Pointer, f.Expected, f.Got} {
				if !utf8.ValidString(text) {
					t.Errorf("%q is no UTF-8", text)
				}
			}
			if len(f.Got) > 200 {
				t.Errorf("%d bytes are shown: %q", len(f.Got), f.Got)
			}
			for _, token := range strings.Split(f.Pointer, "/") {
				if n := len(strings.NewReplacer("~0", "~", "~1", "/").Replace(token)); n > 256 {
					t.Errorf("a token of %d bytes: %q", n, token)
				}
			}
		}
		return list
	}
	json200 := http.Header{"Content-Type": {"application/json"}}
	for _, letter := range []string{"x", "é", "€", "😀", "~", "/"} {
		for _, length := range []int{1, 40, 47, 48, 49, 84, 85, 127, 128, 250, 252, 253, 254, 255, 256, 257, 258, 300, 1000} {
			name := strings.Repeat("a", length%4) + strings.Repeat(letter, length)
			quoted, err := json.Marshal(name)
			if err != nil {
				t.Fatal(err)
			}
			body := `{"servers":[],` + string(quoted) + `:` + string(quoted) + `}`
			m := &validate.Message{Status: 200, Header: json200, Body: []byte(body)}
			a, b := look(compiled.New(), m, false), look(oracle, m, false)
			if len(a) != 1 || len(b) != 1 || a[0].Pointer != b[0].Pointer {
				t.Errorf("%s of %d: %+v\n%+v", letter, length, a, b)
			}
			wrong := &validate.Message{Status: 200, Header: json200, Body: []byte(`{"servers":` + string(quoted) + `}`)}
			look(compiled.New(), wrong, false)
			look(oracle, wrong, false)
		}
	}
	for _, odd := range []string{"\xff", strings.Repeat("\x80", 200), "é\xe2\x82" + strings.Repeat("é", 40), strings.Repeat("€", 16) + "\xe2"} {
		for _, v := range []validate.Validator{compiled.New(), oracle} {
			look(v, &validate.Message{Header: http.Header{}, Query: "limit=" + odd + "&" + odd + "=1&status=%ff%fe" + odd, Path: map[string]string{"project_id": ""}}, true)
			look(v, &validate.Message{Status: 200, Header: http.Header{"Content-Type": {odd}, "Openstack-Api-Version": {odd}}, Body: []byte(`{"servers":[]}`)}, false)
			look(v, &validate.Message{Status: 200, Header: json200, Body: []byte(`{"servers":["` + odd + `"]}`)}, false)
			look(v, &validate.Message{Status: 200, Header: json200, Body: []byte(`{"servers":[],"` + odd + `":1}`)}, false)
		}
	}
}
