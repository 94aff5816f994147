package main

import (
	"encoding/json"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/fixtures/examples"
	"github.com/ecsconform/ecsconform/gen/generate/coverage"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/spec"
)

func coverageCommand() *cobra.Command {
	var by, format string
	cmd := &cobra.Command{
		Use:   "coverage",
		Short: "Count what each place of the documents has brought into the contract",
		Long: `Counts what the contract holds, by document, chapter, section or table, so that the numbers
can be held against a reading of the documents. What has sources in two places counts in
both; the last row counts it once. Members that requests and answers share count as both.

The columns are operations (and of these actions), parameters, headers of answers, fields
of requests and of answers, lists of values, bounds, error codes, HTTP statuses, names of
states, rows that lead from states to a status, ranges of microversions, permissions,
examples, requirements that a suite, the judge or nobody can prove, and rulings.

  ecsconform spec coverage --by section`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			level, ok := map[string]coverage.By{
				"document": coverage.Document, "chapter": coverage.Chapter, "section": coverage.Section, "table": coverage.Table,
			}[by]
			if !ok {
				return misuse("--by is document, chapter, section or table, not %q", by)
			}
			c, err := contractModel()
			if err != nil {
				return err
			}
			inventory, err := coverage.Take(c, examples.Files())
			if err != nil {
				return unjudged("count the contract: %w", err)
			}
			rows := inventory.Rows(level)
			switch format {
			case "json":
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetIndent("", "  ")
				return e.Encode(rows)
			case "table":
				return printTable(cmd.OutOrStdout(), coverageHead(), coverageCells(rows))
			}
			return misuse("--format is table or json, not %q", format)
		},
	}
	cmd.Flags().StringVar(&by, "by", "chapter", "document, chapter, section or table")
	cmd.Flags().StringVar(&format, "format", "table", "table or json")
	completeWords(cmd, "by", func() []string { return []string{"document", "chapter", "section", "table"} })
	completeWords(cmd, "format", func() []string { return []string{"table", "json"} })
	return cmd
}

// coverageHead are short names of the kinds: a row has to fit on a screen.
func coverageHead() []string {
	short := map[coverage.Kind]string{
		coverage.Operations: "OPS", coverage.Actions: "ACT", coverage.Parameters: "PARAM", coverage.Headers: "HEAD",
		coverage.RequestFields: "REQ", coverage.ResponseFields: "RESP", coverage.Enumerations: "ENUM", coverage.Bounds: "BOUND",
		coverage.Codes: "CODE", coverage.Statuses: "HTTP", coverage.States: "STATE", coverage.Mappings: "MAP", coverage.Gates: "GATE",
		coverage.Permissions: "PERM", coverage.Examples: "EX", coverage.BySuite: "SUITE", coverage.ByJudge: "JUDGE",
		coverage.ByNobody: "NOBODY", coverage.Rulings: "RULING",
	}
	head := []string{"PLACE"}
	for _, k := range coverage.Kinds() {
		head = append(head, short[k])
	}
	return head
}

func coverageCells(rows []coverage.Row) [][]string {
	var cells [][]string
	for _, r := range rows {
		line := []string{r.Place}
		if r.Place == "" {
			line[0] = "all"
		}
		for _, k := range coverage.Kinds() {
			text := "-"
			if n := r.Counts[k]; n > 0 {
				text = strconv.Itoa(n)
			}
			line = append(line, text)
		}
		cells = append(cells, line)
	}
	return cells
}

// contractModel is the contract in this binary with every reference followed.
func contractModel() (*model.Contract, error) {
	tree, err := read.Load(spec.Files())
	if err != nil {
		return nil, unjudged("read the contract: %w", err)
	}
	c, err := model.New(tree)
	if err != nil {
		return nil, unjudged("read the contract: %w", err)
	}
	return c, nil
}
