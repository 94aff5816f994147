package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// The exit statuses, the same for every command.
const (
	exitConforms = 0 // or: did what was asked
	exitDiffers  = 1 // the endpoint broke a promise
	exitMisuse   = 2 // the command line or a file of the operator is wrong
	exitUnjudged = 3 // we could not judge
)

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// exit is an error that knows its exit status. A nil cause says nothing more:
// the command has already said what there is to say.
type exit struct {
	code  int
	cause error
}

func (e exit) Error() string {
	if e.cause == nil {
		return fmt.Sprintf("exit status %d", e.code)
	}
	return e.cause.Error()
}

func (e exit) Unwrap() error { return e.cause }

// misuse is an error of the operator's.
func misuse(format string, a ...any) error {
	return exit{exitMisuse, fmt.Errorf(format, a...)}
}

// unjudged is an error that kept us from judging.
func unjudged(format string, a ...any) error {
	return exit{exitUnjudged, fmt.Errorf(format, a...)}
}

// execute runs one command line and returns the exit status.
func execute(ctx context.Context, args []string, s streams) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitConforms
	}
	var e exit
	if !errors.As(err, &e) {
		// Whatever cobra itself refuses is the command line's fault.
		e = exit{exitMisuse, err}
	}
	if e.cause != nil {
		_, _ = fmt.Fprintf(s.err, "ecsconform: %v\n", e.cause)
		if e.code == exitMisuse {
			_, _ = fmt.Fprintln(s.err, "Run the command with --help to see how it is used.")
		}
	}
	return e.code
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "ecsconform",
		Short: "Does this compute API keep the promises of its documents?",
		Long: `ecsconform asks an endpoint of the ECS and Nova APIs whether it keeps the promises
of the vendor's documents, and writes a report that says which promise was broken,
where it stands, what was sent, what came back and how to see it again.

  ecsconform run --simulator             try it without any cloud
  ecsconform run --endpoint cloud.yaml   ask a real endpoint
  ecsconform simulate                    be an endpoint, for your own tools
  ecsconform judge traffic.har           judge recorded traffic
  ecsconform list checks                 see what would be asked

Exit status: 0 conforms, 1 does not, 2 misuse, 3 could not judge.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(
		runCommand(),
		simulateCommand(),
		sweepCommand(),
		judgeCommand(),
		specCommand(),
		listCommand(),
		versionCommand(),
	)
	return root
}
