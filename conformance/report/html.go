package report

import (
	"bufio"
	"compress/flate"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"github.com/ecsconform/ecsconform/conformance/exchange"
)

//go:embed page
var pageFiles embed.FS

// HTMLOptions are what the page needs beside the result.
type HTMLOptions struct {
	// Curl makes the command that repeats a request, redacted like the exchange
	// it comes from; nil means exchange.Curl.
	Curl func(exchange.Exchange) string
}

// WriteHTML writes the page: one file that needs nothing else and sends nothing
// anywhere (its content security policy forbids both). Summary, tables, reasons and
// findings are there without JavaScript; exchanges wait packed beside their check
// and are drawn when it is opened, so a large run opens quickly.
func WriteHTML(w io.Writer, r Result, o HTMLOptions) error {
	if o.Curl == nil {
		o.Curl = exchange.Curl
	}
	view, err := newPage(r, o)
	if err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	t, err := template.New("page.html").Funcs(template.FuncMap{
		"show": visible, "took": took, "when": when, "lower": strings.ToLower, "anchor": anchor,
	}).ParseFS(pageFiles, "page/*.html")
	if err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	b := bufio.NewWriterSize(w, 1<<16)
	if err := t.Execute(b, view); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

// assets are the page's style and scripts with the policy that admits these
// very bytes and nothing else.
type assets struct {
	Style  template.CSS
	Theme  template.JS
	Script template.JS
	Policy string
}

func loadAssets() (assets, error) {
	style, err := joined("page/tokens.css", "page/page.css", "page/checks.css")
	if err != nil {
		return assets{}, err
	}
	theme, err := joined("page/theme.js")
	if err != nil {
		return assets{}, err
	}
	script, err := joined("page/text.js", "page/body.js", "page/findings.js", "page/exchange.js", "page/page.js")
	if err != nil {
		return assets{}, err
	}
	policy := strings.Join([]string{
		"default-src 'none'",
		"style-src " + digest(style),
		"script-src " + digest(theme) + " " + digest(script),
		"img-src data:",
		"base-uri 'none'",
		"form-action 'none'",
	}, "; ")
	return assets{
		// These are our own files, embedded at build time; nothing of a result is in them.
		Style:  template.CSS(style), //nolint:gosec // see above
		Theme:  template.JS(theme),  //nolint:gosec // see above
		Script: template.JS(script), //nolint:gosec // see above
		Policy: policy,
	}, nil
}

func joined(names ...string) (string, error) {
	var b strings.Builder
	for _, name := range names {
		text, err := fs.ReadFile(pageFiles, name)
		if err != nil {
			return "", err
		}
		b.WriteByte('\n')
		b.Write(text)
	}
	return b.String(), nil
}

// digest is the source expression of CSP that admits an inline text.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// evidence is what the script draws when a check is opened.
type evidence struct {
	Exchanges []shownExchange `json:"exchanges"`
	Findings  []place         `json:"findings,omitempty"`
}

type shownExchange struct {
	exchange.Exchange
	TookText string `json:"took"`
	Curl     string `json:"curl,omitempty"`
}

// place is a finding without what its kind says of it.
type place struct {
	Kind     int    `json:"kind"`
	Exchange string `json:"exchange,omitempty"`
	Pointer  string `json:"pointer"`
	// Got is there where the findings of the kind differ in it, Message where the
	// place is the first of its kind in the check and the kind quotes another one.
	Got     string `json:"got,omitempty"`
	Message string `json:"message,omitempty"`
}

// Evidence is the JSON of one check, deflated, because exchanges of one endpoint
// are much alike, as a string of base64, so that no text of an endpoint can end the script
// element that holds it.
func (c checkView) Evidence() (template.JS, error) {
	e := evidence{Exchanges: make([]shownExchange, 0, len(c.Exchanges))}
	for _, x := range c.Exchanges {
		e.Exchanges = append(e.Exchanges, shownExchange{Exchange: x, TookText: took(x.Took), Curl: c.curl(x)})
	}
	said := map[*kindView]bool{}
	for i, kind := range c.of {
		f := &c.Findings[i]
		p := place{Kind: kind.Index, Exchange: f.Exchange, Pointer: f.Pointer}
		if kind.varies() {
			p.Got = f.Got
		}
		if !said[kind] && f.Message != kind.Message {
			p.Message = f.Message
		}
		said[kind] = true
		e.Findings = append(e.Findings, p)
	}
	packed, err := pack(e)
	if err != nil {
		return "", fmt.Errorf("evidence of %s: %w", c.Name(), err)
	}
	return template.JS(`"` + packed + `"`), nil //nolint:gosec // base64, see above
}

func pack(value any) (string, error) {
	var b strings.Builder
	b64 := base64.NewEncoder(base64.StdEncoding, &b)
	deflate, err := flate.NewWriter(b64, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if err := errors.Join(json.NewEncoder(deflate).Encode(value), deflate.Close(), b64.Close()); err != nil {
		return "", err
	}
	return b.String(), nil
}
