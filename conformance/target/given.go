package target

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Given prepares what a check starts from, through the public API. It creates
// nothing beyond the limits and nothing that is not in the ledger, and registers
// the clean-up of all it makes. A preparation that fails ends the check with
// verdict error, because nothing was judged.
type Given struct{ t *Target }

// Reservation is the right to create servers under one name: it is in the
// ledger, within the limits, and will be cleaned up after the check. A check
// whose act is to create takes one, names its servers Name, and tells what
// became of it.
type Reservation struct {
	// Name is what the servers must be called, unique in all runs.
	Name string

	t       *Target
	entry   Entry
	servers int
	volumes int
	ids     []string
	// sure: what exists is in ids; nothing else needs to be looked for.
	sure bool
	// vacated: the places below the ceilings were given back.
	vacated bool
}

// Reserve reserves servers that will be created with one request through the
// given API ("nova" or "ecs"), with so many volumes altogether.
func (g *Given) Reserve(api string, servers, volumes int) *Reservation {
	t, e := g.t, g.t.endpoint
	if reason := e.occupy(servers, volumes); reason != "" {
		t.bench.Cannot(reason)
		return nil
	}
	r := &Reservation{Name: e.name(), t: t, servers: servers, volumes: volumes}
	r.entry = Entry{Run: e.o.Run, Check: t.check, Endpoint: e.ledgerKey(), Project: e.project.ID,
		Kind: "server", Name: r.Name, Count: servers, Via: api}
	if err := r.log(Intent); err != nil {
		e.vacate(servers, volumes)
		t.bench.Cannot("nothing is created without a ledger: " + err.Error())
		return nil
	}
	t.bench.Cleanup("server "+r.Name, r.cleanup)
	return r
}

// Created tells the ids that an answer gave.
func (r *Reservation) Created(ids ...string) {
	for _, id := range ids {
		if id != "" {
			r.ids = append(r.ids, id)
		}
	}
	r.sure = len(r.ids) >= r.servers
	r.entry.IDs = r.ids
	r.note(Created)
}

// Started tells the job that will create the servers.
func (r *Reservation) Started(job string) {
	r.entry.Job = job
	r.note(Created)
}

// Refused tells that the request was refused, so that nothing exists and the
// places are free again. Answers of 500 and above do not count as refusals:
// something may exist all the same.
func (r *Reservation) Refused(status int) {
	if status < 400 || status >= 500 || len(r.ids) > 0 {
		return
	}
	r.sure = true
	r.entry.Note = fmt.Sprintf("refused with %d", status)
	r.vacate()
}

// vacate gives the places below the ceilings back, once.
func (r *Reservation) vacate() {
	if !r.vacated {
		r.t.endpoint.vacate(r.servers, r.volumes)
		r.vacated = true
	}
}

func (r *Reservation) log(event Event) error {
	e := r.entry
	e.Event = event
	return r.t.endpoint.ledger.write(e)
}

// note writes what only makes a sweep faster; the intent is on the disk already.
func (r *Reservation) note(event Event) {
	if err := r.log(event); err != nil {
		r.t.bench.Step("the ledger could not be written: " + err.Error())
	}
}

// cleanup removes whatever exists under the reservation.
func (r *Reservation) cleanup(ctx context.Context) error {
	e := r.t.endpoint
	d := desk{e, &sender{bench: r.t.bench, check: r.t.check, version: r.t.Version}}
	ids := r.ids
	var problems []error
	if !r.sure {
		within := time.Duration(0)
		if r.entry.Job != "" {
			d.jobSettles(ctx, r.entry.Job)
		} else if len(ids) == 0 {
			within = e.cfg.Patience.Late
		}
		var err error
		if ids, err = d.appears(ctx, r.Name, r.servers, ids, within); err != nil {
			problems = append(problems, err)
		}
	}
	for _, id := range ids {
		if err := d.remove(ctx, id, r.entry.Via); err != nil {
			problems = append(problems, err)
		}
	}
	if err := errors.Join(problems...); err != nil {
		return errors.New(e.redactor.Known(err.Error()))
	}
	r.vacate()
	if len(ids) == 0 && !r.sure {
		// No answer, and nothing there so far: the ledger keeps the intent, so that
		// a sweep looks once more.
		return nil
	}
	return r.log(Removed)
}

func merge(a, b []string) []string {
	t := &thing{}
	for _, id := range append(append([]string{}, a...), b...) {
		t.addID(id)
	}
	return t.IDs
}

// occupy takes places below the ceilings; otherwise it says why not.
func (e *Endpoint) occupy(servers, volumes int) (reason string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	l := e.cfg.Limits
	switch {
	case e.servers+servers > l.Servers:
		return fmt.Sprintf("%d more servers would make %d, and limits.servers of the endpoint file allows %d at a time", servers, e.servers+servers, l.Servers)
	case e.volumes+volumes > l.Volumes:
		return fmt.Sprintf("%d more volumes would make %d, and limits.volumes of the endpoint file allows %d at a time", volumes, e.volumes+volumes, l.Volumes)
	case l.Minutes > 0 && e.o.Now().Sub(e.began) > time.Duration(l.Minutes)*time.Minute:
		return fmt.Sprintf("the run lasts longer than limits.minutes of the endpoint file (%d) allows, so nothing more is created", l.Minutes)
	}
	e.servers += servers
	e.volumes += volumes
	return ""
}

func (e *Endpoint) vacate(servers, volumes int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.servers -= servers
	e.volumes -= volumes
}

// ledgerKey is how the ledger names this endpoint.
func (e *Endpoint) ledgerKey() string { return trimSlash(withoutUserinfo(e.cfg.APIs["nova"])) }

func (g *Given) need(fields ...string) bool {
	for _, f := range g.t.Resources.fields() {
		for _, name := range fields {
			if f.name == name && *f.value == "" {
				g.t.bench.Cannot("the endpoint file names no resources." + name)
				return false
			}
		}
	}
	return true
}

// Server is a running server, created through Nova (ecs 6.2.1).
func (g *Given) Server(ctx context.Context) Server {
	if !g.need("image", "flavor", "network") {
		return Server{}
	}
	t := g.t
	t.bench.Step("given a running server")
	r := g.Reserve("nova", 1, 0)
	spec := map[string]any{
		"name": r.Name, "imageRef": t.Resources.Image, "flavorRef": t.Resources.Flavor,
		"networks": []any{map[string]any{"uuid": t.Resources.Network}},
	}
	if zone := t.Resources.AvailabilityZone; zone != "" {
		spec["availability_zone"] = zone
	}
	a := g.must(t.ask(ctx, "nova", http.MethodPost, "/v2.1/"+url.PathEscape(t.Project)+"/servers", map[string]any{"server": spec}))
	if !a.ok() {
		r.Refused(a.status)
		t.bench.Cannot("the server that the check starts from was not created: " + t.endpoint.refusal(a))
	}
	var reply struct {
		Server struct {
			ID string `json:"id"`
		} `json:"server"`
	}
	if err := a.into(&reply); err != nil || reply.Server.ID == "" {
		t.bench.Cannot("the server that the check starts from was created without an id in the answer")
	}
	r.Created(reply.Server.ID)
	return g.becomes(ctx, reply.Server.ID, "ACTIVE")
}

// ServerByECS is a running server, created through the ECS API with a job (ecs 5.1.1).
func (g *Given) ServerByECS(ctx context.Context) Server {
	servers := g.ServersByECS(ctx, 1)
	if len(servers) != 1 {
		return Server{}
	}
	return servers[0]
}

// ServersByECS are n running servers, created with one request of the ECS API.
func (g *Given) ServersByECS(ctx context.Context, n int) []Server {
	if !g.need("image", "flavor", "vpc", "subnet") {
		return nil
	}
	t := g.t
	t.bench.Step(fmt.Sprintf("given %d running servers of the ECS API", n))
	r := g.Reserve("ecs", n, n)
	spec := map[string]any{
		"name": r.Name, "imageRef": t.Resources.Image, "flavorRef": t.Resources.Flavor, "vpcid": t.Resources.VPC,
		"nics":        []any{map[string]any{"subnet_id": t.Resources.Subnet}},
		"root_volume": map[string]any{"volumetype": "SSD"}, "count": n,
	}
	if zone := t.Resources.AvailabilityZone; zone != "" {
		spec["availability_zone"] = zone
	}
	a := g.must(t.ask(ctx, "ecs", http.MethodPost, "/v1/"+url.PathEscape(t.Project)+"/cloudservers", map[string]any{"server": spec}))
	var reply struct {
		Job string `json:"job_id"`
	}
	if !a.ok() {
		r.Refused(a.status)
		t.bench.Cannot("the server that the check starts from was not created: " + t.endpoint.refusal(a))
	}
	if err := a.into(&reply); err != nil || reply.Job == "" {
		t.bench.Cannot("the server that the check starts from was created without a job_id in the answer")
	}
	r.Started(reply.Job)
	job := t.Wait.JobEnds(ctx, reply.Job)
	r.Created(job.Servers()...)
	if job.Status != "SUCCESS" {
		t.bench.Cannot("the job that creates the server that the check starts from ended with " + t.Redact(job.String()))
	}
	if len(job.Servers()) != n {
		t.bench.Cannot(fmt.Sprintf("the job that creates %d servers names %d", n, len(job.Servers())))
	}
	var servers []Server
	for _, id := range job.Servers() {
		servers = append(servers, g.becomes(ctx, id, "ACTIVE"))
	}
	return servers
}

// StoppedServer is a server that was started and then stopped (ecs 6.3.3).
func (g *Given) StoppedServer(ctx context.Context) Server {
	s := g.Server(ctx)
	g.act(ctx, s.ID, map[string]any{"os-stop": map[string]any{}})
	return g.becomes(ctx, s.ID, "SHUTOFF")
}

// LockedServer is a running server that is locked (ecs 6.3.4).
func (g *Given) LockedServer(ctx context.Context) Server {
	s := g.Server(ctx)
	g.act(ctx, s.ID, map[string]any{"lock": nil})
	return g.becomes(ctx, s.ID, "ACTIVE")
}

// ResizedServer is a server whose resize waits for confirmation (ecs 6.3.8).
func (g *Given) ResizedServer(ctx context.Context) Server {
	if !g.need("flavor_alt") {
		return Server{}
	}
	s := g.Server(ctx)
	g.act(ctx, s.ID, map[string]any{"resize": map[string]any{"flavorRef": g.t.Resources.FlavorAlt}})
	return g.becomes(ctx, s.ID, "VERIFY_RESIZE")
}

// DeletedServer is the id of a server that existed and is gone.
func (g *Given) DeletedServer(ctx context.Context) Server {
	s := g.Server(ctx)
	d := desk{g.t.endpoint, g.t.sender()}
	if err := d.remove(ctx, s.ID, "nova"); err != nil {
		g.t.bench.Cannot("the server was not removed: " + g.t.known(err.Error()))
	}
	s.Gone = true
	return s
}

func (g *Given) act(ctx context.Context, id string, body map[string]any) {
	d := desk{g.t.endpoint, g.t.sender()}
	a := g.must(g.t.ask(ctx, "nova", http.MethodPost, d.serverPath(id)+"/action", body))
	if !a.ok() {
		for action := range body {
			g.t.bench.Cannot("the preparation " + action + " was refused: " + g.t.endpoint.refusal(a))
		}
	}
}

func (g *Given) becomes(ctx context.Context, id, status string) Server {
	s := g.t.Wait.ServerIs(ctx, id, status)
	if s.Status != status {
		g.t.bench.Cannot(fmt.Sprintf("the server that the check starts from should be %s and is %s", status, g.t.Redact(s.String())))
	}
	return s
}

func (g *Given) must(a *answer, err error) *answer {
	g.t.Must(err)
	return a
}

func (t *Target) sender() *sender { return &sender{bench: t.bench, check: t.check, version: t.Version} }

func (t *Target) ask(ctx context.Context, api, method, path string, body any) (*answer, error) {
	return t.endpoint.ask(ctx, api, t.sender(), method, path, body)
}
