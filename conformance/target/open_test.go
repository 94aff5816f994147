package target

import (
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestOpenReadsProjectAndVersions(t *testing.T) {
	g := NewWithT(t)
	_, cfg := newFake(t)
	e := open(t, cfg, Options{Run: "r1", Tool: "1.2"})
	g.Expect(e.Project()).To(Equal(Project{Name: "lab", ID: fakeProject}))
	g.Expect(e.Versions().String()).To(Equal("2.1..2.60"))
	var rows []string
	for _, s := range e.Settings() {
		rows = append(rows, s.Name+"="+s.Value)
	}
	g.Expect(rows).To(ContainElements("profile=nova", "project.id="+fakeProject, "credentials.password=from env PW", "microversions=2.1 to 2.60", "run=r1"))
	g.Expect(strings.Join(rows, " ")).NotTo(ContainSubstring(fakePassword))
}

// Each way for an endpoint to be no endpoint has a class of its own and a
// sentence that says what to do.
func TestOpenClassifiesWhatIsWrong(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	hangs, release := hanging(t)
	defer release()

	html := func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<!DOCTYPE html><title>Console</title>"))
		return true
	}
	at := func(path string, f func(http.ResponseWriter, *http.Request) bool) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			return strings.HasPrefix(r.URL.Path, path) && f(w, r)
		}
	}
	says := func(status int, body string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool { answerWith(w, status, body); return true }
	}
	for _, c := range []struct {
		name   string
		before func(http.ResponseWriter, *http.Request) bool
		change func(*Config)
		class  Class
		says   string
	}{
		{"down", nil, func(c *Config) { c.APIs["iam"] = closed.URL }, Unreachable, "nobody listens there (connection refused); start the endpoint, or mend apis.iam"},
		{"unknown host", nil, func(c *Config) { c.APIs["iam"] = "http://no-such-host.invalid" }, Unreachable, "the host no-such-host.invalid is not known"},
		{"hangs", nil, func(c *Config) { c.APIs["iam"], c.Patience.Answer = hangs, 50*time.Millisecond }, Unreachable, "no answer within our patience"},
		{"bad certificate", nil, func(c *Config) { c.APIs["iam"] = secure.URL }, BadCertificate, "signed by an authority that is not trusted; put the authority's PEM file into tls.ca"},
		{"http written as https", nil, func(c *Config) { c.APIs["iam"] = strings.Replace(c.APIs["iam"], "http:", "https:", 1) }, NotTLS, "it does not speak TLS; write http:// in apis.iam"},
		{"https written as http", nil, func(c *Config) { c.APIs["iam"] = strings.Replace(secure.URL, "https:", "http:", 1) }, NotTLS, "it speaks TLS only; write https:// in apis.iam"},
		{"not HTTP", nil, func(c *Config) { c.APIs["iam"] = notHTTP(t) }, NotAnAPI, "does not speak HTTP"},
		{"HTML for a token", at("/v3", html), nil, NotAnAPI, "answers 200 with an HTML page"},
		{"HTML for versions", at("/v2.1", html), nil, NotAnAPI, "nova at"},
		{"wrong password", nil, func(c *Config) { c.Credentials.Password = Hidden("wrong-password-9", "env X") }, Rejected, `the credentials of user "lab" in domain "d" for project "lab" are rejected: 401`},
		{"no such project", at("/v3", says(403, `{"error":{"code":403,"message":"no such project"}}`)), nil, Rejected, "no such project"},
		{"no identity there", at("/v3", says(404, `{}`)), nil, NoAPI, "there is no /v3/auth/tokens (404); give in apis.iam what stands before /v3"},
		{"no token in the answer", at("/v3", says(201, `{}`)), nil, Unusable, "without a token in X-Subject-Token"},
		{"identity fails", at("/v3", says(500, `{"error":{"code":500,"message":"boom"}}`)), nil, Unusable, "to issue a token: 500 (boom); look into the endpoint's log"},
		{"no compute there", at("/v2.1", says(404, `{}`)), nil, NoAPI, "there is no /v2.1 (404)"},
		{"versions are nonsense", at("/v2.1", says(200, `{"version":{"min_version":"a","version":"b"}}`)), nil, Unusable, `"a" to "b"`},
		{"versions are no JSON", at("/v2.1", says(200, `{"version"`)), nil, Unusable, "the version document"},
		{"answer breaks off", at("/v2.1", breaksOff), nil, Broken, "ended in the middle of an answer"},
		{"answer never ends", at("/v2.1", endless), nil, TooLarge, "larger than 16 MiB"},
		{"profile wants more", nil, func(c *Config) { c.Profile = "ecs" }, NoAPI, "profile ecs claims the API ecs, and the endpoint file has no apis.ecs"},
		{"claimed API is missing", nil, func(c *Config) { c.Profile, c.APIs["ecs"] = "ecs", c.APIs["iam"] }, NoAPI, "profile ecs claims it, and /v1/" + fakeProject + "/cloudservers/limits is not there (404)"},
		{"CA file is missing", nil, func(c *Config) { c.TLS.CA = "/nowhere/ca.pem" }, Misconfigured, "read tls.ca"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := NewWithT(t)
			cloud, cfg := newFake(t)
			cloud.before = c.before
			if c.change != nil {
				c.change(&cfg)
			}
			_, err := Open(t.Context(), cfg, Options{Ledger: filepath.Join(t.TempDir(), "l")})
			g.Expect(err).To(HaveOccurred())
			g.Expect(ClassOf(err)).To(Equal(c.class), err.Error())
			g.Expect(err.Error()).To(ContainSubstring(c.says))
			g.Expect(err.Error()).NotTo(Or(ContainSubstring(fakePassword), ContainSubstring("wrong-password-9")))
			g.Expect(err.Error()).To(ContainSubstring("; "), "no next step")
		})
	}
}

func TestOpenTrustsTheConfiguredAuthority(t *testing.T) {
	g := NewWithT(t)
	cloud, _ := newFake(t)
	s := httptest.NewTLSServer(cloud)
	defer s.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	g.Expect(os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600)).To(Succeed())
	cfg := fakeConfig(s.URL)
	cfg.TLS.CA = ca
	open(t, cfg, Options{})

	cfg.APIs["iam"] = strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	_, err := Open(t.Context(), cfg, Options{})
	g.Expect(ClassOf(err)).To(Equal(BadCertificate))
	g.Expect(err.Error()).To(ContainSubstring("for another host name"))

	g.Expect(os.WriteFile(ca, []byte("no certificate"), 0o600)).To(Succeed())
	_, err = Open(t.Context(), cfg, Options{})
	g.Expect(err).To(MatchError(ContainSubstring("holds no PEM certificate")))
}

func TestOpenWithAccessKeyLooksTheProjectUp(t *testing.T) {
	g := NewWithT(t)
	projects := `{"projects":[{"id":"p1","name":"lab"},{"id":"p2","name":"other"}]}`
	cloud, cfg := newFake(t)
	cloud.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/v3/projects" {
			return false
		}
		if !strings.HasPrefix(r.Header.Get("Authorization"), "SDK-HMAC-SHA256 ") || r.Header.Get("X-Sdk-Date") == "" {
			answerWith(w, 401, `{"error":{"code":401,"message":"not signed"}}`)
			return true
		}
		answerWith(w, 200, projects)
		return true
	}
	cfg.Credentials = Credentials{AccessKey: Hidden("AKEXAMPLE", ""), SecretKey: Hidden("secret-key-of-lab", "")}
	e := open(t, cfg, Options{})
	g.Expect(e.Project().ID).To(Equal("p1"))

	for _, c := range []struct{ projects, says string }{
		{`{"projects":[]}`, `sees no project called "lab"; mend project.name`},
		{`{"projects":[{"id":"a","name":"lab"},{"id":"b","name":"lab"}]}`, "2 projects are called"},
	} {
		projects = c.projects
		_, err := Open(t.Context(), cfg, Options{})
		g.Expect(ClassOf(err)).To(Equal(NoProject))
		g.Expect(err.Error()).To(ContainSubstring(c.says))
	}
}

func breaksOff(w http.ResponseWriter, _ *http.Request) bool {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"version":`))
	return true // the server closes the connection because 989 bytes are missing
}

func endless(w http.ResponseWriter, _ *http.Request) bool {
	chunk := []byte(strings.Repeat(" ", 1<<20))
	for range 20 {
		if _, err := w.Write(chunk); err != nil {
			break
		}
	}
	return true
}

func hanging(t *testing.T) (url string, release func()) {
	t.Helper()
	done := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-done:
		case <-r.Context().Done():
		}
	}))
	return s.URL, func() { close(done); s.Close() }
}

func notHTTP(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Write([]byte("220 smtp.example ESMTP\r\n"))
			_ = c.Close()
		}
	}()
	return "http://" + l.Addr().String()
}
