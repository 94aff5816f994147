package auth

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func signer() Signer {
	return Signer{AccessKey: "key", SecretKey: "secret", Now: func() time.Time {
		return time.Date(2026, 1, 2, 4, 4, 5, 0, time.FixedZone("CET", 3600))
	}}
}

func request(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The signatures were computed apart from this package, from the canonical
// requests written out by hand.
func TestSignerFixedVectors(t *testing.T) {
	tests := []struct {
		name, method, url, body string
		header                  http.Header
		project                 string
		want                    string
	}{
		{
			name: "query of IAM", method: "GET", url: "https://iam.example/v3/projects",
			want: "SDK-HMAC-SHA256 Access=key, SignedHeaders=x-sdk-date, " +
				"Signature=6b5e5e7289d920b36cacc05a9ce0a12b09fb484fa8535ebb049f0578e385b039",
		},
		{
			name: "body, project and further header", method: "POST", url: "https://ecs.example/v1/p-1/cloudservers/delete",
			body: `{"servers":[{"id":"616fb98f"}]}` + "\n", project: "p-1",
			header: http.Header{
				"User-Agent": {"ecsconform", "never sent"}, "Content-Type": {"application/json"}, "With_underscore": {"x"},
			},
			want: "SDK-HMAC-SHA256 Access=key, SignedHeaders=user-agent;x-project-id;x-sdk-date, " +
				"Signature=e4f917c65df96bef18990f4d71b2b54b8077f151915a6a46fbb032d592b80bd7",
		},
		{
			name: "escapes, an empty and a repeated value", method: "GET",
			url: "https://ecs.example/a%2Fb/%E6%9C%8D%20*?x%20y=%E5%80%BC%26&k=2&k=&k=1",
			want: "SDK-HMAC-SHA256 Access=key, SignedHeaders=x-sdk-date, " +
				"Signature=0c10f87410572e6e712ad7c78e3630207bd360b08038f1bc3ca2d861d6b758c4",
		},
		{
			name:   "unreserved characters, padded and repeated headers, a hash given by the caller",
			method: "PATCH", url: "https://ecs.example/a-._~/", body: "not hashed",
			header: http.Header{
				"X-Padded": {" a  b\t"}, "X-Many": {"2", "1"}, "X-Sdk-Content-Sha256": {"UNSIGNED-PAYLOAD"},
			},
			want: "SDK-HMAC-SHA256 Access=key, SignedHeaders=x-many;x-padded;x-sdk-content-sha256;x-sdk-date, " +
				"Signature=526e5334093c62024d95ce1fb5279446c7d6cb8702ecdf66c010f1fa95b6bcf5",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			r := request(t, test.method, test.url, test.body)
			if test.header != nil {
				r.Header = test.header
			}
			s := signer()
			s.ProjectID = test.project
			g.Expect(s.Apply(r)).To(Succeed())
			g.Expect(r.Header.Get("Authorization")).To(Equal(test.want))
			g.Expect(r.Header.Get("X-Sdk-Date")).To(Equal("20260102T030405Z"))
			g.Expect(r.Header.Get("X-Project-Id")).To(Equal(test.project))
			body, err := io.ReadAll(r.Body)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(body)).To(Equal(test.body), "the body must stay readable")
		})
	}
}

func TestSignerApplyAgainReplacesTheProof(t *testing.T) {
	g := NewWithT(t)
	r := request(t, "PUT", "https://ecs.example/v1/p", "{}")
	s := signer()
	g.Expect(s.Apply(r)).To(Succeed())
	first := r.Header.Clone()
	g.Expect(s.Apply(r)).To(Succeed())
	g.Expect(r.Header).To(Equal(first))
	s.Now = func() time.Time { return time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC) }
	g.Expect(s.Apply(r)).To(Succeed())
	g.Expect(r.Header.Values("Authorization")).To(HaveLen(1))
	g.Expect(r.Header.Get("Authorization")).NotTo(Equal(first.Get("Authorization")))
	g.Expect(r.Header.Values("X-Sdk-Date")).To(Equal([]string{"20260102T030406Z"}))
}

func TestSignerCoversWhatItSigns(t *testing.T) {
	g := NewWithT(t)
	sign := func(change func(*http.Request)) string {
		r := request(t, "POST", "https://ecs.example/v1/p?a=1", "body")
		r.Header.Set("X-Openstack-Nova-Api-Version", "2.26")
		change(r)
		g.Expect(signer().Apply(r)).To(Succeed())
		return r.Header.Get("Authorization")
	}
	unchanged := sign(func(*http.Request) {})
	for name, change := range map[string]func(*http.Request){
		"method":  func(r *http.Request) { r.Method = "PUT" },
		"path":    func(r *http.Request) { r.URL.Path = "/v1/q" },
		"query":   func(r *http.Request) { r.URL.RawQuery = "a=2" },
		"header":  func(r *http.Request) { r.Header.Set("X-Openstack-Nova-Api-Version", "2.27") },
		"body":    func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("bodY")) },
		"payload": func(r *http.Request) { r.Header.Set("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD") },
	} {
		g.Expect(sign(change)).NotTo(Equal(unchanged), name)
	}
	for name, change := range map[string]func(*http.Request){
		"host":           func(r *http.Request) { r.Host = "other"; r.Header.Set("Host", "other") },
		"content type":   func(r *http.Request) { r.Header.Set("Content-Type", "application/json") },
		"content length": func(r *http.Request) { r.Header.Set("Content-Length", "4") },
		"empty agent":    func(r *http.Request) { r.Header.Set("User-Agent", "") },
		"empty header":   func(r *http.Request) { r.Header["X-Empty"] = nil },
	} {
		g.Expect(sign(change)).To(Equal(unchanged), name)
	}
}

func TestSignerBodyLimit(t *testing.T) {
	exact := strings.Repeat("x", MaxBody)
	tests := []struct {
		name    string
		body    string
		length  int64
		wantErr error
	}{
		{"just fits", exact, int64(len(exact)), nil},
		{"one byte more", exact + "y", int64(len(exact)) + 1, ErrBodyTooLarge},
		{"one byte more, length unknown", exact + "y", -1, ErrBodyTooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			r := request(t, "POST", "https://ecs.example/v1/p", test.body)
			r.ContentLength = test.length
			err := signer().Apply(r)
			if test.wantErr == nil {
				g.Expect(err).NotTo(HaveOccurred())
			} else {
				g.Expect(err).To(MatchError(test.wantErr))
				g.Expect(err).To(MatchError(ContainSubstring("use a token")), "the message needs a next step")
				g.Expect(r.Header).NotTo(HaveKey("Authorization"))
			}
			body, err := io.ReadAll(r.Body)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(body) == test.body).To(BeTrue(), "the body must stay readable")
		})
	}
}

type broken struct {
	io.Reader
	closeErr error
}

func (b broken) Close() error { return b.closeErr }

func TestSignerRefuses(t *testing.T) {
	boom := errors.New("boom")
	tests := []struct {
		name   string
		signer Signer
		change func(*http.Request)
		want   string
	}{
		{"no access key", Signer{SecretKey: "s"}, nil, "must both be set"},
		{"no secret key", Signer{AccessKey: "a"}, nil, "must both be set"},
		{"broken escape in the query", signer(), func(r *http.Request) { r.URL.RawQuery = "a=%zz" }, "query of the request"},
		{"semicolon in the query", signer(), func(r *http.Request) { r.URL.RawQuery = "a=1;b=2" }, "query of the request"},
		{"body that breaks off", signer(), func(r *http.Request) {
			r.Body = broken{io.MultiReader(strings.NewReader("begin"), failing{boom}), nil}
		}, "read the body: boom"},
		{"body that cannot be closed", signer(), func(r *http.Request) {
			r.Body = broken{strings.NewReader("all"), boom}
		}, "close the body: boom"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			r := request(t, "GET", "https://ecs.example/v1/p", "")
			if test.change != nil {
				test.change(r)
			}
			g.Expect(test.signer.Apply(r)).To(MatchError(ContainSubstring(test.want)))
			g.Expect(r.Header).NotTo(HaveKey("Authorization"))
		})
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestSignerLetsTheClientRepeatTheBody(t *testing.T) {
	g := NewWithT(t)
	r := request(t, "POST", "https://ecs.example/v1/p", "")
	r.Body, r.GetBody, r.ContentLength = io.NopCloser(strings.NewReader("once")), nil, -1
	g.Expect(signer().Apply(r)).To(Succeed())
	g.Expect(r.ContentLength).To(BeEquivalentTo(4))
	for range 2 {
		again, err := r.GetBody()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(io.ReadAll(again)).To(Equal([]byte("once")))
	}
	g.Expect(io.ReadAll(r.Body)).To(Equal([]byte("once")))
}

func TestZeroRequest(t *testing.T) {
	g := NewWithT(t)
	r := request(t, "", "https://ecs.example", "")
	r.Method, r.Header = "", nil
	g.Expect(signer().Apply(r)).To(Succeed())
	get := request(t, "GET", "https://ecs.example/", "")
	g.Expect(signer().Apply(get)).To(Succeed())
	g.Expect(r.Header.Get("Authorization")).To(Equal(get.Header.Get("Authorization")))
}
