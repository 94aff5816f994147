package auth

import (
	"bufio"
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// A request that was signed and sent must give the endpoint the same canonical
// request, whatever is in it; otherwise a good signature is refused.
func FuzzCanonicalRequestSurvivesTheWire(f *testing.F) {
	f.Add("/v1/p/cloudservers", "limit=10&a=&a=b", "value", []byte("{}\n"))
	f.Add("/a/../b//c/*~", "k=%20+&k=%2B", "  padded\t", []byte(nil))
	f.Add("/服务/%/?#", "%E5%80%BC=&&=x", "ünïcode", []byte{0, 0xff})
	f.Add("", "a;b", "\n", []byte("x"))
	f.Fuzz(func(t *testing.T, path, query, value string, body []byte) {
		r := &http.Request{
			Method: http.MethodPost, Host: "ecs.example", Body: http.NoBody,
			URL:    &url.URL{Scheme: "http", Host: "ecs.example", Path: "/" + path, RawQuery: query},
			Header: http.Header{"X-Value": {value}},
		}
		if len(body) > 0 {
			r.Body, r.ContentLength = readCloser{bytes.NewReader(body)}, int64(len(body))
		}
		s := signer()
		if err := s.Apply(r); err != nil {
			if _, bad := url.ParseQuery(query); bad == nil {
				t.Fatalf("refused without a reason: %v", err)
			}
			return
		}
		sent, err := canonicalRequest(r, signedHeaders(r.Header), hexHash(body))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(r.Header.Get("Authorization"), s.signature(r.Header.Get(DateHeader), sent)) {
			t.Fatalf("the signature is not that of the canonical request\n%s", sent)
		}
		checkForm(t, r.URL, sent)

		if strings.ContainsAny(query, " \t\r\n\x00\x7f#") || !printable(query) ||
			strings.ContainsFunc(value, unicode.IsControl) || !utf8.ValidString(value) {
			return // net/http refuses to send these as they are
		}
		var wire bytes.Buffer
		if err := r.Write(&wire); err != nil {
			t.Fatal(err)
		}
		got, err := http.ReadRequest(bufio.NewReader(&wire))
		if err != nil {
			t.Fatalf("what was sent cannot be read: %v", err)
		}
		received, err := canonicalRequest(got, signedNames(got), hexHash(body))
		if err != nil {
			t.Fatal(err)
		}
		if received != sent {
			t.Fatalf("sent\n%s\nreceived\n%s", sent, received)
		}
	})
}

// checkForm looks at what every canonical request must be like.
func checkForm(t *testing.T, u *url.URL, canonical string) {
	t.Helper()
	lines := strings.Split(canonical, "\n")
	path, query := lines[1], lines[2]
	if !strings.HasSuffix(path, "/") || strings.Trim(path, unreserved+"%/") != "" || strings.ContainsAny(path, "?*+ ") {
		t.Fatalf("path %q is not canonical", path)
	}
	plain, err := url.PathUnescape(path)
	if err != nil || strings.TrimSuffix(plain, "/") != strings.TrimSuffix(u.Path, "/") {
		t.Fatalf("path %q became %q (%v)", u.Path, plain, err)
	}
	want := u.Query()
	got, err := url.ParseQuery(query)
	if err != nil || len(got) != len(want) {
		t.Fatalf("query %q became %q (%v)", u.RawQuery, query, err)
	}
	for name, values := range want {
		if !slices.IsSorted(got[name]) || len(got[name]) != len(values) {
			t.Fatalf("values of %q became %q", values, got[name])
		}
	}
}

const unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"

func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

func signedNames(r *http.Request) []string {
	_, rest, _ := strings.Cut(r.Header.Get("Authorization"), "SignedHeaders=")
	names, _, _ := strings.Cut(rest, ",")
	return strings.Split(names, ";")
}

type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }
