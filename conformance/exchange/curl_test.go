package exchange

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestCurlNamesSecretsAndQuotesTheRest(t *testing.T) {
	g := NewWithT(t)
	x := Exchange{Request: Request{
		Method: "POST", URL: "http://h/v1/p?a=[1]&b={x}",
		Header: http.Header{"X-Auth-Token": {"***TOKEN***"}, "Content-Type": {"application/json"}, "Content-Length": {"5"}, "@file": {"x"}, "X-Empty": {""}},
		Body:   `{"name":"it's $(reboot)","adminPass":"***ADMIN_PASS***"}`,
	}}
	g.Expect(Curl(x)).To(Equal(`curl -sS -i -g -X 'POST' -H 'Content-Type: application/json' -H 'X-Auth-Token: '"$TOKEN"'' -H 'X-Empty;'` +
		` --data-raw '{"name":"it'\''s $(reboot)","adminPass":"'"$ADMIN_PASS"'"}' --url 'http://h/v1/p?a=[1]&b={x}'`))
}

func TestCurlOfASignedRequestUsesAToken(t *testing.T) {
	g := NewWithT(t)
	r := NewRedactor()
	x := r.Exchange(Raw{Method: "GET", URL: "http://h/v3/projects", RequestHeader: http.Header{
		"Authorization": {"SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=ff"}, "X-Sdk-Date": {"20260101T000000Z"}}})
	g.Expect(Curl(x)).To(HavePrefix("# it was signed"))
	g.Expect(Curl(x)).To(HaveSuffix(`curl -sS -i -g -X 'GET' -H 'X-Auth-Token: '"$TOKEN" --url 'http://h/v3/projects'`))
	g.Expect(Curl(Exchange{Request: Request{Method: "HEAD", URL: "http://h"}})).To(Equal(`curl -sS -g -I --url 'http://h'`))
}

func TestCurlIsOneCommandForTheShell(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Fatal("this test reads the command with sh: ", err)
	}
	for _, nasty := range []string{"'; touch x; '", "`id`", "$(id)", "a\nb", `\`, `"`, "***A***'***B***", "\x00", "***A b***", "-x", "!!"} {
		x := Exchange{Request: Request{Method: nasty, URL: "http://h/" + nasty, Header: http.Header{"X-A": {nasty}}, Body: nasty}}
		script := "curl() { for a in \"$@\"; do printf '%s\\0' \"$a\"; done; }\nA=aa B=bb\n" + Curl(x)
		out, err := exec.Command("sh", "-c", script).CombinedOutput()
		if err != nil {
			t.Fatalf("%q: %v: %s", nasty, err, out)
		}
		expected := strings.ReplaceAll(strings.NewReplacer("***A***", "aa", "***B***", "bb").Replace(nasty), "\x00", "")
		args := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
		want := []string{"-sS", "-i", "-g", "-X", expected, "-H", "X-A: " + expected, "--data-raw", expected, "--url", "http://h/" + expected}
		NewWithT(t).Expect(args).To(Equal(want))
	}
}
