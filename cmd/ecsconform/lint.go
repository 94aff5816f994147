package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/fixtures/examples"
	"github.com/ecsconform/ecsconform/gen/generate/lint"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

// slip is one mistake of an author of the contract.
type slip struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Rule   string `json:"rule"`
	Text   string `json:"text"`
}

func (s slip) String() string {
	if s.Line == 0 {
		return fmt.Sprintf("%s: %s: %s", s.File, s.Rule, s.Text)
	}
	return fmt.Sprintf("%s:%d:%d: %s: %s", s.File, s.Line, s.Column, s.Rule, s.Text)
}

func lintCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "lint [FOLDER]",
		Short: "Find what a careless author of the contract would do",
		Long: `Reads the contract in FOLDER/spec and the documented examples in FOLDER/fixtures/examples
(FOLDER is the present one if left out) and says what is wrong, with file, line and a
sentence: a place without a source, an id that nobody gave, ranges of microversions that do not
meet, a reference into nothing, a requirement that nothing can prove, a ruling that nothing
cites, an example that does not fit and that no ruling explains.

Exit status: 0 nothing is wrong, 1 something is, 2 there is no contract in FOLDER.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := "."
			if len(args) == 1 {
				root = args[0]
			}
			if format != "text" && format != "json" {
				return misuse("--format is text or json, not %q", format)
			}
			slips, err := lintContract(root)
			if err != nil {
				return err
			}
			if format == "json" {
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetIndent("", "  ")
				if err := e.Encode(slips); err != nil {
					return err
				}
			} else {
				for _, s := range slips {
					if _, err := fmt.Fprintln(cmd.OutOrStdout(), s); err != nil {
						return err
					}
				}
			}
			if len(slips) > 0 {
				return exit{code: exitDiffers}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	completeWords(cmd, "format", func() []string { return []string{"text", "json"} })
	return cmd
}

// lintContract reads the contract below root and holds the examples against it.
func lintContract(root string) ([]slip, error) {
	contract := os.DirFS(filepath.Join(root, "spec"))
	if _, err := fs.Stat(contract, "openapi"); err != nil {
		return nil, misuse("there is no contract in %s: it needs a folder spec/openapi", root)
	}
	slips := []slip{}
	found, err := lint.Check(contract)
	if err != nil {
		return nil, exit{exitMisuse, err}
	}
	for _, f := range found {
		slips = append(slips, slip{"spec/" + f.File, f.Line, f.Column, f.Rule, f.Text})
	}
	v, err := schema.Load(contract)
	switch {
	case err != nil && len(slips) == 0:
		return nil, exit{exitMisuse, err}
	case err != nil:
		return slips, nil //nolint:nilerr // what keeps the contract from being read is among the slips
	}
	misfits, _, err := examples.Check(os.DirFS(filepath.Join(root, "fixtures/examples")), v)
	if err != nil {
		return nil, exit{exitMisuse, err}
	}
	for _, m := range misfits {
		slips = append(slips, slip{File: "fixtures/examples/" + m.File, Rule: "example", Text: m.Text})
	}
	return slips, nil
}
