package target

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// connect is Open's part on the network: token, project, versions.
func (e *Endpoint) connect(ctx context.Context) error {
	outside := &sender{}
	for _, api := range e.claimed() {
		if e.cfg.APIs[api] == "" {
			return &Problem{Class: NoAPI, Says: fmt.Sprintf("profile %s claims the API %s, and the endpoint file has no apis.%s", e.cfg.Profile, api, api),
				Do: "add its base URL, or claim another profile"}
		}
	}
	if e.cfg.Credentials.User != "" {
		e.progress("asking " + withoutUserinfo(e.cfg.APIs["iam"]) + " for a token")
		if _, err := e.token(ctx, outside, ""); err != nil {
			return err
		}
	}
	if e.project.ID == "" {
		if err := e.findProject(ctx, outside); err != nil {
			return err
		}
	}
	if e.cfg.APIs["nova"] != "" {
		if err := e.readVersions(ctx, outside); err != nil {
			return err
		}
	}
	if slices.Contains(e.claimed(), "ecs") {
		return e.probe(ctx, outside, "ecs", "/v1/"+url.PathEscape(e.project.ID)+"/cloudservers/limits")
	}
	return nil
}

// claimed are the APIs of the profile.
func (e *Endpoint) claimed() []string {
	p, ok := catalog.Profile(e.cfg.Profile)
	if !ok {
		return nil
	}
	return p.APIs
}

// findProject looks the id of the project up by its name (ecs 10.2).
func (e *Endpoint) findProject(ctx context.Context, s *sender) error {
	name := e.project.Name
	a, err := e.ask(with(ctx, func(c *call) { c.unversioned = true }), "iam", s, http.MethodGet, "/v3/projects?name="+url.QueryEscape(name), nil)
	if err != nil {
		return err
	}
	if p := stray("iam", e.cfg.APIs["iam"], a); p != nil {
		return p
	}
	where := "iam at " + withoutUserinfo(e.cfg.APIs["iam"])
	switch {
	case a.status == http.StatusUnauthorized || a.status == http.StatusForbidden:
		return &Problem{Class: Rejected, Says: where + ": looking up the project is refused: " + e.refusal(a),
			Do: "look at the access key and the clock of this machine, or give project.id in the endpoint file"}
	case !a.ok():
		return &Problem{Class: NoProject, Says: where + ": looking up the project failed: " + e.refusal(a), Do: "give project.id in the endpoint file"}
	}
	var list struct {
		Projects []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"projects"`
	}
	if err := a.into(&list); err != nil {
		return &Problem{Class: Unusable, Says: where + ": " + err.Error(), Do: "give project.id in the endpoint file", Err: err}
	}
	var ids []string
	for _, p := range list.Projects {
		if p.Name == name && p.ID != "" {
			ids = append(ids, p.ID)
		}
	}
	switch len(ids) {
	case 1:
		e.project.ID = ids[0]
		return nil
	case 0:
		return &Problem{Class: NoProject, Says: fmt.Sprintf("%s: the user sees no project called %q", where, name), Do: "mend project.name of the endpoint file, or give project.id"}
	default:
		return &Problem{Class: NoProject, Says: fmt.Sprintf("%s: %d projects are called %q", where, len(ids), name), Do: "give project.id in the endpoint file"}
	}
}

// readVersions learns the range of microversions (ecs 6.1.2). An endpoint
// without the document is a finding for a check; here it only means that the
// base URL is wrong.
func (e *Endpoint) readVersions(ctx context.Context, s *sender) error {
	ctx = with(ctx, func(c *call) { c.unversioned = true })
	a, err := e.ask(ctx, "nova", s, http.MethodGet, "/v2.1/", nil)
	if err != nil {
		return err
	}
	base := e.cfg.APIs["nova"]
	if p := stray("nova", base, a); p != nil {
		return p
	}
	where := "nova at " + withoutUserinfo(base)
	switch {
	case a.status == http.StatusUnauthorized:
		return &Problem{Class: Rejected, Says: where + ": the credentials are refused: " + e.refusal(a), Do: "look at credentials and project of the endpoint file"}
	case a.status == http.StatusNotFound:
		return &Problem{Class: NoAPI, Says: where + ": there is no /v2.1 (404)", Do: "give in apis.nova what stands before /v2.1"}
	case !a.ok():
		return &Problem{Class: Unusable, Says: where + ": reading the version failed: " + e.refusal(a), Do: "look into the endpoint's log"}
	}
	var doc struct {
		Version struct {
			Min string `json:"min_version"`
			Max string `json:"version"`
		} `json:"version"`
	}
	if err := a.into(&doc); err != nil {
		return &Problem{Class: Unusable, Says: where + ": the version document: " + err.Error(), Do: "look at what answers there", Err: err}
	}
	low, errLow := microversion.Parse(doc.Version.Min)
	high, errHigh := microversion.Parse(doc.Version.Max)
	if errLow != nil || errHigh != nil {
		if doc.Version.Min != "" || doc.Version.Max != "" {
			return &Problem{Class: Unusable, Says: fmt.Sprintf("%s: the version document names the versions %q to %q, which are none (ecs 6.1.2 table 6-6)", where, doc.Version.Min, doc.Version.Max),
				Do: "look at what answers there"}
		}
		return nil // no microversions at all (ecs 3)
	}
	e.versions = microversion.Range{Min: low, Max: high}
	return nil
}

// probe looks whether an API is there at all.
func (e *Endpoint) probe(ctx context.Context, s *sender, api, path string) error {
	a, err := e.ask(ctx, api, s, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	if p := stray(api, e.cfg.APIs[api], a); p != nil {
		return p
	}
	where := api + " at " + withoutUserinfo(e.cfg.APIs[api])
	switch {
	case a.status == http.StatusUnauthorized:
		return &Problem{Class: Rejected, Says: where + ": the credentials are refused: " + e.refusal(a), Do: "look at credentials and project of the endpoint file"}
	case a.status == http.StatusNotFound && !strings.HasPrefix(code(a), "Ecs."):
		return &Problem{Class: NoAPI, Says: fmt.Sprintf("%s: profile %s claims it, and %s is not there (404)", where, e.cfg.Profile, path),
			Do: "mend apis." + api + ", or claim another profile"}
	}
	return nil
}

func code(a *answer) string {
	code, _ := envelope(a.body)
	return code
}
