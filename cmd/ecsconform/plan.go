package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/suite"
	"github.com/ecsconform/ecsconform/conformance/target"
)

// planned is one line of run --list.
type planned struct {
	Check        string `json:"check"`
	Microversion string `json:"microversion,omitempty"`
	Says         string `json:"says"`
	Level        string `json:"level"`
	// Runs is false for what will not; Verdict and Reason say why.
	Runs    bool   `json:"runs"`
	Verdict string `json:"verdict,omitempty"`
	Reason  string `json:"reason,omitempty"`
}

func printPlan(w io.Writer, format string, s check.Selection, cfg target.Config) error {
	plan, err := check.Plan(check.Catalogue(), s, suite.Offer(cfg))
	if err != nil {
		return exit{exitMisuse, err}
	}
	runs := 0
	var rows [][]string
	for _, i := range plan {
		if i.Verdict == "" {
			runs++
		}
		if format == "jsonl" {
			line := planned{i.Check.ID, i.Version.String(), i.Check.Says, string(i.Check.Level), i.Verdict == "", string(i.Verdict), i.Reason}
			if err := json.NewEncoder(w).Encode(line); err != nil {
				return err
			}
			continue
		}
		says := i.Check.Says
		if i.Verdict != "" {
			says = string(i.Verdict) + ": " + i.Reason
		}
		rows = append(rows, []string{i.Name(), string(i.Check.Level), says})
	}
	if format == "jsonl" {
		return nil
	}
	if err := printTable(w, []string{"CHECK", "LEVEL", "SAYS"}, rows); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "\n%d of %d would run. Nobody was asked; versions are those of the contract.\n", runs, len(plan))
	return err
}
