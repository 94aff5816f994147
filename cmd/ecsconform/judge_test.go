package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/conformance/recording"
	"github.com/ecsconform/ecsconform/gen/validate"
)

var updateGolden = flag.Bool("update", false, "write the golden files of judge anew")

const mixedHAR = "../../conformance/recording/testdata/mixed.har"

// judged runs the judge as a command line would.
func judged(t *testing.T, in string, args ...string) result {
	t.Helper()
	var out, errOut bytes.Buffer
	code := execute(t.Context(), append([]string{"judge"}, args...), streams{strings.NewReader(in), &out, &errOut})
	return result{code, out.String(), errOut.String()}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *updateGolden {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; read the difference, then go test ./cmd/ecsconform -run Judge -update\n%s", file, got)
	}
}

func TestJudgePrintsATable(t *testing.T) {
	r := judged(t, "", mixedHAR, "--base", "/compute", "--base", "https://iam.example.com/identity").mustExit(t, exitDiffers)
	golden(t, "judge-table.golden", r.out)
	if r.err != "" {
		t.Errorf("on standard error: %s", r.err)
	}
}

func TestJudgePrintsOneObjectALine(t *testing.T) {
	har, err := os.ReadFile(mixedHAR)
	if err != nil {
		t.Fatal(err)
	}
	r := judged(t, string(har), "-", "--base", "/compute", "--base", "/identity", "--format", "jsonl").mustExit(t, exitDiffers)
	golden(t, "judge-jsonl.golden", r.out)
	r.mustSay(t, "17 entries, 12 judged", "Outside of the contract")
	lines := bufio.NewScanner(strings.NewReader(r.out))
	n := 0
	for lines.Scan() {
		n++
		var f map[string]any
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		for _, name := range []string{"entry", "operation", "direction", "severity", "class", "pointer", "message", "source", "ruling"} {
			if _, ok := f[name]; !ok {
				t.Errorf("no member %s in %s", name, lines.Text())
			}
		}
		if !slices.Contains([]any{"request", "response"}, f["direction"]) || !slices.Contains([]any{"violation", "deviation", "note"}, f["severity"]) {
			t.Errorf("%s", lines.Text())
		}
	}
	if n == 0 {
		t.Error("no line at all")
	}
}

func TestJudgeExitStatus(t *testing.T) {
	const good = `{"log":{"entries":[{"request":{"method":"GET","url":"http://h/v2.1/p/servers"},"response":{"status":200,"content":{"mimeType":"application/json","text":"{\"servers\":[]}"}}}`
	const bad = `,{"request":{"method":"GET","url":"http://h/v2.1/p/servers"},"response":{"status":200,"content":{"mimeType":"application/json","text":"{\"servers\":7}"}}}`
	const end = `]}}`
	for name, row := range map[string]struct {
		in   string
		args []string
		code int
		says string
	}{
		"good":               {good + end, []string{"-"}, exitConforms, "1 entry, 1 judged: 0 violations"},
		"bad":                {good + bad + end, []string{"-"}, exitDiffers, "1 violation"},
		"cut":                {good + bad, []string{"-"}, exitUnjudged, "judged 2 entries before that"},
		"cut after good":     {good, []string{"-"}, exitUnjudged, "the recording is broken"},
		"outside only":       {good + end, []string{"-", "--base", "/x"}, exitConforms, "1 judged"},
		"nothing of ours":    {`{"log":{"entries":[{"request":{"method":"GET","url":"http://h/a/b"},"response":{"status":200}}]}}`, []string{"-"}, exitUnjudged, "does --base fit"},
		"no entries":         {`{"log":{"entries":[]}}`, []string{"-"}, exitUnjudged, "nothing in the recording"},
		"no recording":       {"hello", []string{"-"}, exitUnjudged, "no HAR recording"},
		"no file":            {"", []string{"no-such-file.har"}, exitMisuse, "no-such-file.har"},
		"no argument":        {"", nil, exitMisuse, "accepts 1 arg"},
		"odd format":         {good + end, []string{"-", "--format", "xml"}, exitMisuse, "--format is table or jsonl"},
		"odd version":        {good + end, []string{"-", "--microversion", "two"}, exitMisuse, "--microversion"},
		"unknown profile":    {good + end, []string{"-", "--profile", "nova-comunity"}, exitMisuse, "nova-community"},
		"odd base":           {good + end, []string{"-", "--base", "compute"}, exitMisuse, "--base"},
		"another version":    {good + end, []string{"-", "--microversion", "2.26"}, exitConforms, "1 judged"},
		"a profile":          {good + end, []string{"-", "--profile", "nova-community"}, exitConforms, "1 judged"},
		"directory as input": {"", []string{"."}, exitUnjudged, "directory"},
	} {
		t.Run(name, func(t *testing.T) {
			judged(t, row.in, row.args...).mustExit(t, row.code).mustSay(t, row.says)
		})
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestJudgeSaysThatItCannotPrint(t *testing.T) {
	for _, format := range []string{"table", "jsonl"} {
		var errOut bytes.Buffer
		code := execute(t.Context(), []string{"judge", mixedHAR, "--base", "/compute", "--format", format}, streams{strings.NewReader(""), fullDisk{}, &errOut})
		if code != exitUnjudged || !strings.Contains(errOut.String(), "print the findings") {
			t.Errorf("%s: exit status %d: %s", format, code, errOut.String())
		}
	}
}

// A recording with ever new findings must not ask for ever more memory, and none may be lost.
func TestJudgeHoldsSoManyRowsOnly(t *testing.T) {
	var out bytes.Buffer
	w := newFindingWriter(&out, "table")
	for i := range 2*rowsAtOnce + 1 {
		for _, place := range []string{"0", "17"} { // alike
			f := recording.Finding{Entry: i}
			f.Operation, f.Severity, f.Pointer, f.Message = "nova.ListServers", validate.Violation, fmt.Sprintf("/x%d/%s/id", i, place), fmt.Sprintf("finding %d.", i)
			if err := w.write(f); err != nil {
				t.Fatal(err)
			}
			if len(w.table) > rowsAtOnce || len(w.rows) > rowsAtOnce {
				t.Fatalf("%d rows are held", len(w.table))
			}
		}
	}
	if err := w.flush(); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "TIMES"); n != 3 {
		t.Errorf("%d tables, want 3", n)
	}
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")
	for i, at := 0, 0; i <= 2*rowsAtOnce; i, at = i+1, at+1 {
		if strings.HasPrefix(rows[at], "TIMES") {
			at++
		}
		if !strings.HasPrefix(rows[at], "2 ") || !strings.HasSuffix(rows[at], fmt.Sprintf("finding %d.", i)) {
			t.Fatalf("row %d: %s", i, rows[at])
		}
	}
}
