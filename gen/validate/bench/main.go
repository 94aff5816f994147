// Command bench measures the compiled validators beside their peers and prints
// ratios. All contenders take turns in short slices, so that a noisy machine is
// equally noisy to all; what is printed is the median of the ratios of one round.
//
//	go run . -rounds 41
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 31, "how many rounds to take the median of")
	slice := flag.Duration("slice", 2*time.Millisecond, "how long a contender runs in a round, at least")
	only := flag.String("body", "", "measure only bodies whose name contains this")
	few := flag.Bool("few", false, "leave the slow peers out")
	onWall := flag.Bool("wall", false, "measure time on the wall instead of processor time")
	flag.Parse()
	clock := processor
	if *onWall {
		clock = wall()
	}
	if err := run(*rounds, *slice, *only, *few, clock); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rounds int, slice time.Duration, only string, few bool, clock func() time.Duration) error {
	bodies, err := bodies()
	if err != nil {
		return err
	}
	peers, err := newPeers()
	if err != nil {
		return err
	}
	var results []result
	for _, b := range bodies {
		if !strings.Contains(b.Name, only) {
			continue
		}
		c, err := peers.contenders(b, few)
		if err != nil {
			return fmt.Errorf("%s: %w", b.Name, err)
		}
		results = append(results, measure(b, c, rounds, slice, clock))
	}
	fmt.Printf("%s, %s/%s, %d rounds, slices of %s; medians of the ratios of one round\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, rounds, slice)
	printSizes(results)
	for _, base := range bases {
		printRatios(results, base)
	}
	printWithin(results)
	return nil
}
