package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/fixtures/faults"
	"github.com/ecsconform/ecsconform/fixtures/simulator"
	"github.com/ecsconform/ecsconform/gen/catalog"
)

// listing is one thing that list can show: rows for people, values for programs.
type listing struct {
	name, says string
	head       []string
	// rows are in a stable order; sources are what --source is held against.
	rows func() []row
}

type row struct {
	cells   []string
	sources []string
	value   any
}

func listings() []listing {
	return []listing{
		{"operations", "what the contract describes: one line for each method, path and action", []string{"OPERATION", "CALL", "SOURCE"}, operationRows},
		{"requirements", "normative statements, with who can prove them", []string{"REQUIREMENT", "LEVEL", "PROOF", "SOURCE", "TEXT"}, requirementRows},
		{"rulings", "contradictions of the documents, and what we decided", []string{"RULING", "TITLE", "SOURCES"}, rulingRows},
		{"checks", "what a run asks", []string{"CHECK", "LEVEL", "SAYS", "PROVES"}, checkRows},
		{"errors", "the catalogue of error codes", []string{"CODE", "STATUS", "MEANING"}, errorRows},
		{"codes", "how each error code can be seen at the simulator: by behaviour or by injection", []string{"CODE", "STATUS", "WAY", "WHERE", "DO"}, codeRows},
		{"states", "which status a server shows in which state", []string{"VM_STATE", "TASK_STATE", "STATUS"}, stateRows},
		{"permissions", "authorisation items and the calls that need them", []string{"ITEM", "CALL", "SOURCE"}, permissionRows},
		{"profiles", "parts of the contract that an endpoint can claim", []string{"PROFILE", "APIS", "SAYS"}, profileRows},
		{"faults", "deliberate mistakes of the simulator that prove that checks can fail", []string{"FAULT", "SAYS"}, faultRows},
	}
}

func listCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Show the contract and what is asked: operations, requirements, checks, rulings, codes",
		Long: `Shows what the contract holds and what a run asks. --source narrows to a place of
the documents, --format json prints everything that is known of each line.

  ecsconform list requirements --source 'ecs 5.1'
  ecsconform list rulings --format json`,
		Args: cobra.NoArgs,
	}
	for _, l := range listings() {
		var format, source string
		sub := &cobra.Command{
			Use:   l.name,
			Short: "List " + l.says,
			Args:  cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				return l.print(cmd.OutOrStdout(), format, source)
			},
		}
		sub.Flags().StringVar(&format, "format", "table", "table or json")
		sub.Flags().StringVar(&source, "source", "", "only what comes from this document, section or table: 'ecs 5.1.1'")
		cmd.AddCommand(sub)
	}
	return cmd
}

func (l listing) print(w io.Writer, format, source string) error {
	rows := l.rows()
	if source != "" {
		rows = slices.DeleteFunc(rows, func(r row) bool {
			return !slices.ContainsFunc(r.sources, func(s string) bool { return within(s, source) })
		})
	}
	switch format {
	case "json":
		values := make([]any, len(rows))
		for i, r := range rows {
			values[i] = r.value
		}
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(values)
	case "table":
		cells := make([][]string, len(rows))
		for i, r := range rows {
			cells[i] = r.cells
		}
		if len(cells) == 0 && source != "" {
			return misuse("nothing in %s comes from %q; a source is written like: ecs 5.1.1 table 5-3", l.name, source)
		}
		return printTable(w, l.head, cells)
	}
	return misuse("--format is table or json, not %q", format)
}

// within reports whether a source lies in a place: "ecs 5.1.1 table 5-3" in
// "ecs", "ecs 5", "ecs 5.1" and "ecs 5.1.1", not in "ecs 5.1.1 table 5-30".
func within(source, place string) bool {
	rest, ok := strings.CutPrefix(source, place)
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == '.')
}

func printTable(w io.Writer, head []string, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, r := range slices.Concat([][]string{head}, rows) {
		if _, err := fmt.Fprintln(t, strings.Join(r, "\t")); err != nil {
			return err
		}
	}
	return t.Flush()
}

func operationRows() (rows []row) {
	for _, o := range catalog.Operations {
		call := o.Method + " " + o.Path
		if o.Action != "" && !strings.Contains(call, "#") {
			call += " " + o.Action
		}
		if v := o.Versions.String(); v != "" {
			call += " (" + v + ")"
		}
		rows = append(rows, row{[]string{o.ID, call, strings.Join(o.Sources, ", ")}, o.Sources, o})
	}
	return rows
}

func requirementRows() (rows []row) {
	for _, r := range catalog.Requirements {
		rows = append(rows, row{[]string{r.ID, string(r.Level), string(r.Proof), r.Source, r.Text}, []string{r.Source}, r})
	}
	return rows
}

func rulingRows() (rows []row) {
	for _, r := range catalog.Rulings {
		var sources []string
		for _, c := range r.Citations {
			sources = append(sources, c.Source)
		}
		rows = append(rows, row{[]string{r.ID, r.Title, strings.Join(sources, "; ")}, sources, r})
	}
	return rows
}

func checkRows() (rows []row) {
	for _, c := range check.Catalogue().Checks() {
		var sources []string
		for _, id := range c.Proves {
			if r, ok := catalog.Requirement(id); ok {
				sources = append(sources, r.Source)
			}
		}
		rows = append(rows, row{[]string{c.ID, string(c.Level), c.Says, strings.Join(c.Proves, ", ")}, sources, c.Decl})
	}
	return rows
}

func errorRows() (rows []row) {
	for _, e := range catalog.Errors {
		rows = append(rows, row{[]string{e.Code, strconv.Itoa(e.Status), e.Meaning}, []string{e.Source}, e})
	}
	return rows
}

func codeRows() (rows []row) {
	for _, p := range simulator.Provocations() {
		do := p.Do
		if p.Why != "" {
			do += " (" + p.Why + ")"
		}
		rows = append(rows, row{[]string{p.Code, strconv.Itoa(p.Status), p.Way, p.Where, do}, []string{"ecs A.2"}, p})
	}
	return rows
}

func stateRows() (rows []row) {
	for _, s := range catalog.States {
		task := s.Task
		if task == "" {
			task = "-"
		}
		rows = append(rows, row{[]string{s.VM, task, s.Status}, []string{s.Source}, s})
	}
	return rows
}

func permissionRows() (rows []row) {
	for _, p := range catalog.Permissions {
		rows = append(rows, row{[]string{p.Item, strings.Join(p.Operations, ", "), p.Source}, []string{p.Source}, p})
	}
	return rows
}

func profileRows() (rows []row) {
	for _, p := range catalog.Profiles {
		rows = append(rows, row{[]string{p.Name, strings.Join(p.APIs, ", "), p.Says}, nil, p})
	}
	return rows
}

func faultRows() (rows []row) {
	for _, f := range faults.All() {
		rows = append(rows, row{[]string{f.Name, f.Says}, nil, struct {
			Name, Says string
			Reddens    []string
		}{f.Name, f.Says, f.Reddens}})
	}
	return rows
}

func faultNames() []string {
	var names []string
	for _, f := range faults.All() {
		names = append(names, f.Name)
	}
	return names
}

func checkIDs(r *check.Registry) []string {
	var ids []string
	for _, c := range r.Checks() {
		ids = append(ids, c.ID)
	}
	return ids
}

func families(r *check.Registry) []string {
	var names []string
	for _, c := range r.Checks() {
		names = append(names, c.Family())
	}
	slices.Sort(names)
	return slices.Compact(names)
}
