package target

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base32"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecsconform/ecsconform/conformance/exchange"
	"github.com/ecsconform/ecsconform/conformance/judge"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// Options are what Open needs besides the configuration. The zero Options work:
// nothing is judged or recorded outside of checks.
type Options struct {
	// Judge judges every exchange; nil judges none.
	Judge *judge.Judge
	// Redactor removes secrets; nil makes one. Names that the contract calls
	// secret are for whoever makes it.
	Redactor *exchange.Redactor
	// Ledger is the path of the ledger; DefaultLedger if "".
	Ledger string
	// Sink takes the exchanges that no check caused: tokens, version documents, sweeps.
	Sink func(exchange.Exchange, []report.Finding)
	// Progress takes sentences about what is going on outside of checks.
	Progress func(string)
	// Tool is our version, for the User-Agent.
	Tool string
	// Run names this run in the names of what it creates: lower-case letters and
	// digits. Empty makes one at random; a run that is to be found again says it.
	Run string
	// Now is the clock; time.Now if nil.
	Now func() time.Time
	// HTTP carries the requests; nil makes a transport with the configured TLS.
	HTTP http.RoundTripper
}

// Endpoint is an endpoint to which we are authenticated. It is safe for concurrent use.
type Endpoint struct {
	cfg      Config
	o        Options
	http     http.RoundTripper
	redactor *exchange.Redactor
	ledger   *Ledger
	project  Project
	versions microversion.Range
	began    time.Time
	tokens   tokens

	exchanges, names atomic.Int64

	mu               sync.Mutex
	servers, volumes int
	lasting          int
}

// Open authenticates at the endpoint, looks up the project and reads what
// versions there are. Its errors are *Problem. Close the Endpoint when done.
func Open(ctx context.Context, cfg Config, o Options) (*Endpoint, error) {
	e, err := prepare(cfg, o)
	if err != nil {
		return nil, err
	}
	if err := e.connect(ctx); err != nil {
		return nil, e.presentable(err)
	}
	return e, nil
}

// prepare does all of Open that needs no network.
func prepare(cfg Config, o Options) (*Endpoint, error) {
	cfg.Patience = cfg.Patience.withDefaults()
	if cfg.APIs["nova"] == "" && cfg.APIs["ecs"] != "" {
		// The native calls are answered under the same address as the others (ecs 3, 4.1).
		apis := map[string]string{"nova": cfg.APIs["ecs"]}
		for api, base := range cfg.APIs {
			if base != "" {
				apis[api] = base
			}
		}
		cfg.APIs = apis
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Redactor == nil {
		o.Redactor = exchange.NewRedactor()
	}
	if o.Tool == "" {
		o.Tool = "devel"
	}
	if o.Ledger == "" {
		o.Ledger = DefaultLedger
	}
	if o.Run == "" {
		o.Run = randomRun()
	}
	if !validRun(o.Run) {
		return nil, &Problem{Class: Misconfigured, Says: fmt.Sprintf("the name of the run %q is not made of 1 to 16 lower-case letters and digits", o.Run)}
	}
	e := &Endpoint{cfg: cfg, o: o, redactor: o.Redactor, project: cfg.Project, began: o.Now()}
	c := cfg.Credentials
	for label, s := range map[string]Secret{"password": c.Password, "secret key": c.SecretKey, "access key": c.AccessKey} {
		e.redactor.Secret(label, s.Reveal())
	}
	for api, base := range cfg.APIs {
		if _, err := url.Parse(base); err != nil {
			return nil, &Problem{Class: Misconfigured, Says: "apis." + api + " is not a URL", Do: "mend it in the endpoint file"}
		}
		e.redactor.Learn(exchange.Raw{URL: base})
	}
	var err error
	if e.http, err = roundTripper(cfg, o); err != nil {
		return nil, err
	}
	e.ledger = openLedger(o.Ledger, o.Run, o.Now)
	return e, nil
}

func roundTripper(cfg Config, o Options) (http.RoundTripper, error) {
	if o.HTTP != nil {
		return o.HTTP, nil
	}
	std, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, &Problem{Class: Misconfigured, Says: "the standard HTTP transport was replaced"}
	}
	t := std.Clone()
	t.MaxResponseHeaderBytes = 256 << 10
	t.DialContext = dialer(cfg.Patience.Answer)
	if cfg.TLS.CA != "" {
		pem, err := os.ReadFile(cfg.TLS.CA)
		if err != nil {
			return nil, &Problem{Class: Misconfigured, Says: "read tls.ca: " + err.Error(), Do: "mend the path in the endpoint file", Err: err}
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, &Problem{Class: Misconfigured, Says: "tls.ca: " + cfg.TLS.CA + " holds no PEM certificate", Do: "give the authority's certificate in PEM form"}
		}
		t.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return t, nil
}

// presentable removes secrets from a Problem.
func (e *Endpoint) presentable(err error) error {
	var p *Problem
	if errors.As(err, &p) {
		clean := *p
		clean.Says, clean.Do = e.redactor.Known(p.Says), e.redactor.Known(p.Do)
		return &clean
	}
	return errors.New(e.redactor.Known(err.Error()))
}

// Config is the configuration, with what Open filled in.
func (e *Endpoint) Config() Config { return e.cfg }

// Project is the project with its id.
func (e *Endpoint) Project() Project { return e.project }

// Versions is the range of microversions of the compute API; zero if it has none.
func (e *Endpoint) Versions() microversion.Range { return e.versions }

// Run is the word that the names of this run's resources contain.
func (e *Endpoint) Run() string { return e.o.Run }

// Redactor removes this run's secrets.
func (e *Endpoint) Redactor() *exchange.Redactor { return e.redactor }

// Ledger is where what is created is written down.
func (e *Endpoint) Ledger() string { return e.o.Ledger }

// Settings is the configuration and what Open learned, for the report's header.
func (e *Endpoint) Settings() []report.Setting {
	cfg := e.cfg
	cfg.Project = e.project
	rows := append(cfg.Settings(), report.Setting{Name: "run", Value: e.o.Run}, report.Setting{Name: "ledger", Value: e.o.Ledger})
	if e.versions != (microversion.Range{}) {
		rows = append(rows, report.Setting{Name: "microversions", Value: e.versions.Min.String() + " to " + e.versions.Max.String()})
	}
	for i := range rows {
		rows[i].Value = e.redactor.Known(rows[i].Value)
	}
	return rows
}

// Close gives back what the Endpoint holds: the ledger and idle connections.
func (e *Endpoint) Close() error {
	if c, ok := e.http.(interface{ CloseIdleConnections() }); ok && e.o.HTTP == nil {
		c.CloseIdleConnections()
	}
	return e.ledger.Close()
}

func (e *Endpoint) progress(text string) {
	if e.o.Progress != nil {
		e.o.Progress(e.redactor.Known(text))
	}
}

// randomRun is a word of 8 letters and digits.
func randomRun() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

func validRun(run string) bool {
	if run == "" || len(run) > 16 {
		return false
	}
	return strings.Trim(run, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// name is a name that no other run and no other resource of this run has. It
// fits the ECS rules (ecs 5.1.1 table 5-3), a counter of its own behind it included.
func (e *Endpoint) name() string {
	return fmt.Sprintf("%s-%s-%d", namePrefix, e.o.Run, e.names.Add(1))
}

// namePrefix begins the name of everything that we create.
const namePrefix = "ecsconform"
