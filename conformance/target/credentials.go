package target

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/ecsconform/ecsconform/gen/auth"
)

// tokens holds the token that all requests share.
type tokens struct {
	mu    sync.Mutex
	token string
	// until is when we ask for another, by our clock.
	until time.Time
}

// credentials authenticates a request. It returns the token that it used, if it
// was ours; stale is one that was just refused.
func (w *wire) credentials(ctx context.Context, req *http.Request, c call, stale string) (string, error) {
	cr := w.e.cfg.Credentials
	switch {
	case c.anonymous:
		return "", nil
	case c.token != "":
		return "", auth.Token(c.token).Apply(req)
	case req.Header.Get(auth.TokenHeader) != "" || req.Header.Get("Authorization") != "":
		return "", nil // the check brings its own
	case cr.User != "":
		token, err := w.e.token(ctx, w.s, stale)
		if err != nil {
			return "", err
		}
		return token, auth.Token(token).Apply(req)
	default:
		if err := w.signer().Apply(req); err != nil {
			return "", &Problem{Class: Misconfigured, Says: err.Error(), Err: err}
		}
		return "", nil
	}
}

func (w *wire) signer() auth.Signer {
	cr := w.e.cfg.Credentials
	return auth.Signer{AccessKey: cr.AccessKey.Reveal(), SecretKey: cr.SecretKey.Reveal(), ProjectID: w.e.project.ID, Now: w.e.o.Now}
}

// Signer signs requests with the configured access key; ok is false if there is none.
func (t *Target) Signer() (s auth.Signer, ok bool) {
	cr := t.Config.Credentials
	if !cr.AccessKey.Set() || !cr.SecretKey.Set() {
		return auth.Signer{}, false
	}
	w := wire{e: t.endpoint}
	return w.signer(), true
}

// token is a token that has some time left, and is not the refused one.
func (e *Endpoint) token(ctx context.Context, s *sender, stale string) (string, error) {
	e.tokens.mu.Lock()
	defer e.tokens.mu.Unlock()
	if e.tokens.token != "" && e.tokens.token != stale && e.o.Now().Before(e.tokens.until) {
		return e.tokens.token, nil
	}
	t, err := e.authenticate(ctx, s)
	if err != nil {
		return "", err
	}
	e.tokens.token, e.tokens.until = t.token, e.o.Now().Add(t.good)
	if e.project.ID == "" {
		e.project.ID = t.project
	}
	return t.token, nil
}

// renewal is how long before its end a token is given up.
const renewal = 5 * time.Minute

type issued struct {
	token string
	// good is how long it may be used from now.
	good    time.Duration
	project string
}

// authenticate asks for a token (ecs 4.1, 4.2).
func (e *Endpoint) authenticate(ctx context.Context, s *sender) (issued, error) {
	cr := e.cfg.Credentials
	domain := map[string]any{"name": e.cfg.Domain}
	project := map[string]any{"name": e.project.Name, "domain": domain}
	if e.project.ID != "" {
		project = map[string]any{"id": e.project.ID}
	}
	body := map[string]any{"auth": map[string]any{
		"identity": map[string]any{
			"methods":  []string{"password"},
			"password": map[string]any{"user": map[string]any{"name": cr.User, "password": cr.Password.Reveal(), "domain": domain}},
		},
		"scope": map[string]any{"project": project},
	}}
	a, err := e.ask(with(ctx, func(c *call) { *c = call{anonymous: true, unversioned: true} }), "iam", s, http.MethodPost, "/v3/auth/tokens", body)
	if err != nil {
		return issued{}, err
	}
	if p := stray("iam", e.cfg.APIs["iam"], a); p != nil {
		return issued{}, p
	}
	where := "iam at " + withoutUserinfo(e.cfg.APIs["iam"])
	switch token := a.header.Get("X-Subject-Token"); {
	case a.status == http.StatusUnauthorized || a.status == http.StatusForbidden:
		return issued{}, &Problem{Class: Rejected,
			Says: fmt.Sprintf("%s: the credentials of user %q in domain %q for project %q are rejected: %s", where, cr.User, e.cfg.Domain, e.projectWord(), e.refusal(a)),
			Do:   "look at credentials, domain and project of the endpoint file; a wrong project is refused like a wrong password"}
	case a.status == http.StatusNotFound:
		return issued{}, &Problem{Class: NoAPI, Says: where + ": there is no /v3/auth/tokens (404)", Do: "give in apis.iam what stands before /v3"}
	case a.status >= 500:
		return issued{}, &Problem{Class: Unusable, Says: where + ": it fails to issue a token: " + e.refusal(a), Do: "look into the endpoint's log"}
	case a.status != http.StatusCreated && a.status != http.StatusOK:
		return issued{}, &Problem{Class: Rejected, Says: where + ": the request for a token is refused: " + e.refusal(a), Do: "look at domain and project of the endpoint file"}
	case token == "":
		return issued{}, &Problem{Class: Unusable, Says: where + ": it answers " + fmt.Sprint(a.status) + " without a token in X-Subject-Token (ecs 4.3)",
			Do: "look at what answers there"}
	default:
		e.redactor.Secret("token", token)
		return grant(token, a.body), nil
	}
}

func (e *Endpoint) projectWord() string {
	if e.project.Name != "" {
		return e.project.Name
	}
	return e.project.ID
}

// grant reads what a token is good for. Its life is measured on the endpoint's
// clock, because ours may differ; without a statement it is a day (ecs 4.2).
func grant(token string, body []byte) issued {
	var reply struct {
		Token struct {
			Expires string `json:"expires_at"`
			Issued  string `json:"issued_at"`
			Project struct {
				ID string `json:"id"`
			} `json:"project"`
		} `json:"token"`
	}
	good := 24 * time.Hour
	if json.Unmarshal(body, &reply) == nil {
		from, errFrom := time.Parse(time.RFC3339, reply.Token.Issued)
		to, errTo := time.Parse(time.RFC3339, reply.Token.Expires)
		if errFrom == nil && errTo == nil && to.After(from) {
			good = to.Sub(from)
		}
	}
	return issued{token: token, good: good - min(renewal, good/10), project: reply.Token.Project.ID}
}

// ask sends a request of our own, not of a check's body. body is written as JSON.
func (e *Endpoint) ask(ctx context.Context, api string, s *sender, method, path string, body any) (*answer, error) {
	base := e.cfg.APIs[api]
	if base == "" {
		return nil, &Problem{Class: NoAPI, Says: "the endpoint file has no apis." + api, Do: "add it: what stands before the paths of the API"}
	}
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return nil, fmt.Errorf("write the request %s %s: %w", method, path, err)
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, trimSlash(base)+path, bytes.NewReader(content))
	if err != nil {
		return nil, &Problem{Class: Misconfigured, Says: "apis." + api + " makes no valid URL", Do: "mend it in the endpoint file", Err: err}
	}
	if content == nil {
		req.Body, req.GetBody, req.ContentLength = http.NoBody, nil, 0
	} else {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := e.client(api, s).Do(req)
	if err != nil {
		return nil, classify(ctx, api, base, err)
	}
	return read(resp)
}
