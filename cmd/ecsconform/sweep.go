package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/conformance/target"
)

func sweepCommand() *cobra.Command {
	var endpoint, ledger, format string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "sweep --endpoint FILE",
		Short: "Remove what interrupted runs left at an endpoint",
		Long: `Reads the ledger, which every run writes before it creates anything, and removes what
is still there: by the id that an answer told, or by the unique name that the run made up.
It never touches anything else. --dry-run only says what it would do.

Exit status: 0 nothing is left, 1 something stays (the table says why), 2 misuse, 3 the
endpoint could not be asked.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if endpoint == "" {
				return misuse("say which endpoint: --endpoint FILE")
			}
			if format != "table" && format != "json" {
				return misuse("--format is table or json, not %q", format)
			}
			cfg, err := target.Load(endpoint, os.LookupEnv)
			if err != nil {
				return exit{exitMisuse, err}
			}
			if _, err := os.Stat(ledger); os.IsNotExist(err) {
				return misuse("there is no ledger %s: run sweep where the run was started, or name its ledger with --ledger", ledger)
			}
			e, err := target.Open(cmd.Context(), cfg, target.Options{
				Tool: version(), Ledger: ledger,
				Progress: func(s string) { _, _ = fmt.Fprintln(cmd.ErrOrStderr(), s) },
			})
			if err != nil {
				return exit{exitUnjudged, err}
			}
			items, err := target.Sweep(cmd.Context(), e, ledger, dryRun)
			err = errors.Join(err, e.Close())
			if printErr := printSwept(cmd, format, items); printErr != nil {
				return printErr
			}
			if err != nil {
				return exit{exitDiffers, err}
			}
			for _, i := range items {
				if i.Outcome == target.Stays {
					return exit{code: exitDiffers}
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&endpoint, "endpoint", "", "the endpoint that this file describes")
	cmd.Flags().StringVar(&ledger, "ledger", target.DefaultLedger, "the ledger of the interrupted run")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "only say what would be removed")
	cmd.Flags().StringVar(&format, "format", "table", "table or json")
	return cmd
}

func printSwept(cmd *cobra.Command, format string, items []target.Item) error {
	if format == "json" {
		e := json.NewEncoder(cmd.OutOrStdout())
		e.SetIndent("", "  ")
		if items == nil {
			items = []target.Item{}
		}
		return e.Encode(items)
	}
	if len(items) == 0 {
		_, err := fmt.Fprintln(cmd.OutOrStdout(), "The ledger holds nothing that is not removed.")
		return err
	}
	var rows [][]string
	for _, i := range items {
		rows = append(rows, []string{string(i.Outcome), i.Kind, i.Name, strings.Join(i.IDs, " "), i.Why})
	}
	return printTable(cmd.OutOrStdout(), []string{"OUTCOME", "KIND", "NAME", "IDS", "WHY"}, rows)
}
