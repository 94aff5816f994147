package main

import (
	"bytes"
	"os"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/gen/generate/reference"
)

func referenceCommand() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "reference",
		Short: "Write the contract as one page, by section of the documents",
		Long: `Writes the whole contract as one HTML page that needs no other file: for each section of
the documents its operations, tables, requirements, codes and permissions, and all rulings.

  ecsconform spec reference -o reference.html`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := contractModel()
			if err != nil {
				return err
			}
			var page bytes.Buffer
			if err := reference.Write(&page, c); err != nil {
				return unjudged("%w", err)
			}
			if output == "" {
				_, err := page.WriteTo(cmd.OutOrStdout())
				return err
			}
			if err := os.WriteFile(output, page.Bytes(), 0o644); err != nil {
				return misuse("write %s: %w", output, err)
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write into this file")
	return cmd
}
