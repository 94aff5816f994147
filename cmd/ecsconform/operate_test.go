package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// operated is a simulator in a process of its own, with its control API.
type operated struct {
	cloud
	Control string `json:"control"`
	cmd     *exec.Cmd
	lines   *bufio.Reader
}

func startOperated(t *testing.T, args ...string) *operated {
	t.Helper()
	o := &operated{cmd: exec.Command(os.Args[0], append([]string{"simulate", "--control", "127.0.0.1:0"}, args...)...)}
	o.cmd.Env = append(os.Environ(), asEcsconform+"=1")
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var complaints bytes.Buffer
	o.cmd.Stderr = &complaints
	if err := o.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.cmd.Process.Kill() })
	o.lines = bufio.NewReader(out)
	line, err := o.lines.ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, complaints.String())
	}
	if err := json.Unmarshal([]byte(line), o); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	return o
}

// stop asks the process to end, and says how long that took.
func (o *operated) stop(t *testing.T) time.Duration {
	t.Helper()
	start := time.Now()
	if err := o.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := o.cmd.Wait(); err != nil {
		t.Errorf("the simulator did not end well: %v", err)
	}
	return time.Since(start)
}

func send(t *testing.T, method, url, token, body string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Auth-Token", token)
	r.Header.Set("Content-Type", "application/json")
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	b, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.StatusCode, w.Header, string(b)
}

func TestASnapshotOutlivesItsProcess(t *testing.T) {
	dir := t.TempDir()
	first := startOperated(t, "--snapshots", filepath.Join(dir, "kept"))
	_, h, _ := send(t, "POST", first.Endpoint+"/v3/auth/tokens", "", fmt.Sprintf(`{"auth":{"identity":{"methods":["password"],
		"password":{"user":{"name":%q,"password":%q,"domain":{"name":%q}}}},"scope":{"project":{"name":%q}}}}`,
		first.User, first.Password, first.Domain, first.Project))
	token := h.Get("X-Subject-Token")
	status, _, body := send(t, "POST", first.Endpoint+"/v2.1/"+first.ProjectID+"/servers", token,
		fmt.Sprintf(`{"server":{"name":"lasting","flavorRef":%q,"imageRef":%q,"networks":[{"uuid":%q}]}}`, first.Flavor, first.Image, first.Network))
	if status != http.StatusAccepted {
		t.Fatalf("%d %s", status, body)
	}
	if status, _, body := send(t, "PUT", first.Control+"/snapshots/one", "", ""); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	first.stop(t)

	second := startOperated(t, "--seed", "5", "--restore", filepath.Join(dir, "kept", "one.snapshot"))
	if second.Password != first.Password {
		t.Error("the line of JSON is not that of the restored cloud")
	}
	states := []string{}
	for range 10 {
		_, _, body := send(t, "GET", second.Endpoint+"/v2.1/"+first.ProjectID+"/servers/detail?name=lasting", token, "")
		var list struct {
			Servers []struct{ Status string }
		}
		if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Servers) != 1 {
			t.Fatalf("%v: %s", err, body)
		}
		states = append(states, list.Servers[0].Status)
	}
	if states[0] != "BUILD" || states[9] != "ACTIVE" {
		t.Errorf("it did not go on: %v", states)
	}
	second.stop(t)
}

func TestItEndsAtOnceWhileAPageIsOpen(t *testing.T) {
	o := startOperated(t)
	r, err := http.Get(o.Control + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if _, err := r.Body.Read(make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	if took := o.stop(t); took > grace/2 {
		t.Errorf("it took %s", took)
	}
}

func TestWrongWaysToOperate(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.snapshot")
	if err := os.WriteFile(bad, []byte("hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--restore", bad}, "bad.snapshot: load a cloud: not a good file: line 1"},
		{[]string{"--restore", filepath.Join(dir, "none")}, "no such file"},
		{[]string{"--control", "0.0.0.0:0"}, "can be reached by others"},
		{[]string{"--snapshots", dir}, "ask for it with --control"},
		{[]string{"--control", "127.0.0.1:0", "--snapshots", bad}, "folder for snapshots"},
		{[]string{"--control", "127.0.0.1:0", "--fault", "nope"}, `no fault "nope"`},
	} {
		runTool(t, dir, append([]string{"simulate"}, c.args...)...).mustExit(t, exitMisuse).mustSay(t, c.says)
	}
}
