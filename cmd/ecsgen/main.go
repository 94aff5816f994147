// Command ecsgen writes the generated part of package gen from the contract in
// spec. With -check it writes nothing and reports what would change.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/ecsconform/ecsconform/gen/generate"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errOut io.Writer) int {
	flags := flag.NewFlagSet("ecsgen", flag.ContinueOnError)
	flags.SetOutput(errOut)
	root := flags.String("root", ".", "the repository's root folder")
	check := flags.Bool("check", false, "write nothing; exit 1 if the output differs from the contract")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
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
