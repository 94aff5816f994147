package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/conformance/check"
	_ "github.com/ecsconform/ecsconform/conformance/checks" // registers every check
	"github.com/ecsconform/ecsconform/conformance/judge"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/conformance/suite"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
)

type runFlags struct {
	simulator        bool
	faults           []string
	endpoint         string
	profile          string
	ids              []string
	families, labels []string
	exclude          []string
	versions         string
	readOnly         bool
	list             bool
	seed             int64
	report           string
	format           string
	ledger           string
	minutes          int
}

func runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run (--simulator | --endpoint FILE)",
		Short: "Run the checks against an endpoint and write the report",
		Long: `Runs the selected checks against one endpoint and writes three views of the same
result: index.html for people, result.json for programs, junit.xml for build servers.

Whatever is created is written into the ledger first and removed afterwards; what an
interrupted run leaves behind is removed by: ecsconform sweep. Press Ctrl-C once to end
a run with its clean-up, twice to leave at once.

The words of one flag widen the selection, different flags narrow it:

  ecsconform run --simulator --family jobs --family errors
  ecsconform run --endpoint cloud.yaml --check 'lifecycle.stop.*' --read-only
  ecsconform run --endpoint cloud.yaml --exclude 'jobs.*=ticket 4711' --list

Exit status: 0 conforms, 1 does not, 2 misuse, 3 could not judge.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), cmd, f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.simulator, "simulator", false, "ask the simulator inside this program")
	flags.StringArrayVar(&f.faults, "fault", nil, "plant this fault into the simulator (see: ecsconform list faults); may be repeated")
	flags.StringVar(&f.endpoint, "endpoint", "", "ask the endpoint that this file describes")
	flags.StringVar(&f.profile, "profile", "", "claim this profile instead of the endpoint's own (see: ecsconform list profiles)")
	flags.StringArrayVar(&f.ids, "check", nil, "only checks with this id; * stands for anything; may be repeated")
	flags.StringArrayVar(&f.families, "family", nil, "only checks of this family; may be repeated")
	flags.StringArrayVar(&f.labels, "label", nil, "only checks with this label; may be repeated")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "leave these checks out: ID=REASON; may be repeated")
	flags.StringVar(&f.versions, "microversions", "", "only at these microversions: 2.1..2.26, 2.26.. or 2.26")
	flags.BoolVar(&f.readOnly, "read-only", false, "leave out every check that changes something")
	flags.BoolVar(&f.list, "list", false, "say what would run, and why the rest would not; ask nobody")
	flags.Int64Var(&f.seed, "seed", 0, "order the checks by this seed; 0 takes one by chance")
	flags.StringVar(&f.report, "report", "report", "write the report into this folder")
	flags.StringVar(&f.format, "format", "text", "what to print meanwhile: text, or jsonl for one JSON record a line")
	flags.StringVar(&f.ledger, "ledger", target.DefaultLedger, "keep the ledger of created resources in this file")
	flags.IntVar(&f.minutes, "minutes", 0, "end the run after so many minutes; 0 takes limits.minutes of the endpoint")
	cmd.MarkFlagsMutuallyExclusive("simulator", "endpoint")
	completeWords(cmd, "family", func() []string { return families(check.Catalogue()) })
	completeWords(cmd, "check", func() []string { return checkIDs(check.Catalogue()) })
	completeWords(cmd, "profile", profileNames)
	completeWords(cmd, "format", func() []string { return []string{"text", "jsonl"} })
	completeWords(cmd, "fault", faultNames)
	return cmd
}

func completeWords(cmd *cobra.Command, flag string, words func() []string) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveNoFileComp
	}
	// It fails only for a flag that does not exist, which the tests would see.
	_ = cmd.RegisterFlagCompletionFunc(flag, complete)
}

func profileNames() []string {
	var names []string
	for _, p := range catalog.Profiles {
		names = append(names, p.Name)
	}
	return names
}

func run(ctx context.Context, cmd *cobra.Command, f runFlags) error {
	if f.format != "text" && f.format != "jsonl" {
		return misuse("--format is text or jsonl, not %q", f.format)
	}
	cfg, stop, err := f.config(ctx)
	if err != nil {
		return err
	}
	defer stop()
	for _, w := range cfg.Warnings {
		_, _ = fmt.Fprintln(cmd.ErrOrStderr(), "warning:", w)
	}
	selection, err := f.selection(cfg)
	if err != nil {
		return err
	}
	if f.list {
		return printPlan(cmd.OutOrStdout(), f.format, selection, cfg)
	}

	// An earlier report is only replaced by a run that can begin.
	if _, err := check.Plan(check.Catalogue(), selection, suite.Offer(cfg)); err != nil {
		return exit{exitMisuse, err}
	}
	out, err := report.OpenFolder(f.report)
	if err != nil {
		return unjudged("%w; choose another folder with --report", err)
	}
	var live report.Sink
	if f.format == "jsonl" {
		live = report.NewEvents(cmd.OutOrStdout())
	} else {
		live = report.NewTerminal(cmd.OutOrStdout(), terminalOptions(cmd.OutOrStdout(), out.Page()))
	}
	result, err := suite.Run(ctx, suite.Options{
		Config: cfg,
		Target: target.Options{
			Judge:  judge.New(compiled.New()),
			Ledger: f.ledger,
			Tool:   version(),
		},
		Selection: selection,
		Seed:      f.seed,
		Sink:      report.Tee(out, live),
		Version:   version(),
	})
	err = errors.Join(err, out.Close())
	code := suite.ExitStatus(result, err)
	if err != nil {
		return exit{code, err}
	}
	if f.format == "text" {
		// What the run found stands in the files whether or not this can be printed.
		_, _ = fmt.Fprintf(cmd.OutOrStdout(), "data:   %s\njunit:  %s\n",
			filepath.Join(f.report, report.ResultFile), filepath.Join(f.report, report.JUnitFile))
	}
	if code != exitConforms {
		return exit{code: code}
	}
	return nil
}

// config is the endpoint that the flags name; stop ends the simulator, if it is one.
func (f runFlags) config(ctx context.Context) (cfg target.Config, stop func(), err error) {
	stop = func() {}
	switch {
	case f.simulator:
		var line []byte
		line, stop, err = startSimulator(ctx, f.seed, f.faults)
		if err != nil {
			return cfg, func() {}, err
		}
		if cfg, err = target.FromSimulator(line); err != nil {
			stop()
			return cfg, func() {}, exit{exitUnjudged, err}
		}
	case f.endpoint != "":
		if len(f.faults) > 0 {
			return cfg, stop, misuse("--fault needs --simulator: nothing is planted into real endpoints")
		}
		if cfg, err = target.Load(f.endpoint, os.LookupEnv); err != nil {
			return cfg, stop, exit{exitMisuse, err}
		}
	default:
		return cfg, stop, misuse("say whom to ask: --simulator, or --endpoint FILE")
	}
	if f.profile != "" {
		if _, ok := catalog.Profile(f.profile); !ok {
			stop()
			return cfg, func() {}, misuse("there is no profile %q; there are: %s", f.profile, strings.Join(profileNames(), ", "))
		}
		cfg.Profile = f.profile
	}
	if f.minutes > 0 {
		cfg.Limits.Minutes = f.minutes
	}
	return cfg, stop, nil
}

func (f runFlags) selection(cfg target.Config) (check.Selection, error) {
	s := check.Selection{IDs: f.ids, Families: f.families, Labels: f.labels, ReadOnly: f.readOnly}
	for _, x := range f.exclude {
		id, reason, ok := strings.Cut(x, "=")
		if !ok {
			return s, misuse("--exclude %q needs a reason: --exclude 'ID=REASON'", x)
		}
		s.Exclude = append(s.Exclude, check.Exclusion{ID: id, Reason: reason})
	}
	if f.versions != "" {
		r, err := versionRange(f.versions)
		if err != nil {
			return s, misuse("--microversions: %w", err)
		}
		s.Versions = r
	}
	if f.profile != "" {
		s.Profile = cfg.Profile
	}
	return s, nil
}

// versionRange reads 2.1..2.26, 2.26.., ..2.26 and 2.26.
func versionRange(s string) (r microversion.Range, err error) {
	least, most, ok := strings.Cut(s, "..")
	if !ok {
		most = least
	}
	if least != "" {
		if r.Min, err = microversion.Parse(least); err != nil {
			return r, err
		}
	}
	if most != "" {
		if r.Max, err = microversion.Parse(most); err != nil {
			return r, err
		}
	}
	if !r.Min.IsZero() && !r.Max.IsZero() && r.Min.Compare(r.Max) > 0 {
		return r, fmt.Errorf("%s is empty: %s comes after %s", s, r.Min, r.Max)
	}
	return r, nil
}

func terminalOptions(w io.Writer, page string) report.TerminalOptions {
	var o report.TerminalOptions
	if f, ok := w.(*os.File); ok {
		o = report.DetectTerminal(f, os.Getenv)
	}
	o.Page = page
	return o
}
