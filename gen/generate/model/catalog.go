package model

import (
	"cmp"
	"slices"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/spec"
)

// Catalog is everything of the contract that is not OpenAPI, sorted by its keys.
type Catalog struct {
	Errors         []contract.ErrorCode
	ServerStatuses []contract.StateName
	VMStates       []contract.StateName
	TaskStates     []contract.StateName
	States         []contract.State
	Statuses       []contract.Status
	Jobs           []contract.JobType
	Permissions    []contract.Permission
	Profiles       []contract.Profile
	Requirements   []contract.Requirement
	Rulings        []contract.Ruling
	// At says where an entry stands: "requirement ECS-5.1.2-max-servers".
	At map[string]read.Position
}

// NewCatalog reads catalog, requirements and rulings. The order of table A-4
// and of the state lists is the document's; everything else is sorted.
func NewCatalog(t *read.Tree) (*Catalog, error) {
	c := &Catalog{At: map[string]read.Position{}}
	var problems read.Problems
	for _, part := range []struct {
		under string
		read  func(*Catalog, *row)
	}{
		{"catalog/errors.yaml", (*Catalog).errors},
		{"catalog/states.yaml", (*Catalog).states},
		{"catalog/statuses.yaml", (*Catalog).statuses},
		{"catalog/jobs.yaml", (*Catalog).jobs},
		{"catalog/permissions.yaml", (*Catalog).permissions},
		{"catalog/profiles.yaml", (*Catalog).profiles},
		{"requirements/", (*Catalog).requirements},
		{"rulings/", (*Catalog).rulings},
	} {
		for _, f := range t.Under(part.under) {
			if f.Root == nil {
				continue
			}
			r := fileRow(f, &problems)
			part.read(c, r)
			r.texts("x-ruling") // what shaped the file as a whole, and what the whole file expresses
			r.texts("x-requirements")
			r.done()
		}
	}
	c.sort()
	return c, problems.Err()
}

func fileRow(f spec.File, problems *read.Problems) *row {
	return &row{file: f.Name, node: f.Root, problems: problems}
}

// keep notes where an entry stands, and reports one that is there already.
func (c *Catalog) keep(r *row, kind, key string) {
	name := kind + " " + key
	if first, ok := c.At[name]; ok {
		r.problems.Add(r.at(r.node), "%s is listed twice (first at %s)", name, first)
		return
	}
	c.At[name] = r.at(r.node)
}

func (c *Catalog) errors(file *row) {
	for _, r := range file.rows("errors") {
		e := contract.ErrorCode{
			Code: r.must("code"), Status: r.number("status"), Message: r.text("message"),
			Meaning: r.text("meaning"), Remedy: r.text("remedy"), Source: r.source(), Ruling: r.text("ruling"),
		}
		r.done()
		c.keep(r, "error", e.Code)
		c.Errors = append(c.Errors, e)
	}
}

func (c *Catalog) states(file *row) {
	for _, list := range []struct {
		key  string
		into *[]contract.StateName
	}{{"statuses", &c.ServerStatuses}, {"vm_states", &c.VMStates}, {"task_states", &c.TaskStates}} {
		for _, r := range file.rows(list.key) {
			s := contract.StateName{Name: r.must("name"), Meaning: r.text("meaning"), Source: r.source()}
			r.text("ruling")
			r.done()
			c.keep(r, list.key, s.Name)
			*list.into = append(*list.into, s)
		}
	}
	for _, r := range file.rows("mapping") {
		s := contract.State{
			VM: r.must("vm"), Task: r.text("task"), Status: r.must("status"), Source: r.source(),
			Ruling: r.text("ruling"), Profiles: r.texts("profiles"),
		}
		r.done()
		c.keep(r, "mapping", s.VM+"/"+s.Task+"/"+s.Status)
		c.States = append(c.States, s)
	}
}

func (c *Catalog) statuses(file *row) {
	for _, r := range file.rows("statuses") {
		s := contract.Status{Code: r.number("code"), Meaning: r.text("meaning"), Sources: r.texts("sources")}
		key := r.must("code")
		r.done()
		c.keep(r, "status", key)
		c.Statuses = append(c.Statuses, s)
	}
}

func (c *Catalog) jobs(file *row) {
	for _, r := range file.rows("jobs") {
		j := contract.JobType{
			Type: r.must("type"), Operations: r.texts("operations"), Entities: r.texts("entities"),
			SubJob: r.text("sub_job"), Source: r.source(),
		}
		r.text("ruling")
		r.done()
		c.keep(r, "job", j.Type)
		c.Jobs = append(c.Jobs, j)
	}
}

func (c *Catalog) permissions(file *row) {
	for _, r := range file.rows("permissions") {
		p := contract.Permission{
			Item: r.must("item"), Call: r.must("call"), Operations: r.texts("operations"), Dependencies: r.texts("dependencies"),
			Project: r.flag("project"), Enterprise: r.flag("enterprise"), Source: r.source(),
			Access: r.text("access"), Resources: r.texts("resources"), Conditions: r.texts("conditions"),
		}
		r.text("ruling")
		r.done()
		c.keep(r, "permission", p.Item+" of "+p.Call)
		c.Permissions = append(c.Permissions, p)
	}
}

func (c *Catalog) profiles(file *row) {
	for _, r := range file.rows("profiles") {
		p := contract.Profile{Name: r.must("name"), Says: r.must("says"), APIs: r.texts("apis"), Rulings: r.texts("rulings")}
		r.done()
		c.keep(r, "profile", p.Name)
		c.Profiles = append(c.Profiles, p)
	}
}

func (c *Catalog) requirements(file *row) {
	for _, r := range file.rows("requirements") {
		q := contract.Requirement{
			ID: r.must("id"), Text: r.must("text"), Source: r.source(),
			Level: contract.Level(r.must("level")), Proof: contract.Proof(r.must("proof")),
			Reason: r.text("reason"), Waiver: r.text("waiver"), Until: r.text("until"),
		}
		r.done()
		c.keep(r, "requirement", q.ID)
		c.Requirements = append(c.Requirements, q)
	}
}

func (c *Catalog) rulings(file *row) {
	for _, r := range file.rows("rulings") {
		ruling := contract.Ruling{
			ID: r.must("id"), Title: r.must("title"), Reading: r.must("reading"), Reason: r.must("reason"),
			Observed: r.text("observed"), Violation: r.must("violation"), Deviation: r.must("deviation"),
			Profiles: r.texts("profiles"),
		}
		for _, cited := range r.rows("citations") {
			ruling.Citations = append(ruling.Citations, contract.Citation{Source: cited.source(), Says: cited.must("says")})
			cited.done()
		}
		r.done()
		c.keep(r, "ruling", ruling.ID)
		c.Rulings = append(c.Rulings, ruling)
	}
}

func (c *Catalog) sort() {
	slices.SortFunc(c.Errors, func(a, b contract.ErrorCode) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(c.Statuses, func(a, b contract.Status) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(c.Jobs, func(a, b contract.JobType) int { return cmp.Compare(a.Type, b.Type) })
	slices.SortFunc(c.Permissions, func(a, b contract.Permission) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Call, b.Call))
	})
	slices.SortFunc(c.Profiles, func(a, b contract.Profile) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(c.Requirements, func(a, b contract.Requirement) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(c.Rulings, func(a, b contract.Ruling) int { return cmp.Compare(a.ID, b.ID) })
}
