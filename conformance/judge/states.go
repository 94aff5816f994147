package judge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// serverStates is what table A-4 speaks of. Members of other types are for the
// validator, so any type is read.
type serverStates struct {
	Status any `json:"status"`
	VM     any `json:"OS-EXT-STS:vm_state"`
	Task   any `json:"OS-EXT-STS:task_state"`
}

func contains(body []byte, word string) bool { return bytes.Contains(body, []byte(word)) }

// states compares status, vm_state and task_state of each server in a native
// answer with table A-4.
func (c *caseOf) states() {
	body := c.raw.ResponseBody
	if c.route.op.API != "nova" || c.raw.Status >= 300 || !contains(body, `OS-EXT-STS:vm_state`) {
		return
	}
	var shown struct {
		Server  *serverStates  `json:"server"`
		Servers []serverStates `json:"servers"`
	}
	if json.Unmarshal(body, &shown) != nil {
		return
	}
	if shown.Server != nil {
		c.state("/server", *shown.Server)
	}
	for i, s := range shown.Servers {
		c.state(fmt.Sprintf("/servers/%d", i), s)
	}
}

// unknownStatus is what the note under table A-4 gives to all that it lacks.
const unknownStatus = "UNKNOWN"

func (c *caseOf) state(pointer string, s serverStates) {
	status, okStatus := s.Status.(string)
	vm, okVM := s.VM.(string)
	task, okTask := s.Task.(string)
	if !okStatus || !okVM || !okTask && s.Task != nil {
		return
	}
	reading, ruled := c.rows(strings.ToLower(vm), task) // upper case is for the validator
	// A row without a ruling, or with one for all, is the reading; else UNKNOWN is.
	want := contract.State{Status: unknownStatus, Source: "ecs A.3 table A-4"}
	if reading != nil {
		want = *reading
	}
	if status == want.Status {
		return
	}
	f := validate.Finding{Class: validate.ClassRelation, Severity: validate.Violation, Pointer: pointer + "/status", Keyword: "state",
		Expected: fmt.Sprintf("status %s for vm_state %s and %s", want.Status, short(vm), taskWords(task)),
		Got:      "status " + short(status), Source: want.Source, Ruling: want.Ruling}
	if f.Source == "" {
		f.Source = "ecs A.3 table A-4"
	}
	switch {
	case want.Ruling != "" && status == unknownStatus:
		f.Severity = validate.Deviation
	case reading == nil && ruled != nil && status == ruled.Status:
		f.Severity, f.Ruling, f.Source = validate.Deviation, ruled.Ruling, ruled.Source
	}
	c.add("response", f)
}

// rows finds the row that is the reading for vm and task, if there is one, and
// the row that a ruling tolerates for the profile. A row that names the task
// wins over one for any task.
func (c *caseOf) rows(vm, task string) (reading, ruled *contract.State) {
	for _, want := range []string{task, "*"} {
		for i := range c.j.states[vm] {
			row := &c.j.states[vm][i]
			if row.Task != want {
				continue
			}
			if len(row.Profiles) == 0 {
				if reading == nil {
					reading = row
				}
			} else if ruled == nil && slices.Contains(row.Profiles, c.o.Profile) {
				ruled = row
			}
		}
	}
	return reading, ruled
}

func taskWords(task string) string {
	if task == "" {
		return "no task"
	}
	return "task " + short(task)
}
