package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// contender is one way to read a body. It returns whether it found the body good.
type contender struct {
	name string
	run  func() bool
	// litters says that it allocates memory.
	litters bool
}

// bases are the contenders that others are divided by.
var bases = []string{"openapi3filter", "json.Valid", "jsontext token loop", "sonic.Valid"}

const (
	ours     = "ecsconform"
	inPieces = "ecsconform, in pieces of 32 KiB"
)

// result are the times of one body: nanoseconds per body by contender and round.
type result struct {
	name  string
	bytes int
	names []string
	times map[string][]float64
}

func measure(b body, contenders []contender, rounds int, slice time.Duration, clock func() time.Duration) result {
	r := result{name: b.Name, bytes: len(b.message.Body), times: map[string][]float64{}}
	loops := map[string]int{}
	for _, c := range contenders {
		r.names = append(r.names, c.name)
		loops[c.name] = calibrate(c, slice, clock)
	}
	for round := range rounds {
		for k := range contenders {
			// Each has each neighbour in turn.
			c := contenders[(k+round)%len(contenders)]
			n := loops[c.name]
			began := clock()
			for range n {
				c.run()
			}
			r.times[c.name] = append(r.times[c.name], float64((clock()-began).Nanoseconds())/float64(n))
			if c.litters {
				runtime.GC() // what it leaves is not charged to the next
			}
		}
	}
	return r
}

// processor is the processor time of the process, the collection of garbage
// included. Unlike the time on the wall it does not count what other programs take
// in between.
func processor() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		panic(err) // Linux has it
	}
	return time.Duration(t.Nano())
}

// wall is the time on the wall.
func wall() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}

// calibrate finds how often a contender runs in a slice.
func calibrate(c contender, slice time.Duration, clock func() time.Duration) int {
	for n := 1; ; n *= 2 {
		began := clock()
		for range n {
			c.run()
		}
		if took := clock() - began; took >= slice/2 {
			return max(1, int(float64(n)*float64(slice)/float64(took)))
		}
	}
}

// ratio is the median of one contender's times divided by another's of the same round.
func (r result) ratio(name, base string) (float64, bool) {
	x, y := r.times[name], r.times[base]
	if len(x) == 0 || len(y) == 0 {
		return 0, false
	}
	ratios := make([]float64, len(x))
	for i := range x {
		ratios[i] = x[i] / y[i]
	}
	return median(ratios), true
}

func median(list []float64) float64 {
	list = slices.Clone(list)
	slices.Sort(list)
	return list[len(list)/2]
}

func head(results []result, first string) {
	words := []string{first}
	for _, r := range results {
		words = append(words, r.name)
	}
	fmt.Printf("\n| %s |\n|---|%s\n", strings.Join(words, " | "), strings.Repeat("--:|", len(results)))
}

func printSizes(results []result) {
	head(results, "")
	fmt.Print("| bytes |")
	for _, r := range results {
		fmt.Printf(" %d |", r.bytes)
	}
	fmt.Print("\n| " + ours + ", MB/s of this machine now |")
	for _, r := range results {
		fmt.Printf(" %.0f |", float64(r.bytes)/median(r.times[ours])*1e3)
	}
	fmt.Println()
}

func printRatios(results []result, base string) {
	fmt.Printf("\nTime ÷ the time of %s:\n", base)
	head(results, "contender")
	var names []string
	for _, r := range results {
		for _, n := range r.names {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	for _, n := range names {
		fmt.Printf("| %s |", n)
		for _, r := range results {
			if v, ok := r.ratio(n, base); ok {
				fmt.Printf(" %s |", three(v))
			} else {
				fmt.Print(" – |")
			}
		}
		fmt.Println()
	}
}

func three(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	case v >= 1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.3f", v)
}

// printWithin compares our own bodies with each other, round by round: they are
// not interleaved with each other, so these are the noisiest numbers here.
func printWithin(results []result) {
	per := map[string]float64{}
	for _, r := range results {
		per[r.name] = median(r.times[ours])
	}
	if per["servers-25"] > 0 && per["servers-25-broken"] > 0 {
		fmt.Printf("\none violation with its pointer in 25 servers ÷ the valid body: %.2f\n", per["servers-25-broken"]/per["servers-25"])
	}
	if per["servers-25"] > 0 && per["servers-1000"] > 0 {
		fmt.Printf("time per server, 1000 ÷ 25: %.2f\n", per["servers-1000"]/1000/(per["servers-25"]/25))
	}
}
