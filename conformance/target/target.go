package target

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/ecsconform/ecsconform/gen/autolaunch"
	"github.com/ecsconform/ecsconform/gen/ecs"
	"github.com/ecsconform/ecsconform/gen/iam"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
	"github.com/ecsconform/ecsconform/gen/workspace"
)

// Target is an endpoint as one check sees it, at one microversion.
type Target struct {
	// IAM, ECS and Nova, Workspace and AutoLaunch are the generated clients; nil where
	// the endpoint file has no base URL for the API.
	IAM        *iam.ClientWithResponses
	ECS        *ecs.ClientWithResponses
	Nova       *nova.ClientWithResponses
	Workspace  *workspace.ClientWithResponses
	AutoLaunch *autolaunch.ClientWithResponses

	// HTTP are plain clients by API, for checks about malformed HTTP; what they
	// send is signed, recorded and judged like everything else.
	HTTP map[string]*http.Client
	// Base are the base URLs by API: what stands before /v3, /v1, /v2.1.
	Base map[string]string
	// Project is the id of the project.
	Project string
	// Version is what the Target is bound to; zero where the check has none.
	Version microversion.Version
	// Resources are what the check may use.
	Resources Resources
	// Config is the endpoint's configuration.
	Config Config

	// Given prepares what a check starts from.
	Given *Given
	// Wait waits for named conditions.
	Wait *Wait

	endpoint *Endpoint
	bench    Bench
	check    string
}

// For binds one check at one microversion; the zero Version sends no header.
func (e *Endpoint) For(b Bench, checkID string, v microversion.Version) *Target {
	t := &Target{
		HTTP: map[string]*http.Client{}, Base: map[string]string{},
		Project: e.project.ID, Version: v, Resources: e.cfg.Resources, Config: e.cfg,
		endpoint: e, bench: b, check: checkID,
	}
	for _, api := range apiNames() {
		if base := e.cfg.APIs[api]; base != "" {
			t.Base[api] = base
			t.HTTP[api] = e.client(api, &sender{bench: b, check: checkID, version: v})
		}
	}
	t.clients()
	t.Given = &Given{t: t}
	t.Wait = &Wait{t: t}
	return t
}

func (t *Target) clients() {
	// The base URLs were parsed by prepare, and these constructors do nothing
	// but parse them again.
	if base := t.Base["iam"]; base != "" {
		t.IAM, _ = iam.NewClientWithResponses(base, iam.WithHTTPClient(t.HTTP["iam"]))
	}
	if base := t.Base["ecs"]; base != "" {
		t.ECS, _ = ecs.NewClientWithResponses(base, ecs.WithHTTPClient(t.HTTP["ecs"]))
	}
	if base := t.Base["nova"]; base != "" {
		t.Nova, _ = nova.NewClientWithResponses(base, nova.WithHTTPClient(t.HTTP["nova"]))
	}
	if base := t.Base["workspace"]; base != "" {
		t.Workspace, _ = workspace.NewClientWithResponses(base, workspace.WithHTTPClient(t.HTTP["workspace"]))
	}
	if base := t.Base["autolaunch"]; base != "" {
		t.AutoLaunch, _ = autolaunch.NewClientWithResponses(base, autolaunch.WithHTTPClient(t.HTTP["autolaunch"]))
	}
}

// Must ends the check with verdict error if err is not nil: the request did not
// reach the endpoint, or no whole answer came back.
func (t *Target) Must(err error) {
	if err != nil {
		t.bench.Cannot(t.endpoint.redactor.Known(cause(err)))
	}
}

// Got is the reply of a client's call. If the call failed, because the endpoint
// could not be reached or broke off, it ends the check with verdict error.
//
//	reply := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, id))
//
// It panics if the request could not even be built, which is a defect of the check.
func Got[R any](reply R, err error) R {
	if err == nil {
		return reply
	}
	var p *Problem
	if !errors.As(err, &p) || p.bench == nil {
		panic(fmt.Errorf("a request that cannot be sent: %w", err))
	}
	p.bench.Cannot(p.Error())
	return reply
}

// Redact is text from the endpoint without the secrets of this run.
func (t *Target) Redact(text string) string { return t.endpoint.redactor.Text(text) }

// known is a sentence of our own without them.
func (t *Target) known(text string) string { return t.endpoint.redactor.Known(text) }

// Versions is the range of microversions that the endpoint says it has.
func (t *Target) Versions() microversion.Range { return t.endpoint.versions }

// Endpoint is what the Target belongs to.
func (t *Target) Endpoint() *Endpoint { return t.endpoint }
