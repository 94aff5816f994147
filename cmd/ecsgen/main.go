// Command ecsgen writes the generated part of package gen from the contract in
// spec. With -check it writes nothing and reports what would change; with -lint
// it reads the contract and reports the mistakes of its authors.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ecsconform/ecsconform/gen/generate"
	"github.com/ecsconform/ecsconform/gen/generate/lint"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errOut io.Writer) int {
	flags := flag.NewFlagSet("ecsgen", flag.ContinueOnError)
	flags.SetOutput(errOut)
	root := flags.String("root", ".", "the repository's root folder")
	check := flags.Bool("check", false, "write nothing; exit 1 if the output differs from the contract")
	mistakes := flags.Bool("lint", false, "write nothing; exit 1 if the contract has mistakes")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if *mistakes {
		return lintContract(*root, out, errOut)
	}
	changes, err := generate.Changes(*root)
	if err == nil && !*check {
		err = changes.Write()
	}
	if err != nil {
		_, _ = fmt.Fprintln(errOut, err)
		return 1
	}
	for _, change := range changes.List {
		_, _ = fmt.Fprintln(out, change)
	}
	if *check && len(changes.List) > 0 {
		_, _ = fmt.Fprintln(errOut, "generated code differs from the contract: run `go run ./cmd/ecsgen`")
		return 1
	}
	return 0
}

func lintContract(root string, out, errOut io.Writer) int {
	found, err := lint.Check(os.DirFS(filepath.Join(root, "spec")))
	if err != nil {
		_, _ = fmt.Fprintln(errOut, err)
		return 1
	}
	for _, f := range found {
		_, _ = fmt.Fprintf(out, "spec/%s\n", f)
	}
	if len(found) > 0 {
		return 1
	}
	return 0
}
