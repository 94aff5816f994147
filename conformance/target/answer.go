package target

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// read makes an answer of a response whose body our transport holds in memory.
func read(resp *http.Response) (*answer, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	return &answer{status: resp.StatusCode, header: resp.Header, proto: resp.Proto, body: body}, nil
}

// ok reports a success.
func (a *answer) ok() bool { return a.status >= 200 && a.status < 300 }

// into reads the body as JSON, leniently: only what is asked for has to fit.
func (a *answer) into(v any) error {
	if err := json.Unmarshal(a.body, v); err != nil {
		return fmt.Errorf("read the answer (%d, %d bytes): %w", a.status, len(a.body), err)
	}
	return nil
}

// isHTML reports a page for people where an API should be.
func isHTML(a *answer) bool {
	if strings.Contains(strings.ToLower(a.header.Get("Content-Type")), "html") {
		return true
	}
	start := strings.ToLower(string(bytes.TrimSpace(a.body[:min(len(a.body), 512)])))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

func notAnAPI(api, base string, a *answer) *Problem {
	return &Problem{Class: NotAnAPI,
		Says: fmt.Sprintf("%s at %s: it answers %d with an HTML page, not with an API's JSON", api, withoutUserinfo(base), a.status),
		Do:   "give the address of the API itself in apis." + api + ", not of a console, a portal or a proxy's login page"}
}

// refusal is what an answer says about itself, for a sentence: its status and,
// if it has one of the documented envelopes, code and message.
func (e *Endpoint) refusal(a *answer) string {
	code, message := envelope(a.body)
	text := fmt.Sprint(a.status)
	if code != "" && code != text {
		text += " " + e.redactor.Text(code)
	}
	if message != "" {
		text += " (" + e.redactor.Text(message) + ")"
	}
	return text
}

// stray recognises answers that do not come from the API at all.
func stray(api, base string, a *answer) *Problem {
	// What servers say that are spoken to without TLS, nginx and Go among them.
	if strings.HasPrefix(base, "http://") && a.status == http.StatusBadRequest &&
		(bytes.Contains(a.body, []byte("HTTP request to an HTTPS server")) || bytes.Contains(a.body, []byte("plain HTTP request was sent to HTTPS port"))) {
		return &Problem{Class: NotTLS, Says: api + " at " + withoutUserinfo(base) + ": it speaks TLS only", Do: "write https:// in apis." + api}
	}
	if isHTML(a) {
		return notAnAPI(api, base, a)
	}
	return nil
}

// envelope finds code and message in a refusal, whichever of the documented
// forms it has: ecs 4.3, 10.3.1, Nova's fault, IAM's error.
func envelope(body []byte) (code, message string) {
	var top map[string]json.RawMessage
	if json.Unmarshal(body, &top) != nil {
		return "", ""
	}
	if code, message = pair(top, "error_code", "error_msg"); code != "" || message != "" {
		return code, message
	}
	if code, message = pair(top, "code", "message"); code != "" || message != "" {
		return code, message
	}
	for _, inner := range top {
		var fault map[string]json.RawMessage
		if json.Unmarshal(inner, &fault) == nil {
			if code, message = pair(fault, "code", "message"); message != "" {
				return code, message
			}
		}
	}
	return "", ""
}

func pair(m map[string]json.RawMessage, code, message string) (string, string) {
	return short(m[code]), short(m[message])
}

// short is a JSON text or number for a sentence, bounded.
func short(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	text := string(raw)
	var s string
	if json.Unmarshal(raw, &s) == nil {
		text = s
	}
	if text == "null" || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		return ""
	}
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 200 {
		text = string(runes[:200]) + "..."
	}
	return strings.TrimRight(text, ".")
}

func trimSlash(base string) string { return strings.TrimRight(base, "/") }

// basePath is the path part of a base URL: what the judge has to leave out.
func basePath(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return trimSlash(u.EscapedPath())
}
