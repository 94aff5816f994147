package lint

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ecsconform/ecsconform/gen/contract"
)

var (
	// Only the reference has sections; the other documents are single pages.
	requirementID = regexp.MustCompile(`^(?:(ECS)-(?:\d+|[A-Z])(?:\.\d+)*|([A-Z]+(?:-[A-Z]+)*))-[a-z0-9]+(-[a-z0-9.]+)*$`)
	rulingID      = regexp.MustCompile(`^R-\d{3}$`)
	errorCode     = regexp.MustCompile(`^[A-Z][A-Za-z]*\.\d{4}$`)
)

func (c *checker) requirementRows() {
	for _, r := range c.contract.Catalog.Requirements {
		here := c.contract.Catalog.At["requirement "+r.ID]
		m := requirementID.FindStringSubmatch(r.ID)
		switch {
		case m == nil, m[2] == "ECS":
			c.report("requirement", here, "%s is not of the form ECS-5.1.2-max-servers", r.ID)
		case !strings.HasPrefix(r.Source, strings.ToLower(m[1]+m[2])):
			c.report("requirement", here, "%s says the document %s, its source %q another", r.ID, m[1]+m[2], r.Source)
		}
		if !slices.Contains([]contract.Level{contract.Must, contract.Should, contract.May}, r.Level) {
			c.report("requirement", here, "%s: the level %q is not must, should or may", r.ID, r.Level)
		}
		c.proof(r)
	}
}

func (c *checker) proof(r contract.Requirement) {
	here := c.contract.Catalog.At["requirement "+r.ID]
	if !slices.Contains([]contract.Proof{contract.BySuite, contract.ByJudge, contract.ByNobody}, r.Proof) {
		c.report("proof", here, "%s: the proof %q is not suite, judge or nobody", r.ID, r.Proof)
	}
	if (r.Proof == contract.ByNobody) != (r.Reason != "") {
		c.report("proof", here, "%s: a reason belongs to what nobody can prove, and only there", r.ID)
	}
	if r.Waiver != "" && r.Proof != contract.BySuite {
		c.report("proof", here, "%s: a waiver belongs to what a suite proves", r.ID)
	}
	if (r.Waiver == "") != (r.Until == "") {
		c.report("proof", here, "%s: a waiver has an end, and only a waiver has", r.ID)
	}
	if _, err := time.Parse(time.DateOnly, r.Until); r.Until != "" && err != nil {
		c.report("proof", here, "%s: until %q is no date like 2027-06-30", r.ID, r.Until)
	}
}

func (c *checker) rulingRows() {
	for _, r := range c.contract.Catalog.Rulings {
		here := c.contract.Catalog.At["ruling "+r.ID]
		if !rulingID.MatchString(r.ID) {
			c.report("ruling", here, "%s is not of the form R-017", r.ID)
		}
		if len(r.Citations) == 0 {
			c.report("ruling", here, "%s cites nothing: name the places that it decides between", r.ID)
		}
	}
}

func (c *checker) errorRows() {
	for _, e := range c.contract.Catalog.Errors {
		here := c.contract.Catalog.At["error "+e.Code]
		if !errorCode.MatchString(e.Code) {
			c.report("error-code", here, "the code %q is not of the form Ecs.0001", e.Code)
		}
		if (e.Status < 400 || e.Status > 599) && e.Ruling == "" {
			c.report("error-code", here, "%s has the status %d, which is no refusal, and no ruling says why", e.Code, e.Status)
		}
	}
}

// catalogRows looks at what catalogues and operations say of each other.
func (c *checker) catalogRows() {
	known := map[string]bool{}
	var ids []string
	for _, o := range c.contract.Operations() {
		known[o.ID] = true
		ids = append(ids, o.ID)
	}
	refer := func(kind, key string, operations []string) {
		for _, id := range operations {
			if !known[id] {
				c.report("unknown-id", c.contract.Catalog.At[kind+" "+key], "there is no operation %s%s", id, nearest(id, ids))
			}
		}
	}
	for _, j := range c.contract.Catalog.Jobs {
		refer("job", j.Type, j.Operations)
	}
	items := map[string]bool{}
	for _, p := range c.contract.Catalog.Permissions {
		refer("permission", p.Item+" "+p.Call, p.Operations)
		items[p.Item] = true
	}
	apis := map[string]bool{}
	for _, api := range c.contract.APIs {
		apis[api.Name] = true
		for _, o := range api.Operations {
			c.catalogued(o.Operation, items, o.At)
		}
	}
	for _, p := range c.contract.Catalog.Profiles {
		for _, api := range p.APIs {
			if !apis[api] {
				c.report("unknown-id", c.contract.Catalog.At["profile "+p.Name], "there is no API %s", api)
			}
		}
	}
	statuses := map[string]bool{}
	for _, s := range c.contract.Catalog.ServerStatuses {
		statuses[s.Name] = true
	}
	for _, s := range c.contract.Catalog.States {
		if !statuses[s.Status] {
			c.report("unknown-id", c.contract.Catalog.At["mapping "+s.VM+"/"+s.Task+"/"+s.Status], "the mapping leads to the status %s, which the list of statuses lacks", s.Status)
		}
	}
}
