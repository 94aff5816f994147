package exchange

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// embeddings are ways in which a secret can stand in a message, whether it is
// registered or only given away by its name.
var embeddings = []struct {
	name string
	// named: the redactor is not told the secret; the name beside it has to do.
	named bool
	write func(secret, around string) string
}{
	{"member", true, func(s, a string) string { return `{"x":` + quoteJSON(a) + `,"adminPass":` + quoteJSON(s) + `}` }},
	{"member, deep", true, func(s, a string) string {
		return `[[{"a":{"b":[{"user_data":` + quoteJSON(s) + `,"c":` + quoteJSON(a) + `}]}}]]`
	}},
	{"member, object", true, func(s, a string) string { return `{"private_key":{` + quoteJSON(a) + `:[` + quoteJSON(s) + `]}}` }},
	{"member, spaced", true, func(s, _ string) string { return "{ \"password\" \n:\t" + quoteJSON(s) + "\r\n}" }},
	{"query", true, func(s, _ string) string { return "see http://h/x?token=" + url.QueryEscape(s) + "&a=b" }},
	{"plain", false, func(s, a string) string { return a + s + a }},
	{"JSON string", false, func(s, a string) string { return `{"message":` + quoteJSON(a+" "+s+" "+a) + `}` }},
	{"JSON in JSON", false, func(s, a string) string { return `{"m":` + quoteJSON(`{"n":`+quoteJSON(s)+`}`) + `}` }},
	{"query, unnamed", false, func(s, _ string) string { return "/x?q=" + url.QueryEscape(s) }},
	{"path", false, func(s, _ string) string { return "/x/" + url.PathEscape(s) + "/y" }},
	{"HTML", false, func(s, a string) string { return "<p>" + html.EscapeString(s) + "</p>" }},
	{"hex", false, func(s, a string) string { return fmt.Sprintf("%s%x", a, s) }},
	{"base64", false, func(s, a string) string { return `{"x":"` + base64.StdEncoding.EncodeToString([]byte(a+s+a)) + `"}` }},
	{"base64, url", false, func(s, a string) string { return base64.RawURLEncoding.EncodeToString([]byte(a + s)) }},
}

func quoteJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}

// FuzzAPlantedSecretNeverSurvives plants a secret in each way and looks for it in
// everything that a redactor writes, cut off at any place too.
func FuzzAPlantedSecretNeverSurvives(f *testing.F) {
	for i := range embeddings {
		f.Add("S3cr3t/Geheim+4?", "around", i, 0)
		f.Add(`q"uo\te<>&%41 blank`, `\`, i, 9)
		f.Add("pässwörter 99 ✓", "%", i, 3)
	}
	f.Fuzz(func(t *testing.T, secret, around string, how, cut int) {
		if len(secret) < 12 || len(secret) > 200 || !utf8.ValidString(secret) || !utf8.ValidString(around) ||
			strings.ContainsAny(secret, "*\x00") || strings.Trim(secret, " \t\r\n") != secret || !distinct(secret, around) {
			t.Skip()
		}
		e := embeddings[((how%len(embeddings))+len(embeddings))%len(embeddings)]
		body := e.write(secret, around)
		r := NewRedactor()
		if !e.named {
			r.Secret("planted", secret)
		}
		if cut < 0 {
			cut = -cut
		}
		cut %= len(body) + 1
		for _, text := range []string{body, body[:len(body)-cut]} {
			x := r.Exchange(Raw{
				URL: "http://h/", RequestHeader: http.Header{"X-Note": {text}}, RequestBody: []byte(text),
				Status: 200, ResponseBody: []byte(text), Failure: text,
			})
			for _, clean := range []string{x.Request.Body, x.Response.Body, x.Failure, x.Request.Header.Get("X-Note"), Curl(x)} {
				if survives(clean, secret) {
					t.Fatalf("%s: the secret %q survives in\n%q\nmade of\n%q", e.name, secret, clean, text)
				}
			}
		}
	})
}

// distinct reports that no part of the secret occurs twice: what is left of
// another occurrence is not what survived of this one.
func distinct(secret, around string) bool {
	all := around + "\x00" + around + "\x00" + secret
	for i := 0; i+3 <= len(secret); i++ {
		if strings.Count(all, secret[i:i+3]) > 1 {
			return false
		}
	}
	return true
}

// FuzzRedactorTakesAnything only asks for an end, and for bounded output.
func FuzzRedactorTakesAnything(f *testing.F) {
	f.Add([]byte(`{"password":{"user":{"password":"x"`), "a")
	f.Add([]byte("\xff{\"a\\"), "\\u00")
	f.Add([]byte(strings.Repeat(`{"token":[`, 600)), "-----BEGIN PRIVATE KEY-----")
	f.Fuzz(func(t *testing.T, body []byte, text string) {
		r := NewRedactor(text)
		r.BodyLimit = 512
		r.Secret(text, string(body[:min(len(body), 20)]))
		x := r.Exchange(Raw{Method: text, URL: text, RequestBody: body, Status: 1, ResponseBody: body,
			ResponseHeader: http.Header{text: {string(body)}}, Failure: text})
		if len(x.Response.Body) > 512+100 {
			t.Fatalf("%d bytes", len(x.Response.Body))
		}
		if !utf8.ValidString(x.Response.Body) {
			t.Fatalf("not UTF-8: %q", x.Response.Body)
		}
		_ = Curl(x)
	})
}

func BenchmarkRedactExchange(b *testing.B) {
	r := NewRedactor()
	for i := range 100 {
		r.Secret("password", fmt.Sprintf("Password-%d-of-many", i))
	}
	raw := Raw{URL: "http://h/v2.1/p/servers/detail", RequestHeader: http.Header{"X-Auth-Token": {"t0ken-t0ken-t0ken"}}, Status: 200,
		ResponseBody: []byte(`{"servers":[` + strings.Repeat(`{"id":"0f2c","name":"n","status":"ACTIVE","addresses":{"net":[{"addr":"10.0.0.1","version":4}]}},`, 40) + `{}]}`)}
	b.SetBytes(int64(len(raw.ResponseBody)))
	b.ReportAllocs()
	for b.Loop() {
		r.Exchange(raw)
	}
}
