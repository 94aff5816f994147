package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/conformance/judge"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
)

func mixed(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/mixed.har")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var bases = []string{"/compute", "https://iam.example.com/identity/"}

// all judges a recording and keeps everything.
func all(t testing.TB, har []byte, o Options) ([]Finding, Summary, error) {
	t.Helper()
	var list []Finding
	s, err := Judge(bytes.NewReader(har), judge.New(compiled.New()), o, func(f Finding) error {
		list = append(list, f)
		return nil
	})
	return list, s, err
}

func brief(list []Finding) (out []string) {
	for _, f := range list {
		out = append(out, fmt.Sprintf("%d %s %s %s %s %s %s", f.Entry, f.Operation, f.Direction, f.Severity, f.Class, f.Pointer, f.Keyword))
	}
	return out
}

func TestEveryEntryIsJudged(t *testing.T) {
	list, s, err := all(t, mixed(t), Options{Bases: bases})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2 nova.ListServers response violation schema /servers/0/name type",
		"2 nova.ListServers response violation relation /servers/0/links/0/href x-relations",
		"4  request note undocumented  operation",
		"5  request note undocumented  operation",
		"6  request note undocumented  operation",
		"7 nova.ListFlavors response violation syntax /flavors/0 syntax",
		"10 nova.StartServer request deviation schema /os-start type",
		"12 nova.ListServers response violation status status status",
		"13 ecs.ShowJob response violation relation /begin_time x-relations",
		"14 ecs.ShowJob response violation schema /status enum",
		"15  request note undocumented  operation",
		"16 ecs.ShowJob response violation schema /status enum",
	}
	if got := brief(list); !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s.Entries != 17 || s.Judged != 12 || s.Outside != 4 || s.Unjudged != 1 || s.Bodies != 1 {
		t.Errorf("%+v", s)
	}
	if s.Severities[validate.Violation] != 7 || s.Severities[validate.Deviation] != 1 || s.Severities[validate.Note] != 4 {
		t.Errorf("%v", s.Severities)
	}
	if got := s.Times[Call{"GET", "/dashboard/static/app.js"}]; got != 2 {
		t.Errorf("the two requests for one thing outside are counted %d times: %v", got, s.Times)
	}
	if len(s.Problems) != 2 || !strings.HasPrefix(s.Problems[0], "entry 9: ") || !strings.HasPrefix(s.Problems[1], "entry 11: ") {
		t.Errorf("%q", s.Problems)
	}
}

// The password of entry 0 and the token of all others stand where findings show
// values, in sentences and in paths.
func TestSecretsAreRemovedWhileReading(t *testing.T) {
	list, s, err := all(t, mixed(t), Options{Bases: bases})
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%+v %+v", list, s)
	for _, secret := range []string{"correct-horse-battery", "k3yTokenOfTheRecording"} {
		if !bytes.Contains(mixed(t), []byte(secret)) {
			t.Fatalf("the recording has no %q: the test proves nothing", secret)
		}
		if strings.Contains(text, secret) {
			t.Errorf("%q is shown in %s", secret, text)
		}
	}
	if !strings.Contains(text, "***PASSWORD***") {
		t.Error("nothing stands in the place of the password")
	}
}

// TestNoSecretOfAnEntryIsShown: each secret of an exchange, once more where findings show
// a value, a name, a path or a parameter, is taken out wherever it comes from.
func TestNoSecretOfAnEntryIsShown(t *testing.T) {
	const secret = "Zq9-s3cret_Value7"
	quoted := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	type object = map[string]any
	header := func(name, value string) []object { return []object{{"name": name, "value": value}} }
	for place, row := range map[string]struct {
		request, response []object
		query, body       string
	}{
		"authorization":    {request: header("authorization", secret)},
		"signature":        {request: header("Authorization", "SDK-HMAC-SHA256 Access=AK, Signature="+secret+secret)},
		"x-auth-token":     {request: header("x-auth-token", secret)},
		"x-subject-token":  {response: header("X-Subject-Token", secret)},
		"cookie":           {request: header("cookie", "a=1; session="+secret+"; b=2")},
		"set-cookie":       {response: header("Set-Cookie", "session="+secret+"; Path=/; HttpOnly")},
		"query":            {query: "token=" + secret},
		"signed query":     {query: "X-Amz-Signature=" + secret},
		"adminPass":        {body: quoted(object{"server": object{"adminPass": secret}})},
		"user_data":        {body: quoted(object{"server": object{"user_data": secret}})},
		"password in JSON": {body: quoted(object{"auth": object{"identity": object{"password": object{"user": object{"password": secret}}}}})},
	} {
		shown := secret
		if place == "signature" {
			shown = row.request[0]["value"].(string)
		}
		for _, address := range []string{"http://h/v2.1/p/servers?name=x&limit=" + shown + "&" + row.query, "http://h/no/where/" + shown + "?" + row.query} {
			post := object{"mimeType": "application/json", "text": row.body}
			answer := quoted(object{"server": object{"id": shown, shown: shown, "links": []any{shown, "x " + shown + " y"}}})
			har := quoted(object{"log": object{"entries": []object{{
				"request":  object{"method": "POST", "url": address, "headers": row.request, "postData": post},
				"response": object{"status": 202, "headers": row.response, "content": object{"mimeType": "application/json", "text": answer}},
			}}}})
			list, s, err := all(t, []byte(har), Options{})
			if err != nil || len(list) == 0 {
				t.Fatalf("%s: %v, %d findings", place, err, len(list))
			}
			for _, f := range list {
				if text := fmt.Sprintf("%+v", f); strings.Contains(text, secret[:8]) {
					t.Errorf("%s: %s", place, text)
				}
			}
			if text := fmt.Sprintf("%+v", s); strings.Contains(text, secret[:8]) {
				t.Errorf("%s: %s", place, text)
			}
		}
	}
}

func TestMicroversions(t *testing.T) {
	har := func(header, body string) []byte {
		return []byte(`{"log":{"entries":[{"request":{"method":"GET","url":"http://h/v2.1/p/servers/detail","headers":[` + header + `]},
			"response":{"status":200,"headers":[{"name":"Content-Type","value":"application/json"},{"name":"X-OpenStack-Nova-API-Version","value":"2.26"}],"content":{"text":` + body + `}}}]}}`)
	}
	const asks = `{"name":"X-OpenStack-Nova-API-Version","value":"2.26"}`
	classes := func(har []byte, o Options) (out []string) {
		list, _, err := all(t, har, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			if f.Class == validate.ClassVersion {
				out = append(out, f.Pointer)
			}
		}
		return out
	}
	const tagged = `"{\"servers\":[{\"tags\":[]}]}"`
	for _, row := range []struct {
		har  []byte
		o    Options
		want []string
	}{
		{har(asks, tagged), Options{}, nil},
		{har("", tagged), Options{}, []string{"/servers/0/tags", "header:X-OpenStack-Nova-API-Version"}},
		{har(asks, tagged), Options{Version: microversion.MustParse("2.25")}, []string{"/servers/0/tags"}},
		{har("", tagged), Options{Version: microversion.MustParse("2.26")}, nil},
	} {
		if got := classes(row.har, row.o); !slices.Equal(got, row.want) {
			t.Errorf("%v: %q, want %q", row.o, got, row.want)
		}
	}
}

// A recording that is cut off anywhere is an error, after what came before.
func TestCutAnywhere(t *testing.T) {
	whole := mixed(t)
	entries := 0
	for n := 0; n < len(whole)-2; n += 97 {
		_, s, err := all(t, whole[:n], Options{Bases: bases})
		if !errors.Is(err, ErrBroken) && !errors.Is(err, ErrNoHAR) {
			t.Fatalf("cut at %d: %v", n, err)
		}
		if s.Entries < entries {
			t.Fatalf("cut at %d: %d entries, before %d", n, s.Entries, entries)
		}
		entries = s.Entries
	}
	if entries != 17 {
		t.Errorf("of the longest piece %d entries were read", entries)
	}
}

func TestWhatIsNoRecording(t *testing.T) {
	for name, row := range map[string]struct {
		text string
		want error
		says string
	}{
		"empty":           {"", ErrNoHAR, "empty"},
		"text":            {"hello", ErrNoHAR, ""},
		"list":            {"[]", ErrNoHAR, ""},
		"no log":          {`{"a":{"entries":[]}}`, ErrNoHAR, "log.entries"},
		"no entries":      {`{"log":{"pages":[]}}`, ErrNoHAR, "log.entries"},
		"entries no list": {`{"log":{"entries":{}}}`, ErrNoHAR, ""},
		"log no object":   {`{"log":[]}`, ErrNoHAR, ""},
		"cut":             {`{"log":{"entries":[{"request":`, ErrBroken, "entry 0"},
		"no JSON":         {`{"log":{"entries":[{},nonsense]}}`, ErrBroken, "entry 1"},
		"log twice":       {`{"log":{"entries":[]},"log":{"entries":[{}]}}`, ErrBroken, "log stands in it twice"},
		"entries twice":   {`{"log":{"entries":[],"entries":[{}]}}`, ErrBroken, "log.entries stands in it twice"},
		"trailing":        {`{"log":{"entries":[]}} x`, ErrBroken, "follows"},
		"not closed":      {`{"log":{"entries":[]}`, ErrBroken, ""},
		"deep":            {`{"log":{"entries":[` + strings.Repeat(`{"a":`, 20000), ErrBroken, ""},
		"large":           {`{"log":{"entries":[{},{"a":"` + strings.Repeat("x", 300_000) + `"}]}}`, ErrTooLarge, "entry 1"},
		"large before":    {`{"log":{"pages":"` + strings.Repeat("x", 300_000) + `","entries":[]}}`, ErrTooLarge, ""},
	} {
		_, _, err := all(t, []byte(row.text), Options{LargestEntry: 100_000})
		if !errors.Is(err, row.want) || !strings.Contains(fmt.Sprint(err), row.says) {
			t.Errorf("%s: %v, want %v with %q", name, err, row.want, row.says)
		}
	}
}

func TestOddEntries(t *testing.T) {
	entry := func(request, response string) string {
		return `{"log":{"entries":[{"startedDateTime":7,"time":"x","request":{` + request + `},"response":{` + response + `}}]}}`
	}
	const list = `"method":"GET","url":"http://h/v2.1/p/servers"`
	for name, row := range map[string]struct {
		har             string
		judged, problem bool
	}{
		"bom":            {"\xef\xbb\xbf" + entry(list, `"status":0`), true, false},
		"no method":      {entry(`"url":"http://h/v2.1/p/servers"`, ``), false, true},
		"null":           {`{"log":{"entries":[null]}}`, false, true},
		"a number":       {`{"log":{"entries":[7]}}`, false, true},
		"status 9999":    {entry(list, `"status":9999`), false, true},
		"status 1.5":     {entry(list, `"status":1.5`), false, true},
		"status text":    {entry(list, `"status":"200"`), false, true},
		"bad base64":     {entry(list, `"status":200,"content":{"text":"***","encoding":"base64"}`), false, true},
		"odd encoding":   {entry(list, `"status":200,"content":{"text":"x","encoding":"rot13"}`), false, true},
		"body left out":  {entry(list, `"status":200,"content":{"size":10}`), true, true},
		"no url at all":  {entry(`"method":"GET","url":"%zz://\u0000/no/where/at/all"`, `"status":200`), false, false},
		"status twice":   {entry(list, `"status":200,"status":0`), false, true},
		"answer twice":   {`{"log":{"entries":[{"request":{` + list + `},"response":{"status":200},"response":{"status":0}}]}}`, false, true},
		"else twice":     {`{"log":{"entries":[{"cache":1,"cache":2,"request":{` + list + `},"response":{"status":0}}]}}`, true, false},
		"pseudo headers": {entry(list+`,"headers":[{"name":":path","value":"x"},{"name":"","value":"y"}]`, `"status":0`), true, false},
	} {
		_, s, err := all(t, []byte(row.har), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if (s.Judged == 1) != row.judged || (len(s.Problems) > 0) != row.problem {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestAnErrorOfTheCallerEndsIt(t *testing.T) {
	full := errors.New("disk full")
	n := 0
	s, err := Judge(bytes.NewReader(mixed(t)), judge.New(compiled.New()), Options{Bases: bases}, func(Finding) error {
		n++
		return full
	})
	if !errors.Is(err, full) || n != 1 || s.Entries != 3 {
		t.Errorf("%v after %d findings and %d entries", err, n, s.Entries)
	}
}

// entries is an endless recording's beginning: so many entries, one after the other.
type entries struct {
	one  []byte
	left int
	buf  []byte
}

func (e *entries) Read(p []byte) (int, error) {
	for len(e.buf) == 0 {
		switch {
		case e.left < 0:
			return 0, io.EOF
		case e.left == 0:
			e.buf = []byte(`{}],"comment":""}}`)
		default:
			e.buf = e.one
		}
		e.left--
	}
	n := copy(p, e.buf)
	e.buf = e.buf[n:]
	return n, nil
}

// TestMemoryDoesNotGrow: a recording of any size needs the memory of one entry.
func TestMemoryDoesNotGrow(t *testing.T) {
	var har struct {
		Log struct{ Entries []json.RawMessage }
	}
	if err := json.Unmarshal(mixed(t), &har); err != nil {
		t.Fatal(err)
	}
	one := append(bytes.TrimSpace(har.Log.Entries[2]), ',')
	const count = 30_000
	size := len(one) * count
	var most uint64
	n := 0
	r := io.MultiReader(strings.NewReader(`{"log":{"entries":[`), &entries{one: one, left: count})
	s, err := Judge(r, judge.New(compiled.New()), Options{Bases: bases}, func(Finding) error {
		if n++; n%5000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		return nil
	})
	if err != nil || s.Judged != count {
		t.Fatalf("%v after %d entries", err, s.Judged)
	}
	if t.Logf("%d MB of entries, at most %d MB on the heap", size>>20, most>>20); most > 48<<20 || size < 30<<20 {
		t.Error("memory grows with the recording, or the recording is too small to tell")
	}
}

// FuzzRecording reads whatever is taken for a recording: it ends, without a panic.
func FuzzRecording(f *testing.F) {
	f.Add(mixed(f))
	for _, text := range []string{``, `{"log":{"entries":[{"request":{"method":"GET","url":"http://h/v2.1/p/servers"},"response":{"status":200}}]}}`, `{"log":{"entries":[1]}}`} {
		f.Add([]byte(text))
	}
	j := judge.New(compiled.New())
	f.Fuzz(func(t *testing.T, har []byte) {
		s, err := Judge(bytes.NewReader(har), j, Options{Bases: bases, LargestEntry: 1 << 20}, func(Finding) error { return nil })
		if err == nil && !json.Valid(bytes.TrimPrefix(har, []byte("\xef\xbb\xbf"))) {
			t.Error("a recording that is no JSON is read without an error")
		}
		if s.Entries < s.Judged+s.Outside+s.Unjudged {
			t.Errorf("%+v", s)
		}
	})
}

// A browser keeps no body that nobody read, and says -1 of its length. Whether there was one
// is in the headers; without one the answer is judged as it is.
func TestABodyThatTheBrowserDidNotKeepIsNotJudged(t *testing.T) {
	for name, c := range map[string]struct {
		request, response string
		left              int
	}{
		"a length in the headers": {"", `"bodySize":-1,"headers":[{"name":"Content-Length","value":"75"}],"content":{"size":-1,"mimeType":"application/json"}`, 1},
		"no length at all":        {"", `"bodySize":-1,"headers":[{"name":"content-type","value":"application/json"}],"content":{"size":-1}`, 1},
		"a length of the body":    {"", `"bodySize":75,"headers":[],"content":{"size":-1}`, 1},
		"an empty body":           {"", `"bodySize":-1,"headers":[{"name":"Content-Length","value":"0"}],"content":{"size":-1}`, 0},
		"a body of length zero":   {"", `"bodySize":0,"headers":[{"name":"Content-Type","value":"application/json"}],"content":{"size":0,"text":""}`, 0},
		"a request without its body": {`"bodySize":12,`,
			`"bodySize":0,"headers":[],"content":{"size":0,"text":""}`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			har := `{"log":{"entries":[{"request":{"method":"GET",` + c.request + `"url":"https://x/v2.1/0123456789abcdef0123456789abcdef/servers","headers":[]},` +
				`"response":{"status":200,` + c.response + `}}]}}`
			list, s, err := all(t, []byte(har), Options{})
			if err != nil {
				t.Fatal(err)
			}
			empty := slices.ContainsFunc(list, func(f Finding) bool { return f.Direction == "response" && f.Keyword == "required" && f.Pointer == "" })
			if want := c.left == 0 || c.request != ""; s.Bodies != c.left || empty != want {
				t.Errorf("%d bodies are left out, want %d; the answer is called empty: %t, want %t\n%s", s.Bodies, c.left, empty, want, brief(list))
			}
		})
	}
}
