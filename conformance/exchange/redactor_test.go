package exchange

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

const planted = "Sk9-planted/Geheim+42"

func TestSecretMembersAreRemovedAtAnyDepth(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"password of a token request",
			`{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"lab","password":"` + planted + `","domain":{"name":"d"}}}}}}`,
			`{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"lab","password":"***PASSWORD***","domain":{"name":"d"}}}}}}`},
		{"what IAM does not know in a password", `{"password":{"user":{"name":"lab"},"hash":"` + planted + `"}}`, `{"password":{"user":{"name":"lab"},"hash":"***PASSWORD***"}}`},
		{"token of a token request", `{"identity":{"token":{"id":"` + planted + `"}}}`, `{"identity":{"token":{"id":"***TOKEN***"}}}`},
		{"the token answer keeps its ids", `{"token":{"user":{"id":"u1","name":"lab","password_expires_at":null},"audit_ids":["a"]}}`,
			`{"token":{"user":{"id":"u1","name":"lab","password_expires_at":null},"audit_ids":["a"]}}`},
		{"admin password and user data", `{"server":{"adminPass":"` + planted + `","user_data":"` + planted + `","name":"n"}}`,
			`{"server":{"adminPass":"***ADMIN_PASS***","user_data":"***USER_DATA***","name":"n"}}`},
		{"extended attribute", `{"OS-EXT-SRV-ATTR:user_data": "` + planted + `"}`, `{"OS-EXT-SRV-ATTR:user_data": "***USER_DATA***"}`},
		{"escaped name", `{"admin\u0050ass":"` + planted + `"}`, `{"admin\u0050ass":"***ADMIN_PASS***"}`},
		{"whole object", `{"secret":{"a":["` + planted + `",{"b":12345}]}}`, `{"secret":{"a":["***SECRET***",{"b":"***SECRET***"}]}}`},
		{"number", `{"passcode": 123456}`, `{"passcode": "***PASSCODE***"}`},
		{"null and empty say something", `{"adminPass":null,"password":""}`, `{"adminPass":null,"password":""}`},
		{"name of the contract", `{"vnc_ticket":"` + planted + `"}`, `{"vnc_ticket":"***VNC_TICKET***"}`},
		{"truncated in the value", `{"a":1,"private_key":"` + planted, `{"a":1,"private_key":"***PRIVATE_KEY***`},
		{"missing comma", `{"password":"x` + planted + `" "` + planted + `"}`, `{"password":"***PASSWORD***" "***PASSWORD***"}`},
		{"single quotes", `{'adminPass': '` + planted + `'}`, `{'adminPass': '***ADMIN_PASS***'}`},
		{"no quotes", `{password: ` + planted + `, a: 1}`, `{password: "***PASSWORD***", a: 1}`},
		{"JSON in a string", `{"note":"{\"password\":\"` + planted + `\"}"}`, `{"note":"{\"password\":\"***PASSWORD***\"}"}`},
		{"form", `user=lab&password=` + planted + `&x=1`, `user=lab&password=***PASSWORD***&x=1`},
		{"XML", `<server><adminPass>` + planted + `</adminPass></server>`, `<server><adminPass>***ADMIN_PASS***</adminPass></server>`},
		{"what Nova quotes", `{"badRequest":{"code":400,"message":"Invalid input for field/attribute adminPass. Value: ` + planted + `. '` + planted + `' is too long"}}`,
			`{"badRequest":{"code":400,"message":"Invalid input for field/attribute adminPass. Value: ***ADMIN_PASS***"}}`},
		{"link in a string", `{"url":"https://u:` + "hunter22" + `@h/console?token=` + "abcdef" + `&x=1"}`, `{"url":"https://***USERINFO***@h/console?token=***TOKEN***&x=1"}`},
		{"private key anywhere", `{"output":"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n"}`, `{"output":"***PRIVATE_KEY***\n"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := NewWithT(t)
			r := NewRedactor("vnc_ticket")
			g.Expect(r.Body([]byte(c.body))).To(Equal(c.want))
			if json.Valid([]byte(c.body)) {
				g.Expect(json.Valid([]byte(r.Body([]byte(c.body))))).To(BeTrue())
			}
		})
	}
}

func TestKnownValuesAreRemovedInEveryForm(t *testing.T) {
	quoted, err := json.Marshal(planted)
	if err != nil {
		t.Fatal(err)
	}
	everything := ""
	for _, c := range planted {
		everything += fmt.Sprintf(`\u%04X`, c)
	}
	for name, text := range map[string]string{
		"plain":              "seen " + planted + " there",
		"JSON":               string(quoted),
		"JSON, escaped":      `{"x":"` + everything + `"}`,
		"slash escaped":      `{"x":"` + strings.ReplaceAll(planted, "/", `\/`) + `"}`,
		"JSON in JSON":       `{"x":"{\"y\":\"` + strings.ReplaceAll(everything, `\`, `\\`) + `\"}"}`,
		"query":              url.QueryEscape(planted),
		"path":               url.PathEscape(planted),
		"lower hex escapes":  strings.ToLower(url.QueryEscape("/")) + " " + strings.ReplaceAll(url.QueryEscape(planted), "%2F", "%2f"),
		"HTML":               strings.ReplaceAll(planted, "+", "&#43;"),
		"base64":             base64.StdEncoding.EncodeToString([]byte(planted)),
		"base64 inside":      base64.StdEncoding.EncodeToString([]byte("#!/bin/sh\necho " + planted + " | passwd\n")),
		"base64 inside, url": base64.URLEncoding.EncodeToString([]byte("x" + planted + "yz")),
		"hex":                fmt.Sprintf("%x", planted),
		"cut off":            `{"fault":"the value was ` + planted[:12],
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			r := NewRedactor()
			r.Secret("secret key", planted)
			clean := r.Body([]byte(text))
			g.Expect(clean).To(ContainSubstring("***SECRET_KEY***"))
			g.Expect(survives(clean, planted)).To(BeFalse(), clean)
		})
	}
}

// survives looks for a secret the way somebody who wants it would, without
// sharing code with what is tested.
func survives(text, secret string) bool {
	forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), fmt.Sprintf("%x", secret)}
	if b, err := json.Marshal(secret); err == nil {
		forms = append(forms, strings.Trim(string(b), `"`))
	}
	for before := range 3 {
		e := base64.StdEncoding.EncodeToString([]byte("abc"[:before] + secret))
		// without the letters that depend on what stands before and after
		forms = append(forms, e[[]int{0, 2, 3}[before]:max(len(e)-4, 3)])
	}
	for _, f := range forms {
		if len(f) >= 10 && strings.Contains(text, f) {
			return true
		}
	}
	return false
}

func TestHeadersAndAddresses(t *testing.T) {
	g := NewWithT(t)
	r := NewRedactor()
	h := r.Header(http.Header{
		"X-Auth-Token": {planted}, "X-Subject-Token": {planted}, "Authorization": {"SDK-HMAC-SHA256 Access=AK1, Signature=00"},
		"X-Security-Token": {planted}, "Cookie": {"a=b"}, "Set-Cookie": {"s=" + planted}, "X-Service-Token": {planted},
		"X-Client-Token": {"idempotency"}, "Content-Type": {"application/json"}, "Location": {"http://h/x?token=" + planted},
	})
	g.Expect(h).To(Equal(http.Header{
		"X-Auth-Token": {"***TOKEN***"}, "X-Subject-Token": {"***SUBJECT_TOKEN***"}, "Authorization": {"***AUTHORIZATION***"},
		"X-Security-Token": {"***SECURITY_TOKEN***"}, "Cookie": {"***COOKIE***"}, "Set-Cookie": {"***COOKIE***"}, "X-Service-Token": {"***TOKEN***"},
		"X-Client-Token": {"idempotency"}, "Content-Type": {"application/json"}, "Location": {"http://h/x?token=***TOKEN***"},
	}))
	g.Expect(r.Header(nil)).To(BeNil())
	g.Expect(r.URL("https://user:pw@host/v1/p?limit=3&password=" + url.QueryEscape(planted) + "#access_token=x")).
		To(Equal("https://***USERINFO***@host/v1/p?limit=3&password=***PASSWORD***#access_token=***TOKEN***"))
	r.Secret("token", planted)
	g.Expect(r.URL("https://h/v1/" + url.PathEscape(planted) + "/x")).To(Equal("https://h/v1/***TOKEN***/x"))
}

func TestAnExchangeTeachesItsSecrets(t *testing.T) {
	g := NewWithT(t)
	r := NewRedactor()
	x := r.Exchange(Raw{
		ID: "e-1", Method: "POST", URL: "http://h/v2.1/p/servers", RequestHeader: http.Header{"X-Auth-Token": {"token-of-this-run"}},
		RequestBody: []byte(`{"server":{"name":"n"}}`), Status: 202, ResponseBody: []byte(`{"server":{"adminPass":"` + planted + `"}}`),
	})
	g.Expect(x.Response.Body).To(Equal(`{"server":{"adminPass":"***ADMIN_PASS***"}}`))
	g.Expect(x.Response.Header).To(BeNil())
	later := r.Exchange(Raw{ID: "e-2", Failure: "proxy said: " + planted + " with token-of-this-run"})
	g.Expect(later.Failure).To(Equal("proxy said: ***ADMIN_PASS*** with ***TOKEN***"))
	g.Expect(later.Response).To(Equal(Response{}))
}

func TestBodiesAreBounded(t *testing.T) {
	g := NewWithT(t)
	r := NewRedactor()
	r.BodyLimit = 100
	r.Secret("password", planted)
	clean := r.Body([]byte(strings.Repeat("ä", 49) + planted + strings.Repeat("z", 5000)))
	g.Expect(clean).To(HavePrefix(strings.Repeat("ä", 49)))
	g.Expect(clean).To(HaveSuffix(fmt.Sprintf("\n[cut here: 100 bytes shown of %d]", 98+len(planted)+5000)))
	g.Expect(clean).NotTo(ContainSubstring("Sk9"))
	g.Expect(wasCut(clean)).To(BeTrue())
	g.Expect(r.Body([]byte{0, 1, 2, 0, 0xff, 0xfe})).To(Equal("[6 bytes that are no text]"))
	g.Expect(r.Body([]byte("a\xffb"))).To(Equal("a\uFFFDb"))
	for cut := 1; cut < 300; cut++ { // wherever the limit falls
		r.BodyLimit = cut
		g.Expect(r.Body([]byte(strings.Repeat("x", 150) + planted + strings.Repeat("y", 900)))).NotTo(ContainSubstring(planted[:cutTail]))
	}
}
