package exchange

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
)

var marker = regexp.MustCompile(`\*\*\*([A-Z][A-Z0-9_]*)\*\*\*`)

// Curl is a command for a POSIX shell that sends the request of x again. Secrets
// are shell variables that whoever runs it sets: $TOKEN, $PASSWORD, $ADMIN_PASS.
// A request that was signed is sent with a token instead, because a signature is
// good for one moment only. Comment lines in front say what has to be mended by hand.
func Curl(x Exchange) string {
	var b strings.Builder
	signed := false
	if slices.ContainsFunc(x.Request.Header.Values("Authorization"), isPlaceholder) && x.Request.Header.Get("X-Sdk-Date") != "" {
		signed = true
		b.WriteString("# it was signed with an access key; a signature does not last, so this uses a token\n")
	}
	body := x.Request.Body
	if wasCut(body) {
		b.WriteString("# the body is not kept whole: put it into body.txt\n")
	}
	if x.Request.Method == http.MethodHead { // curl would wait for a body that never comes
		b.WriteString("curl -sS -g -I")
	} else {
		b.WriteString("curl -sS -i -g -X " + quote(x.Request.Method))
	}
	names := make([]string, 0, len(x.Request.Header))
	for name := range x.Request.Header {
		if sent(name, signed) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if signed {
		b.WriteString(` -H 'X-Auth-Token: '"$TOKEN"`)
	}
	for _, name := range names {
		for _, value := range x.Request.Header[name] {
			if value == "" { // curl takes "Name:" for removing a header
				b.WriteString(" -H " + quote(name+";"))
				continue
			}
			b.WriteString(" -H " + quote(name+": "+value))
		}
	}
	switch {
	case wasCut(body):
		b.WriteString(" --data-binary @body.txt")
	case body != "":
		b.WriteString(" --data-raw " + quote(body))
	}
	b.WriteString(" --url " + quote(x.Request.URL))
	return b.String()
}

// sent reports whether curl should be told to send the header.
func sent(name string, signed bool) bool {
	switch fold(name) {
	case "host", "contentlength", "connection", "acceptencoding", "transferencoding", "useragent":
		return false
	case "authorization", "xsdkdate":
		return !signed
	}
	for i := range len(name) { // anything else could be read as an option or a file
		c := name[i]
		if c != '-' && c != '_' && c != '.' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return name != "" && name[0] != '-'
}

// quote makes one word of s, with placeholders as variables.
func quote(s string) string {
	s = strings.ReplaceAll(s, "\x00", "")
	s = "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	return marker.ReplaceAllString(s, `'"$$$1"'`)
}
