package peer

import (
	"bytes"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	vendorsigner "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	vendorrequest "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
	"pgregory.net/rapid"

	"github.com/ecsconform/ecsconform/gen/auth"
)

// message is a request in the terms of the SDK.
type message struct {
	method, path string
	query        map[string][]string
	header       map[string]string
	body         string
	hasBody      bool
}

// Whatever request the SDK can express, we sign it byte for byte as the SDK does.
func TestSignaturesAreTheVendors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		compare(t, messages().Draw(t, "request"), "p-"+rapid.StringMatching(`[0-9a-f]{0,32}`).Draw(t, "project"))
	})
}

// Bodies up to the limit of ecs 4.2, which are too slow to draw often.
func TestSignaturesOfLargeBodiesAreTheVendors(t *testing.T) {
	for _, size := range []int{1 << 16, 1<<20 + 1, auth.MaxBody} {
		compare(t, message{method: "POST", path: "/v1/p/cloudservers", body: strings.Repeat("\x00服", size/4), hasBody: true}, "p")
	}
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func compare(t fataler, m message, project string) {
	t.Helper()
	const access, secret = "AK0123456789", "SK+/=secret"
	date := time.Date(2026, 11, 22, 1, 2, 3, 0, time.UTC)

	theirs := m.vendor(project, date)
	added, err := vendorsigner.Sign(theirs, access, secret)
	if err != nil {
		t.Fatalf("the SDK refuses: %v", err)
	}
	// The SDK turns its own form into the request that goes over the wire;
	// ours is signed from there, so that both sign the same bytes.
	ours, err := theirs.ConvertRequest()
	if err != nil {
		t.Fatalf("the SDK cannot build the request: %v", err)
	}
	ours.Header.Del("Authorization")
	ours.Header.Del(auth.DateHeader)
	ours.Header.Del(auth.ProjectHeader)
	signer := auth.Signer{AccessKey: access, SecretKey: secret, ProjectID: project, Now: func() time.Time { return date }}
	if err := signer.Apply(ours); err != nil {
		t.Fatalf("we refuse: %v", err)
	}
	if got, want := ours.Header.Get("Authorization"), added["Authorization"]; got != want {
		t.Fatalf("request %+v\n got %s\nwant %s", m, got, want)
	}
	if got, want := ours.Header.Get(auth.DateHeader), added[auth.DateHeader]; got != want {
		t.Fatalf("%s is %s, want %s", auth.DateHeader, got, want)
	}
	if body, err := io.ReadAll(ours.Body); err != nil || !bytes.Equal(body, []byte(m.body)) {
		t.Fatalf("the body has %d bytes (%v), want %d", len(body), err, len(m.body))
	}
}

func (m message) vendor(project string, date time.Time) *vendorrequest.DefaultHttpRequest {
	b := vendorrequest.NewHttpRequestBuilder().WithMethod(m.method).WithEndpoint("https://ecs.example").WithPath(m.path)
	for name, values := range m.query {
		if len(values) == 1 {
			b.AddQueryParam(name, reflect.ValueOf(values[0]))
		} else {
			b.AddQueryParam(name, reflect.ValueOf(values))
		}
	}
	for name, value := range m.header {
		b.AddHeaderParam(name, value)
	}
	b.AddHeaderParam(auth.DateHeader, date.Format(auth.DateLayout))
	b.AddHeaderParam(auth.ProjectHeader, project)
	if m.hasBody {
		b.WithBody("body", m.body)
	}
	return b.Build()
}

func messages() *rapid.Generator[message] {
	// Segments hold what a path may hold decoded; "?" and "#" too, which the wire escapes.
	segment := rapid.OneOf(rapid.StringMatching(`[A-Za-z0-9._~-]{1,12}`), rapid.StringMatching(`[ -.0-~]{0,8}`),
		rapid.StringOfN(rapid.RuneFrom([]rune("服务ü😀%+& =;:@")), 0, 6, -1))
	name := rapid.OneOf(rapid.StringMatching(`[a-z_-]{1,10}`), rapid.StringOfN(rapid.RuneFrom([]rune("值k %+&=;/?#")), 1, 6, -1))
	value := rapid.OneOf(rapid.StringMatching(`[A-Za-z0-9]{0,10}`), rapid.String())
	header := rapid.OneOf(rapid.SampledFrom([]string{
		"User-Agent", "OpenStack-API-Version", "X-OpenStack-Nova-API-Version", "X-Linked-Id", "Service-Transaction-Id",
		"X-Client-Token", "Content-Type", "With_underscore", "X-Domain-Id",
	}), rapid.StringMatching(`X-[A-Z][a-z]{1,8}`))
	return rapid.Custom(func(t *rapid.T) message {
		m := message{
			method: rapid.SampledFrom([]string{"GET", "PUT", "POST", "DELETE", "HEAD", "PATCH"}).Draw(t, "method"),
			path:   "/" + strings.Join(rapid.SliceOfN(segment, 0, 6).Draw(t, "segments"), "/"),
			query:  rapid.MapOfN(name, rapid.SliceOfN(value, 1, 4), 0, 4).Draw(t, "query"),
			header: map[string]string{},
		}
		for _, h := range rapid.SliceOfNDistinct(header, 0, 5, http.CanonicalHeaderKey).Draw(t, "headers") {
			m.header[h] = rapid.StringMatching(`[!-~]([ -~]{0,20}[!-~])?`).Draw(t, "header value")
			if h == "Content-Type" {
				m.header[h] = rapid.SampledFrom([]string{"application/json", "application/json;charset=UTF-8"}).Draw(t, "content type")
			}
		}
		if m.hasBody = rapid.Bool().Draw(t, "has a body"); m.hasBody {
			m.body = rapid.OneOf(rapid.SampledFrom([]string{"", "{}", "{}\n", "null"}), rapid.String(),
				rapid.StringN(0, -1, 4096)).Draw(t, "body")
		}
		return m
	})
}
