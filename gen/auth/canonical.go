package auth

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// canonicalRequest is the text whose hash is signed: method, path, query, the
// named headers, their names and the hash of the body, a line each. The rules
// are those of the vendor's clients, since the documents only refer to them (ecs 4.2).
func canonicalRequest(r *http.Request, names []string, payload string) (string, error) {
	path, err := canonicalPath(r.URL)
	if err != nil {
		return "", err
	}
	query, err := canonicalQuery(r.URL.RawQuery)
	if err != nil {
		return "", err
	}
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	return strings.Join([]string{
		method, path, query, canonicalHeaders(r.Header, names), strings.Join(names, ";"), payload,
	}, "\n"), nil
}

// canonicalPath escapes each segment anew and ends in a slash. It starts from
// the escaped path, so that a slash inside of a segment stays one ("%2F").
func canonicalPath(u *url.URL) (string, error) {
	segments := strings.Split(u.EscapedPath(), "/")
	for i, segment := range segments {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			return "", fmt.Errorf("path of the request: %w", err)
		}
		segments[i] = escape(plain)
	}
	path := strings.Join(segments, "/")
	if !strings.HasSuffix(path, "/") {
		path += "/"
	}
	return path, nil
}

// canonicalQuery sorts by name, then by value, both as they are before escaping.
// What cannot be parsed is an error: the endpoint would see another query.
func canonicalQuery(raw string) (string, error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return "", fmt.Errorf("query of the request: %w", err)
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		slices.Sort(values[name])
		for _, value := range values[name] {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(escape(name) + "=" + escape(value))
		}
	}
	return b.String(), nil
}

// canonicalHeaders is a line for each value of each named header.
func canonicalHeaders(h http.Header, names []string) string {
	byName := map[string][]string{}
	for key, values := range h {
		name := strings.ToLower(key)
		if name == "user-agent" { // net/http sends the first alone
			values = values[:min(1, len(values))]
		}
		byName[name] = append(byName[name], values...)
	}
	var b strings.Builder
	for _, name := range names {
		slices.Sort(byName[name])
		for _, value := range byName[name] {
			b.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
		}
	}
	return b.String()
}

// signedHeaders are the sorted names, in lower case, of the headers that are
// signed. Left out are the ones that no signature of the vendor covers, those
// with an underscore, which proxies drop, and those that net/http writes itself.
func signedHeaders(h http.Header) []string {
	var names []string
	for key, values := range h {
		name := strings.ToLower(key)
		if len(values) == 0 || strings.HasPrefix(name, "content-type") || strings.Contains(name, "_") ||
			name == "user-agent" && values[0] == "" {
			continue
		}
		switch name {
		case "authorization", "host", "content-length", "transfer-encoding", "trailer", "connection":
			continue
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// escape leaves letters, digits and "-._~" as they are and writes every other
// byte as %XX.
func escape(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}
