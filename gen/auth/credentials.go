package auth

import (
	"errors"
	"fmt"
	"io"
	"net/http"
)

// TokenHeader carries the token of a request (ecs 4.1 table 4-3).
const TokenHeader = "X-Auth-Token"

// Credentials prove who is asking. Implementations are safe for concurrent use,
// and show no secret however they are printed.
type Credentials interface {
	// Apply adds the proof to a request that is otherwise complete: what changes
	// afterwards may not be covered. The body stays readable. Applying again, as
	// a repeated request needs, replaces the first proof.
	Apply(*http.Request) error
}

// Token is what IAM answered with in X-Subject-Token; it ends after 24 hours (ecs 4.2).
type Token string

// Apply sets the header X-Auth-Token.
func (t Token) Apply(r *http.Request) error {
	if t == "" {
		return errors.New("authenticate with a token: it is empty; ask IAM for one first")
	}
	header(r).Set(TokenHeader, string(t))
	return nil
}

// String names the kind of credential and hides its value.
func (t Token) String() string { return "token (hidden)" }

// Format prints String for every verb that fmt accepts, so that none shows the token.
func (t Token) Format(f fmt.State, _ rune) { hide(f, t.String()) }

// MarshalText is String, so that an encoder shows no token.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

func header(r *http.Request) http.Header {
	if r.Header == nil {
		r.Header = http.Header{}
	}
	return r.Header
}

func hide(f fmt.State, text string) {
	_, _ = io.WriteString(f, text) // fmt.State has nobody to report an error to
}
