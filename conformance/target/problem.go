package target

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
)

// Class says why we could not talk to an endpoint. None of these is a verdict
// about the API.
type Class string

// The classes.
const (
	// Unreachable: nobody answers: refused, unknown host, no route, timeout.
	Unreachable Class = "unreachable"
	// BadCertificate: TLS failed because of the certificate.
	BadCertificate Class = "certificate"
	// NotTLS: one side speaks TLS and the other does not.
	NotTLS Class = "not TLS"
	// NotAnAPI: HTML or something else that is no JSON where an API should be.
	NotAnAPI Class = "not an API"
	// Rejected: the credentials are refused.
	Rejected Class = "credentials rejected"
	// NoProject: the project does not exist, or not for this user.
	NoProject Class = "project unknown"
	// NoAPI: an API that the profile claims is not there.
	NoAPI Class = "API missing"
	// Broken: the connection or the answer broke off.
	Broken Class = "answer broken"
	// TooLarge: the answer is larger than we are willing to read.
	TooLarge Class = "answer too large"
	// Throttled: flow control (429, 503) did not end within our patience.
	Throttled Class = "throttled"
	// Interrupted: we were told to stop.
	Interrupted Class = "interrupted"
	// Unusable: it answers as an API, but not with what is needed to begin.
	Unusable Class = "unusable answer"
	// Misconfigured: our own configuration cannot be used: a CA file, a URL.
	Misconfigured Class = "configuration"
)

// Problem is why we could not talk to an endpoint: what happened, and what the
// operator can do about it.
type Problem struct {
	Class Class
	// Says is what happened, Do the next step; neither holds a secret.
	Says, Do string
	Err      error

	// bench is whose request it was, for Got.
	bench Bench
}

func (p *Problem) Error() string {
	if p.Do == "" {
		return p.Says
	}
	return p.Says + "; " + p.Do
}

// Unwrap is the cause.
func (p *Problem) Unwrap() error { return p.Err }

// ClassOf is the class of a Problem in err's chain, "" if there is none.
func ClassOf(err error) Class {
	var p *Problem
	if errors.As(err, &p) {
		return p.Class
	}
	return ""
}

// classify makes a Problem of a failure of HTTP. ctx is the caller's: its end
// is an interruption, the end of our own patience is not.
func classify(ctx context.Context, api, base string, err error) *Problem {
	var known *Problem
	if errors.As(err, &known) {
		return known
	}
	where := api + " at " + withoutUserinfo(base)
	key := "apis." + api
	var (
		unknown   x509.UnknownAuthorityError
		hostname  x509.HostnameError
		invalid   x509.CertificateInvalidError
		verify    *tls.CertificateVerificationError
		record    tls.RecordHeaderError
		alert     tls.AlertError
		dns       *net.DNSError
		netErr    net.Error
		operation *net.OpError
	)
	p := &Problem{Err: err}
	switch {
	case ctx.Err() != nil:
		p.Class, p.Says = Interrupted, where+": interrupted while waiting for an answer"
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			p.Says, p.Do = where+": no answer before the time of the check was over", "look at whether the endpoint hangs"
		}
	case errors.As(err, &unknown):
		p.Class, p.Says, p.Do = BadCertificate, where+": its certificate is signed by an authority that is not trusted",
			"put the authority's PEM file into tls.ca of the endpoint file"
	case errors.As(err, &hostname):
		p.Class, p.Says, p.Do = BadCertificate, where+": its certificate is for another host name: "+hostname.Error(),
			"use the name that the certificate bears in "+key
	case errors.As(err, &invalid):
		p.Class, p.Says, p.Do = BadCertificate, where+": its certificate is not valid: "+invalid.Error(),
			"renew the certificate, or look at the clock of this machine"
	case errors.As(err, &verify):
		p.Class, p.Says, p.Do = BadCertificate, where+": its certificate cannot be verified: "+verify.Err.Error(),
			"put the authority's PEM file into tls.ca of the endpoint file"
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		p.Class, p.Says, p.Do = NotTLS, where+": it does not speak TLS", "write http:// in "+key+" if that is meant"
	case errors.As(err, &alert):
		p.Class, p.Says, p.Do = NotTLS, where+": TLS failed: "+alert.Error(), "look at what the endpoint's TLS asks for"
	case errors.As(err, &dns):
		p.Class, p.Says, p.Do = Unreachable, where+": the host "+dns.Name+" is not known", "look at the spelling of "+key+" and at the name service"
	case errors.Is(err, syscall.ECONNREFUSED):
		p.Class, p.Says, p.Do = Unreachable, where+": nobody listens there (connection refused)", "start the endpoint, or mend "+key
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		p.Class, p.Says, p.Do = Unreachable, where+": there is no route to it", "look at the network and at "+key
	case errors.As(err, &operation) && operation.Op == "dial" && operation.Timeout():
		p.Class, p.Says, p.Do = Unreachable, where+": nobody answers the connection", "look at firewalls and at "+key
	case errors.As(err, &netErr) && netErr.Timeout(), errors.Is(err, context.DeadlineExceeded):
		p.Class, p.Says, p.Do = Unreachable, where+": no answer within our patience", "look at whether the endpoint hangs, or raise patience.answer"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		p.Class, p.Says, p.Do = Broken, where+": the connection ended in the middle of an answer", "look into the endpoint's log"
	case strings.Contains(err.Error(), "malformed HTTP"), strings.Contains(err.Error(), "readLoopPeekFailLocked"):
		// The second is net/http's word for a server that speaks before it is asked, as mail and SSH servers do.
		p.Class, p.Says, p.Do = NotAnAPI, where+": what answers does not speak HTTP", "look at the scheme and the port of "+key
	default:
		p.Class, p.Says = Broken, where+": the request failed: "+cause(err)
		p.Do = "look into the endpoint's log"
	}
	return p
}

// cause is err without the URL that net/http puts before it.
func cause(err error) string {
	var u *url.Error
	if errors.As(err, &u) && u.Err != nil {
		return u.Err.Error()
	}
	return err.Error()
}

// withoutUserinfo is a URL for printing.
func withoutUserinfo(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.User == nil {
		return s
	}
	u.User = nil
	return u.String()
}
