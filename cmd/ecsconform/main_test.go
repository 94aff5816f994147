package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ecsconform/ecsconform/conformance/report"
)

// The tests run the tool as its users do: as a process of its own. The test
// binary is that tool when asEcsconform is set.
const asEcsconform = "ECSCONFORM_TEST_AS_TOOL"

func TestMain(m *testing.M) {
	if os.Getenv(asEcsconform) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// tool is a command line of the tool in a fresh directory.
func tool(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asEcsconform+"=1", "NO_COLOR=1")
	return cmd
}

// result is how a command ended.
type result struct {
	code     int
	out, err string
}

func runTool(t *testing.T, dir string, args ...string) result {
	t.Helper()
	cmd := tool(t, dir, args...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatalf("start the tool: %v", err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errOut.String()}
}

func (r result) mustExit(t *testing.T, code int) result {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit status %d, want %d\n%s%s", r.code, code, r.out, r.err)
	}
	return r
}

func (r result) mustSay(t *testing.T, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(r.out+r.err, w) {
			t.Errorf("the output does not say %q:\n%s%s", w, r.out, r.err)
		}
	}
}

func readResult(t *testing.T, path string) report.Result {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := report.ReadJSON(f)
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	return r
}

// cloud is a simulator in a process of its own.
type cloud struct {
	Endpoint  string `json:"endpoint"`
	ProjectID string `json:"project_id"`
	Project   string `json:"project"`
	Domain    string `json:"domain"`
	Region    string `json:"region"`
	User      string `json:"user"`
	Password  string `json:"password"`
	AK        string `json:"ak"`
	SK        string `json:"sk"`
	Image     string `json:"image"`
	Flavor    string `json:"flavor"`
	FlavorAlt string `json:"flavor_alt"`
	VPC       string `json:"vpc"`
	Subnet    string `json:"subnet"`
	Network   string `json:"network"`
}

func startCloud(t *testing.T, args ...string) cloud {
	t.Helper()
	// It outlives the test's context: its end is asked for below, and must be a good one.
	cmd := exec.Command(os.Args[0], append([]string{"simulate"}, args...)...)
	cmd.Env = append(os.Environ(), asEcsconform+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the simulator ended badly: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatalf("read the simulator's line: %v", err)
	}
	var c cloud
	if err := json.Unmarshal(line, &c); err != nil {
		t.Fatalf("the simulator's line %s: %v", line, err)
	}
	return c
}

// endpointFile describes c, with the password in a file beside it.
func endpointFile(t *testing.T, dir string, c cloud, changes ...string) string {
	t.Helper()
	text := fmt.Sprintf(`profile: ecs
region: %s
domain: %s
project: {name: %s, id: %s}
apis: {iam: %q, ecs: %q, nova: %q}
credentials:
  user: %s
  password: {file: %s}
  access_key: {env: TEST_AK}
  secret_key: {env: TEST_SK}
resources: {image: %s, flavor: %s, flavor_alt: %s, vpc: %s, subnet: %s, network: %s}
limits: {servers: 8, volumes: 8, minutes: 5}
`, c.Region, c.Domain, c.Project, c.ProjectID, c.Endpoint, c.Endpoint, c.Endpoint, c.User, filepath.Join(dir, "password"),
		c.Image, c.Flavor, c.FlavorAlt, c.VPC, c.Subnet, c.Network)
	for i := 0; i+1 < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("the endpoint file has no %q", changes[i])
		}
		text = strings.ReplaceAll(text, changes[i], changes[i+1])
	}
	path := filepath.Join(dir, "endpoint.yaml")
	for name, content := range map[string]string{path: text, filepath.Join(dir, "password"): c.Password + "\n"} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("TEST_AK", c.AK)
	t.Setenv("TEST_SK", c.SK)
	return path
}

func TestTheSimulatorConforms(t *testing.T) {
	dir := t.TempDir()
	r := runTool(t, dir, "run", "--simulator", "--seed", "7").mustExit(t, exitConforms)
	r.mustSay(t, "report/index.html", "report/result.json", "report/junit.xml", "exit status 0")
	for _, name := range []string{"index.html", "junit.xml"} {
		if info, err := os.Stat(filepath.Join(dir, "report", name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	got := readResult(t, filepath.Join(dir, "report/result.json"))
	if got.Footer.Verdict != report.Pass || got.Header.Seed != 7 || len(got.Checks) == 0 {
		t.Errorf("verdict %s, seed %d, %d checks", got.Footer.Verdict, got.Header.Seed, len(got.Checks))
	}
}

func TestAFaultIsFound(t *testing.T) {
	r := runTool(t, t.TempDir(), "run", "--simulator", "--fault", "lock_does_not_refuse", "--check", "lifecycle.lock.*")
	r.mustExit(t, exitDiffers).mustSay(t, "lifecycle.lock.refuses-delete", "does not conform", "exit status 1")
}

func TestAnEndpointThatCannotBeJudged(t *testing.T) {
	live := startCloud(t)
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprint(w, "<html><title>Welcome</title></html>")
	}))
	t.Cleanup(html.Close)
	tls := httptest.NewTLSServer(html.Config.Handler)
	t.Cleanup(tls.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()

	for name, c := range map[string]struct {
		changes []string
		says    []string
	}{
		"down":                  {[]string{live.Endpoint, gone.URL}, []string{"refused"}},
		"bad certificate":       {[]string{live.Endpoint, tls.URL}, []string{"certificate"}},
		"HTML":                  {[]string{live.Endpoint, html.URL}, []string{"HTML"}},
		"rejected credentials":  {[]string{"user: " + live.User, "user: nobody"}, []string{"credentials"}},
		"project nobody knows":  {[]string{"name: " + live.Project + ", id: " + live.ProjectID, "name: elsewhere"}, []string{"project"}},
		"TLS against plain TCP": {[]string{"http://", "https://"}, []string{"TLS"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := endpointFile(t, dir, live, c.changes...)
			r := runTool(t, dir, "run", "--endpoint", file).mustExit(t, exitUnjudged)
			r.mustSay(t, c.says...)
			got := readResult(t, filepath.Join(dir, "report/result.json"))
			if got.Footer.Verdict != report.Error || got.Footer.Reason == "" || got.Footer.Counts[report.Pass] != 0 {
				t.Errorf("verdict %s because %q, counts %v", got.Footer.Verdict, got.Footer.Reason, got.Footer.Counts)
			}
		})
	}
	if n := servers(t, live); n != 0 {
		t.Errorf("%d servers are left behind", n)
	}
}

// ask sends a request with a fresh token and returns the answer.
func ask(t *testing.T, c cloud, path string) []byte {
	t.Helper()
	body := fmt.Sprintf(`{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":%q,"password":%q,"domain":{"name":%q}}}},
		"scope":{"project":{"name":%q,"domain":{"name":%q}}}}}`, c.User, c.Password, c.Domain, c.Project, c.Domain)
	send := func(method, path, token, body string) (*http.Response, []byte) {
		req, err := http.NewRequestWithContext(t.Context(), method, c.Endpoint+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		if token != "" {
			req.Header.Set("X-Auth-Token", token)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var out bytes.Buffer
		if _, err := out.ReadFrom(resp.Body); err != nil {
			t.Fatal(err)
		}
		return resp, out.Bytes()
	}
	resp, answer := send(http.MethodPost, "/v3/auth/tokens", "", body)
	if resp.StatusCode != http.StatusCreated {
		t.Fatalf("no token: %d %s", resp.StatusCode, answer)
	}
	resp, answer = send(http.MethodGet, path, resp.Header.Get("X-Subject-Token"), "")
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %d %s", path, resp.StatusCode, answer)
	}
	return answer
}

func servers(t *testing.T, c cloud) int {
	t.Helper()
	var list struct {
		Servers []json.RawMessage `json:"servers"`
	}
	if err := json.Unmarshal(ask(t, c, "/v2.1/"+c.ProjectID+"/servers"), &list); err != nil {
		t.Fatal(err)
	}
	return len(list.Servers)
}

// startRun starts a run and waits until it has created something.
func startRun(t *testing.T, dir, file string) (cmd *exec.Cmd, ended chan error) {
	t.Helper()
	cmd = tool(t, dir, "run", "--endpoint", file, "--seed", "3")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended = make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	ledger := filepath.Join(dir, ".ecsconform/ledger.jsonl")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		text, err := os.ReadFile(ledger)
		if err == nil && bytes.Contains(text, []byte(`"created"`)) {
			return cmd, ended
		}
		select {
		case err := <-ended:
			t.Fatalf("the run ended before it created anything: %v", err)
		case <-ctx.Done():
			t.Fatalf("nothing was created within 30 seconds; the ledger holds: %s", text)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func TestSweepAfterAKill(t *testing.T) {
	// At the pace of the clock a server takes a while, so the kill meets one.
	c := startCloud(t, "--pace", "5")
	dir := t.TempDir()
	file := endpointFile(t, dir, c)
	cmd, ended := startRun(t, dir, file)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Fatal("the killed run ended well")
	}
	if servers(t, c) == 0 {
		t.Fatal("the killed run left nothing: the test proves nothing")
	}
	f, err := os.Open(filepath.Join(dir, "report/result.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := report.ReadJSON(f); err == nil {
		t.Error("the result of a killed run reads like a whole one")
	}
	runTool(t, dir, "sweep", "--endpoint", file, "--dry-run").mustSay(t, "would be removed")
	if servers(t, c) == 0 {
		t.Fatal("the dry run removed something")
	}
	runTool(t, dir, "sweep", "--endpoint", file).mustExit(t, exitConforms).mustSay(t, "removed")
	if n := servers(t, c); n != 0 {
		t.Errorf("%d servers are left after the sweep", n)
	}
	runTool(t, dir, "sweep", "--endpoint", file).mustExit(t, exitConforms).mustSay(t, "nothing that is not removed")
}

func TestInterruptCleansUp(t *testing.T) {
	c := startCloud(t, "--pace", "20")
	dir := t.TempDir()
	file := endpointFile(t, dir, c)
	cmd, ended := startRun(t, dir, file)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Error("the interrupted run ended well")
	}
	if code := cmd.ProcessState.ExitCode(); code != exitUnjudged {
		t.Errorf("exit status %d, want %d", code, exitUnjudged)
	}
	got := readResult(t, filepath.Join(dir, "report/result.json"))
	if !got.Footer.Interrupted || got.Footer.Counts[report.NotRun] == 0 {
		t.Errorf("interrupted %v, counts %v", got.Footer.Interrupted, got.Footer.Counts)
	}
	if n := servers(t, c); n != 0 {
		t.Errorf("%d servers are left behind", n)
	}
}

func TestSecretsStayAtHome(t *testing.T) {
	c := startCloud(t)
	for name, changes := range map[string][]string{
		"token":     nil,
		"signature": {"  user: " + c.User + "\n", "", "  password: {file: ", "  # {file: "},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := endpointFile(t, dir, c, changes...)
			r := runTool(t, dir, "run", "--endpoint", file, "--check", "lifecycle.create.*", "--check", "lifecycle.ecs-create.*")
			r.mustExit(t, exitConforms)
			texts := map[string]string{"the output": r.out + r.err}
			err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() || d.Name() == "password" {
					return err
				}
				text, err := os.ReadFile(path)
				texts[path] = string(text)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(texts) < 6 { // output, endpoint file, ledger, three views
				t.Fatalf("looked at too little: %d texts", len(texts))
			}
			for where, text := range texts {
				for _, s := range []string{c.Password, c.SK} {
					if strings.Contains(text, s) {
						t.Errorf("%s holds a secret", where)
					}
				}
			}
			// What the endpoint makes up is as secret: the passwords of new servers.
			if !strings.Contains(texts[filepath.Join(dir, "report/result.json")], "adminPass") {
				t.Error("no exchange with a password was recorded: the test proves nothing")
			}
			for _, text := range texts {
				for _, m := range adminPass.FindAllStringSubmatch(text, -1) {
					if !strings.HasPrefix(m[1], "***") {
						t.Errorf("a password of a server is shown: %s", m[0])
					}
				}
			}
		})
	}
}

var adminPass = regexp.MustCompile(`adminPass\\*"\s*:\s*\\*"([^"\\]*)`)

func TestAReportThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "report"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	runTool(t, dir, "run", "--simulator").mustExit(t, exitUnjudged).mustSay(t, "report", "--report")
}

func TestMisuse(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		args string
		says string
	}{
		{"run", "--simulator, or --endpoint FILE"},
		{"run --simulator --endpoint x", "simulator endpoint"},
		{"run --simulator --check lifecycle.stop.hrad", "lifecycle.stop.hard"},
		{"run --simulator --family livecycle", "lifecycle"},
		{"run --simulator --profile nova-comunity", "nova-community"},
		{"run --simulator --microversions 2.5..2.1", "comes after"},
		{"run --simulator --microversions two", "2.26"},
		{"run --simulator --exclude lifecycle.stop.hard", "ID=REASON"},
		{"run --simulator --format xml", "jsonl"},
		{"run --simulator --fault nothing_broken", "list faults"},
		{"run --endpoint absent.yaml", "absent.yaml"},
		{"run --endpoint absent.yaml --fault lock_does_not_refuse", "--simulator"},
		{"sweep", "--endpoint FILE"},
		{"list requirements --source ecs5", "ecs 5.1.1"},
		{"list checks --format xml", "json"},
		{"unheard-of", "unknown command"},
	} {
		t.Run(c.args, func(t *testing.T) {
			runTool(t, dir, strings.Fields(c.args)...).mustExit(t, exitMisuse).mustSay(t, c.says)
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "report")); err == nil {
		t.Error("a run that could not begin left a report folder")
	}
}

func TestListIsJSON(t *testing.T) {
	for _, l := range listings() {
		t.Run(l.name, func(t *testing.T) {
			r := runTool(t, t.TempDir(), "list", l.name, "--format", "json").mustExit(t, exitConforms)
			var values []map[string]any
			if err := json.Unmarshal([]byte(r.out), &values); err != nil || len(values) == 0 {
				t.Errorf("%d values: %v", len(values), err)
			}
		})
	}
	runTool(t, t.TempDir(), "list", "requirements", "--source", "ecs 6.3.4").mustExit(t, exitConforms).mustSay(t, "ECS-6.3.4-locks")
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		source, place string
		want          bool
	}{
		{"ecs 5.1.1 table 5-3", "ecs", true},
		{"ecs 5.1.1 table 5-3", "ecs 5.1", true},
		{"ecs 5.1.1 table 5-3", "ecs 5.1.1 table 5-3", true},
		{"ecs 5.1.1 table 5-30", "ecs 5.1.1 table 5-3", false},
		{"ecs 5.10.1", "ecs 5.1", false},
		{"ecs 5.1", "ecs 5.1.1", false},
	} {
		if got := within(c.source, c.place); got != c.want {
			t.Errorf("within(%q, %q) is %v", c.source, c.place, got)
		}
	}
}
