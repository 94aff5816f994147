package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/gen/export"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

func specCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "spec",
		Short: "Show the contract, count it, export it for other tools",
		Args:  cobra.NoArgs,
	}
	cmd.AddCommand(exportCommand(), lintCommand(), coverageCommand(), referenceCommand())
	return cmd
}

func exportCommand() *cobra.Command {
	var api, version, format, output string
	var plain bool
	cmd := &cobra.Command{
		Use:   "export --api NAME",
		Short: "Write one API as a plain OpenAPI 3.1 document",
		Long: `Writes one API as one OpenAPI 3.1 document that any OpenAPI tool can read: references
inside the file, the action bodies joined in one operation. --microversion leaves only
what exists at that version, --plain leaves our extensions (x-source, x-ruling, ...) out.

  ecsconform spec export --api nova --microversion 2.26 --plain > nova-2.26.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if api == "" {
				return misuse("say which API: --api %s", strings.Join(apiNames(), "|"))
			}
			var v microversion.Version
			if version != "" {
				var err error
				if v, err = microversion.Parse(version); err != nil {
					return misuse("--microversion: %w", err)
				}
			}
			if format != "yaml" && format != "json" {
				return misuse("--format is yaml or json, not %q", format)
			}
			text, err := export.Plain(api, v, export.Options{JSON: format == "json", Extensions: !plain})
			if err != nil {
				return exit{exitMisuse, err}
			}
			if output != "" {
				if err := os.WriteFile(output, text, 0o644); err != nil {
					return misuse("write %s: %w", output, err)
				}
				return nil
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s", text)
			return err
		},
	}
	cmd.Flags().StringVar(&api, "api", "", "the API: iam, ecs, nova, ...")
	cmd.Flags().StringVar(&version, "microversion", "", "only what exists at this microversion")
	cmd.Flags().StringVar(&format, "format", "yaml", "yaml or json")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write into this file")
	cmd.Flags().BoolVar(&plain, "plain", false, "without the extensions of this project")
	completeWords(cmd, "api", apiNames)
	completeWords(cmd, "format", func() []string { return []string{"yaml", "json"} })
	return cmd
}

// apiNames are the APIs of the contract.
func apiNames() []string {
	names, err := export.APIs()
	if err != nil {
		return nil // the contract in the binary was read when it was generated
	}
	return names
}
