package suite

import (
	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/validate"
)

// describe is the row of a report that follows from the declaration.
func describe(i check.Item) report.Check {
	return report.Check{
		ID:           i.Check.ID,
		Family:       i.Check.Family(),
		Says:         i.Check.Says,
		Level:        string(i.Check.Level),
		Microversion: i.Version.String(),
		Requirements: requirements(i.Check.Proves),
		Labels:       i.Check.AllLabels(),
		Verdict:      i.Verdict,
		Provisional:  i.Check.Provisional,
		Reason:       i.Reason,
	}
}

func requirements(ids []string) []report.Requirement {
	out := make([]report.Requirement, 0, len(ids))
	for _, id := range ids {
		row := report.Requirement{ID: id}
		if r, ok := catalog.Requirement(id); ok {
			row.Text, row.Source = r.Text, r.Source
		}
		out = append(out, row)
	}
	return out
}

// cited are the requirements and rulings that findings name and the check does not prove.
func cited(proves []string, findings []report.Finding) []report.Requirement {
	seen := map[string]bool{}
	for _, id := range proves {
		seen[id] = true
	}
	var out []report.Requirement
	add := func(id, text, source string) {
		if !seen[id] {
			seen[id] = true
			out = append(out, report.Requirement{ID: id, Text: text, Source: source})
		}
	}
	for _, f := range findings {
		if r, ok := catalog.Requirement(f.Requirement); ok {
			add(r.ID, r.Text, r.Source)
		}
		if r, ok := catalog.Ruling(f.Ruling); ok {
			source := ""
			if len(r.Citations) > 0 {
				source = r.Citations[0].Source
			}
			add(r.ID, r.Title+": "+r.Reading, source)
		}
	}
	return out
}

// scenario is the finding of a failed assertion: something that no single
// exchange shows.
func scenario(i check.Item, message string) report.Finding {
	f := report.Finding{Message: message}
	f.Severity = validate.Violation
	f.Keyword = "check"
	f.Expected, f.Got = expect.Halves(message)
	if len(i.Check.Proves) > 0 {
		f.Requirement = i.Check.Proves[0]
		if r, ok := catalog.Requirement(f.Requirement); ok {
			f.Source = r.Source
		}
	}
	return f
}
