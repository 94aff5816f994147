package auth

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// The headers and words of the signature scheme (ecs 4.2; ).
const (
	// Algorithm is the first word of Authorization.
	Algorithm = "SDK-HMAC-SHA256"
	// DateHeader is when the request was signed, in UTC, written as DateLayout.
	DateHeader = "X-Sdk-Date"
	// DateLayout is the form of DateHeader, for package time.
	DateLayout = "20060102T150405Z"
	// ProjectHeader names the project that a signed request is about.
	ProjectHeader = "X-Project-Id"
	// ContentHeader holds the hash of the body, if a caller has set it.
	ContentHeader = "X-Sdk-Content-Sha256"
	// MaxBody is the largest body that can be signed, in bytes (ecs 4.2; R-071).
	MaxBody = 12 << 20
)

// ErrBodyTooLarge is returned by Signer for a body of more than MaxBody bytes.
var ErrBodyTooLarge = errors.New("a body of more than 12 MB cannot be signed (ecs 4.2); use a token for this request")

// Signer signs requests with an access key (AK) and its secret (SK).
type Signer struct {
	AccessKey, SecretKey string
	// ProjectID is sent as X-Project-Id; "" sends none.
	ProjectID string
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Apply sets X-Sdk-Date, Authorization and, with a ProjectID, X-Project-Id. It
// signs every header that the request has by then, but for those that the
// transport writes or may change (Host, Content-Type and the like), and the body, which it reads
// and puts back. A body of more than MaxBody bytes is ErrBodyTooLarge.
func (s Signer) Apply(r *http.Request) error {
	if s.AccessKey == "" || s.SecretKey == "" {
		return errors.New("sign a request: access key and secret key must both be set")
	}
	body, err := readBody(r)
	if err != nil {
		return fmt.Errorf("sign a request: %w", err)
	}
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	h := header(r)
	h.Set(DateHeader, now().UTC().Format(DateLayout))
	if s.ProjectID != "" {
		h.Set(ProjectHeader, s.ProjectID)
	}
	payload := h.Get(ContentHeader)
	if payload == "" {
		payload = hexHash(body)
	}
	names := signedHeaders(h)
	canonical, err := canonicalRequest(r, names, payload)
	if err != nil {
		return fmt.Errorf("sign a request: %w", err)
	}
	h.Set("Authorization", fmt.Sprintf("%s Access=%s, SignedHeaders=%s, Signature=%s",
		Algorithm, s.AccessKey, strings.Join(names, ";"), s.signature(h.Get(DateHeader), canonical)))
	return nil
}

// signature is the HMAC over the date and the hash of the canonical request;
// no further key is derived.
func (s Signer) signature(date, canonical string) string {
	mac := hmac.New(sha256.New, []byte(s.SecretKey))
	mac.Write([]byte(Algorithm + "\n" + date + "\n" + hexHash([]byte(canonical))))
	return hex.EncodeToString(mac.Sum(nil))
}

func hexHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// String names the kind of credential and hides both keys.
func (s Signer) String() string { return "access key (hidden)" }

// Format prints String for every verb that fmt accepts, so that none shows a key.
func (s Signer) Format(f fmt.State, _ rune) { hide(f, s.String()) }

// MarshalText is String, so that an encoder shows no key.
func (s Signer) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// readBody returns the body of r and puts it back, also when it is too large
// or breaks off: then what was read and what follows it.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	if r.ContentLength > MaxBody {
		return nil, ErrBodyTooLarge
	}
	rest := r.Body
	body, err := io.ReadAll(io.LimitReader(rest, MaxBody+1))
	if err == nil && len(body) > MaxBody {
		err = ErrBodyTooLarge
	} else if err != nil {
		err = fmt.Errorf("read the body: %w", err)
	}
	if err != nil {
		r.Body = unread{io.MultiReader(bytes.NewReader(body), rest), rest}
		return nil, err
	}
	r.ContentLength = int64(len(body))
	r.GetBody = func() (io.ReadCloser, error) {
		if len(body) == 0 {
			return http.NoBody, nil
		}
		return io.NopCloser(bytes.NewReader(body)), nil
	}
	if r.Body, err = r.GetBody(); err != nil {
		return nil, err
	}
	if err := rest.Close(); err != nil {
		return nil, fmt.Errorf("close the body: %w", err)
	}
	return body, nil
}

// unread is a body whose beginning was read and put back.
type unread struct {
	io.Reader
	io.Closer
}
