package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecsconform/ecsconform/fixtures/faults"
	"github.com/ecsconform/ecsconform/fixtures/simulator"
)

func simulateCommand() *cobra.Command {
	var listen string
	var seed uint64
	var roomy bool
	var pace float64
	var names []string
	var ops operatorFlags
	cmd := &cobra.Command{
		Use:   "simulate",
		Short: "Be an endpoint: a small cloud in this process",
		Long: `Answers as the documents describe the ECS and Nova APIs, with servers that move through
their states, jobs, quotas, tokens and signed requests. Once it is ready it prints one line
of JSON with all that a client needs: endpoint, project_id, user, password, ak, sk, image,
flavor, flavor_alt, vpc, subnet, network. It forgets everything when it ends, unless a
snapshot was taken.

Time is virtual: it moves by a step with each request while something is going on, so a
job of minutes ends after a few polls, and the same seed and the same requests give the
same bytes. It does not hurry for a date, like the end of an auto launch group: move it there
with the control API. --pace 1 makes it follow the wall clock instead, --pace 60 sixty times as fast.

It listens on loopback unless told otherwise; the credentials it prints are all it has
against strangers, so think before you let it listen elsewhere.

  ecsconform simulate --listen 127.0.0.1:8774 &
  ecsconform simulate --fault job_never_ends
  ecsconform simulate --restore cloud.snapshot

` + operatorHelp(),
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return simulate(cmd, simulator.Options{Seed: seed, Pace: pace, Roomy: roomy}, listen, names, ops)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:0", "address to listen on; port 0 takes a free one")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "decides every id, token and address")
	cmd.Flags().BoolVar(&roomy, "roomy", false, "no quotas, and room for a million servers in the first network")
	cmd.Flags().Float64Var(&pace, "pace", 0, "follow the wall clock, this many times as fast; 0 moves with requests")
	cmd.Flags().StringArrayVar(&names, "fault", nil, "plant this fault (see: ecsconform list faults); may be repeated")
	completeWords(cmd, "fault", faultNames)
	ops.add(cmd)
	return cmd
}

// newSimulator is a simulator, and the same behind the named faults, the first outermost.
func newSimulator(o simulator.Options, names []string) (*simulator.Simulator, http.Handler, error) {
	s, err := simulator.New(o)
	if err != nil {
		return nil, nil, exit{exitMisuse, err}
	}
	var handler http.Handler = s
	for i := len(names) - 1; i >= 0; i-- {
		f, ok := fault(names[i])
		if !ok {
			return nil, nil, misuse("there is no fault %q; see them with: ecsconform list faults", names[i])
		}
		handler = f.Wrap(handler)
	}
	return s, handler, nil
}

func fault(name string) (faults.Fault, bool) {
	for _, f := range faults.All() {
		if f.Name == name {
			return f, true
		}
	}
	return faults.Fault{}, false
}

func listenOn(ctx context.Context, address string) (net.Listener, error) {
	var lc net.ListenConfig
	if strings.HasPrefix(address, ":") {
		// No host means every interface to net; to us it means loopback.
		address = "127.0.0.1" + address
	}
	return lc.Listen(ctx, "tcp", address)
}

// startSimulator serves a simulator on a free port of loopback and returns the
// line that describes it.
func startSimulator(ctx context.Context, seed int64, names []string) (line []byte, stop func(), err error) {
	if seed <= 0 {
		seed = 1
	}
	sim, handler, err := newSimulator(simulator.Options{Seed: uint64(seed)}, names)
	if err != nil {
		return nil, nil, err
	}
	l, err := listenOn(ctx, "127.0.0.1:0")
	if err != nil {
		return nil, nil, unjudged("start the simulator: %w", err)
	}
	line, err = json.Marshal(sim.Describe("http://" + l.Addr().String()))
	if err != nil {
		return nil, nil, errors.Join(err, l.Close())
	}
	// The simulator outlives ctx: clean-up after Ctrl-C still needs it.
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(l) }()
	return line, func() { _ = server.Close() }, nil
}
