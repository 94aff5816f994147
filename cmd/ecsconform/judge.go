package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/conformance/judge"
	"github.com/ecsconform/ecsconform/conformance/recording"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
)

type judgeFlags struct {
	bases                    []string
	version, profile, format string
}

func judgeCommand() *cobra.Command {
	var f judgeFlags
	cmd := &cobra.Command{
		Use:   "judge RECORDING",
		Short: "Judge recorded traffic (HAR 1.2) by the contract",
		Long: `Reads a HAR 1.2 recording, as browsers and proxies write it, from a file or from - for
standard input, and judges every request and every answer as a run would. It finds the
operation by method and path, whatever the host; the microversion is the one that a
request asks for. Entries outside of the contract are counted and listed, not guessed.
Secrets are removed while reading. The table has findings that say the same as one row: how
often, and the first entry (they are counted from 0) as an example; jsonl has each.

  ecsconform judge traffic.har --base /compute --profile nova-community
  mitmdump ... | ecsconform judge - --format jsonl | jq 'select(.severity == "violation")'

Exit status: 0 nothing was violated, 1 something was, by a client or an endpoint, 2 misuse,
3 could not judge: the recording is broken, or nothing in it belongs to the contract.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return judgeRecording(cmd, args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.bases, "base", nil, "what stands before the paths of the contract: /compute or https://host/compute; may be repeated")
	flags.StringVar(&f.version, "microversion", "", "judge at this microversion, whatever the requests ask for")
	flags.StringVar(&f.profile, "profile", "", "what the endpoint claims (see: ecsconform list profiles)")
	flags.StringVar(&f.format, "format", "table", "table, or jsonl for one JSON object a finding")
	completeWords(cmd, "profile", profileNames)
	completeWords(cmd, "format", func() []string { return []string{"table", "jsonl"} })
	return cmd
}

func (f judgeFlags) options() (recording.Options, error) {
	o := recording.Options{Bases: f.bases, Profile: f.profile}
	if f.format != "table" && f.format != "jsonl" {
		return o, misuse("--format is table or jsonl, not %q", f.format)
	}
	if f.version != "" {
		v, err := microversion.Parse(f.version)
		if err != nil {
			return o, misuse("--microversion: %w", err)
		}
		o.Version = v
	}
	if f.profile != "" {
		if _, ok := catalog.Profile(f.profile); !ok {
			return o, misuse("there is no profile %q; there are: %s", f.profile, strings.Join(profileNames(), ", "))
		}
	}
	for _, base := range f.bases {
		if !strings.HasPrefix(base, "/") && !strings.Contains(base, "://") {
			return o, misuse("--base %q: a base is a path like /compute, or a URL", base)
		}
	}
	return o, nil
}

func judgeRecording(cmd *cobra.Command, name string, f judgeFlags) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	in := cmd.InOrStdin()
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return misuse("open the recording: %w", err)
		}
		defer file.Close()
		in = file
	}
	out := newFindingWriter(cmd.OutOrStdout(), f.format)
	summary, err := recording.Judge(in, judge.New(compiled.New()), o, out.write)
	if flushErr := out.flush(); err == nil {
		err = flushErr
	}
	// A program that reads the findings is not to read the summary.
	told := cmd.OutOrStdout()
	if f.format == "jsonl" {
		told = cmd.ErrOrStderr()
	}
	printSummary(told, summary)
	switch {
	case errors.Is(err, errWrite):
		return unjudged("print the findings: %w", err)
	case err != nil:
		return unjudged("%w; judged %s before that", err, count(summary.Judged, "entry", "entries"))
	case summary.Judged == 0:
		return unjudged("nothing in the recording belongs to the contract: does --base fit?")
	case summary.Severities[validate.Violation] > 0:
		return exit{code: exitDiffers}
	}
	return nil
}

// findingLine is one finding in the format jsonl.
type findingLine struct {
	Entry        int               `json:"entry"`
	Operation    string            `json:"operation"`
	Direction    string            `json:"direction"`
	Severity     validate.Severity `json:"severity"`
	Class        validate.Class    `json:"class"`
	Pointer      string            `json:"pointer"`
	Keyword      string            `json:"keyword"`
	Expected     string            `json:"expected"`
	Got          string            `json:"got"`
	Message      string            `json:"message"`
	Source       string            `json:"source"`
	Ruling       string            `json:"ruling"`
	Requirement  string            `json:"requirement"`
	Method       string            `json:"method"`
	StatusAnswer int               `json:"status"`
}

// findingWriter prints findings: as JSON each as it comes, so that a long recording
// needs no memory for them, as a table those that are alike as one row.
type findingWriter struct {
	out   io.Writer
	json  *json.Encoder // nil for a table
	rows  map[likeness]int
	table []alike
}

// likeness is what the findings of one row have in common: an endpoint that lacks a
// member lacks it in each of a thousand answers.
type likeness struct {
	kind      report.Kind
	operation string
}

// alike is the first finding of a row, and how many there are.
type alike struct {
	recording.Finding
	times int
}

func newFindingWriter(out io.Writer, format string) *findingWriter {
	w := &findingWriter{out: out, rows: map[likeness]int{}}
	if format == "jsonl" {
		w.json = json.NewEncoder(out)
	}
	return w
}

// rowsAtOnce is how many rows are held; more are another table, so that no recording can
// ask for more memory.
const rowsAtOnce = 5000

// errWrite says that it was not the recording that broke.
var errWrite = errors.New("write")

func (w *findingWriter) write(f recording.Finding) error {
	if w.json != nil {
		err := w.json.Encode(findingLine{
			Entry: f.Entry, Operation: f.Operation, Direction: f.Direction, Severity: f.Severity, Class: f.Class, Pointer: f.Pointer,
			Keyword: f.Keyword, Expected: f.Expected, Got: f.Got, Message: f.Message, Source: f.Source, Ruling: f.Ruling,
			Requirement: f.Requirement, Method: f.Method, StatusAnswer: f.Status,
		})
		if err != nil {
			return fmt.Errorf("%w: %w", errWrite, err)
		}
		return nil
	}
	if f.Operation == "" {
		return nil // it stands in the list of what is outside
	}
	kind := likeness{report.KindOf(&f.Finding), f.Operation}
	if at, ok := w.rows[kind]; ok {
		w.table[at].times++
		return nil
	}
	if len(w.table) == rowsAtOnce {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.rows[kind] = len(w.table)
	w.table = append(w.table, alike{f, 1})
	return nil
}

// flush prints the rows, the worst first.
func (w *findingWriter) flush() error {
	if len(w.table) == 0 {
		return nil
	}
	gravity := func(s validate.Severity) int {
		return slices.Index([]validate.Severity{validate.Violation, validate.Deviation, validate.Note}, s)
	}
	slices.SortStableFunc(w.table, func(a, b alike) int { return gravity(a.Severity) - gravity(b.Severity) })
	table := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "TIMES\tENTRY\tSEVERITY\tDIRECTION\tOPERATION\tMESSAGE") // Flush says what went wrong
	for _, r := range w.table {
		_, _ = fmt.Fprintf(table, "%d\t%d\t%s\t%s\t%s\t%s\n", r.times, r.Entry, r.Severity, r.Direction, r.Operation, oneLine(r.Message))
	}
	clear(w.rows)
	w.table = w.table[:0]
	if err := table.Flush(); err != nil {
		return fmt.Errorf("%w: %w", errWrite, err)
	}
	return nil
}

// oneLine is a text that can't break out of a row of a table or take a terminal over.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}

// mostListed is how many lines of each list are printed.
const mostListed = 50

func printSummary(w io.Writer, s recording.Summary) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s, %d judged: %s, %s, %s.\n", count(s.Entries, "entry", "entries"), s.Judged,
		count(s.Severities[validate.Violation], "violation", "violations"), count(s.Severities[validate.Deviation], "deviation", "deviations"),
		count(s.Severities[validate.Note]-s.Outside, "note", "notes"))
	if s.Outside > 0 {
		fmt.Fprintf(&b, "\nOutside of the contract, and not judged: %s\n", count(s.Outside, "entry", "entries"))
		for i, call := range s.Calls {
			if i == mostListed {
				fmt.Fprintf(&b, "  and %d calls more\n", len(s.Calls)-i)
				break
			}
			fmt.Fprintf(&b, "%6d  %s %s\n", s.Times[call], call.Method, call.Path)
		}
		if n := s.Times[recording.Call{}]; n > 0 {
			fmt.Fprintf(&b, "%6d  others\n", n)
		}
	}
	if len(s.Problems) > 0 {
		fmt.Fprintf(&b, "\nNot judged, or not wholly: %s\n", count(len(s.Problems), "time", "times"))
		for i, p := range s.Problems {
			if i == mostListed {
				fmt.Fprintf(&b, "  and %d more\n", len(s.Problems)-i)
				break
			}
			fmt.Fprintf(&b, "  %s\n", oneLine(p))
		}
	}
	_, _ = io.WriteString(w, b.String())
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
