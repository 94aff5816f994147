package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/fixtures/simulator"
	"github.com/ecsconform/ecsconform/fixtures/simulator/control"
	"github.com/ecsconform/ecsconform/fixtures/simulator/graph"
)

// operatorFlags are those of simulate that let somebody take hold of the simulator
// while it runs.
type operatorFlags struct {
	control   string
	hosts     []string
	snapshots string
	restore   string
}

func (f *operatorFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.control, "control", "", "serve the control API and the status page here, as 127.0.0.1:0")
	cmd.Flags().StringArrayVar(&f.hosts, "control-host", nil, "a further name under which the control API may be asked; may be repeated")
	cmd.Flags().StringVar(&f.snapshots, "snapshots", "", "folder for snapshots that the control API saves under a name")
	cmd.Flags().StringVar(&f.restore, "restore", "", "go on from this snapshot instead of a new cloud")
}

func operatorHelp() string {
	return `With --control it can be taken hold of while it runs: the line of JSON then has the address
of the control API too, here $C. Open it in a browser to see servers and jobs move. It is for
loopback: requests of web pages of other origins are refused, and so are names that
are not loopback's, unless --control-host adds them. --snapshots names the folder in which
snapshots with a name are kept.

  ecsconform simulate --control 127.0.0.1:8775 --snapshots ./snapshots
  C=http://127.0.0.1:8775

` + control.Help() + `
Every call answers with JSON, an error with {"error": why}. A single call can be made to fail
without the control API, by the request header X-Simulate-Error: Ecs.0611, or 503, or
"Ecs.0611; job" for the job that the call begins.`
}

// simulate serves a simulator, and its control API if that is asked for, until
// ctx ends.
func simulate(cmd *cobra.Command, o simulator.Options, listen string, names []string, f operatorFlags) error {
	ctx := cmd.Context()
	if f.control == "" && (f.snapshots != "" || len(f.hosts) > 0) {
		return misuse("--snapshots and --control-host are for the control API; ask for it with --control")
	}
	sim, handler, err := newSimulator(o, names)
	if err != nil {
		return err
	}
	if f.restore != "" {
		if err := restore(sim, f.restore); err != nil {
			return err
		}
	}
	l, err := listenOn(ctx, listen)
	if err != nil {
		return unjudged("listen on %s: %w; choose another address with --listen", listen, err)
	}
	if !loopback(l) {
		_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "warning: listening on %s, which others can reach\n", l.Addr())
	}
	line := struct {
		simulator.Description
		Control string `json:"control,omitempty"`
	}{Description: sim.Describe("http://" + l.Addr().String())}
	served := []served{{listener: l, handler: handler}}
	if f.control != "" {
		operated, desk, err := f.operate(ctx, sim, names)
		if err != nil {
			return errors.Join(err, l.Close())
		}
		served[0].handler = operated
		served = append(served, desk)
		line.Control = "http://" + desk.listener.Addr().String()
		if !loopback(desk.listener) {
			_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "warning: controlled from %s, which others can reach\n", desk.listener.Addr())
		}
	}
	b, err := json.Marshal(line)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s\n", b); err != nil {
		return err
	}
	return serve(ctx, served...)
}

func loopback(l net.Listener) bool {
	a, ok := l.Addr().(*net.TCPAddr)
	return !ok || a.IP.IsLoopback()
}

// restore lets the simulator go on from a file.
func restore(sim *simulator.Simulator, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return misuse("restore: %w", err)
	}
	defer f.Close()
	err = sim.Load(f)
	if errors.Is(err, graph.ErrFile) {
		return misuse("restore %s: %w", path, err)
	}
	return err
}

// operate puts a simulator under control. It returns what its clients are to ask
// from now on, and the control API with its listener.
func (f *operatorFlags) operate(ctx context.Context, sim *simulator.Simulator, names []string) (http.Handler, served, error) {
	o := control.Options{Simulator: sim, Faults: names, Hosts: f.hosts}
	if f.snapshots != "" {
		if err := os.MkdirAll(f.snapshots, 0o700); err != nil {
			return nil, served{}, misuse("folder for snapshots: %w", err)
		}
		root, err := os.OpenRoot(f.snapshots)
		if err != nil {
			return nil, served{}, misuse("folder for snapshots: %w", err)
		}
		o.Snapshots = root
	}
	c, err := control.New(o)
	if err != nil {
		return nil, served{}, misuse("control: %w", err)
	}
	l, err := listenOn(ctx, f.control)
	if err != nil {
		return nil, served{}, unjudged("listen on %s: %w; choose another address with --control", f.control, err)
	}
	if !loopback(l) && len(f.hosts) == 0 {
		return nil, served{}, errors.Join(l.Close(), misuse(
			"--control %s can be reached by others, and whoever reaches it can do anything; if that is meant, name the host with --control-host", f.control))
	}
	return c, served{listener: l, handler: c.API(), endless: true}, nil
}

// served is a listener and who answers there.
type served struct {
	listener net.Listener
	handler  http.Handler
	// endless answers end only when they are told to.
	endless bool
}

// grace is how long requests have to finish when the process is asked to end.
const grace = 5 * time.Second

// serve answers until ctx ends, then lets running requests finish.
func serve(ctx context.Context, all ...served) error {
	done := make(chan error, len(all))
	var servers []*http.Server
	for _, one := range all {
		server := &http.Server{Handler: one.handler, ReadHeaderTimeout: 10 * time.Second}
		if one.endless {
			server.BaseContext = func(net.Listener) context.Context { return ctx }
		}
		servers = append(servers, server)
		go func() { done <- server.Serve(one.listener) }()
	}
	var err error
	select {
	case err = <-done:
		err = unjudged("serve: %w", err)
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	for _, server := range servers {
		if e := server.Shutdown(end); e != nil && !errors.Is(e, context.DeadlineExceeded) {
			err = errors.Join(err, unjudged("stop serving: %w", e))
		}
	}
	return err
}
