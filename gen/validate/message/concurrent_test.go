package message_test

import (
	"reflect"
	"sync"
	"testing"

	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// TestConcurrentUse: one validator serves many goroutines, and what one learns about
// the order of members does not change what another finds.
func TestConcurrentUse(t *testing.T) {
	v := compiled.New()
	list, err := places()
	if err != nil {
		t.Fatal(err)
	}
	var bodies [][]byte
	for _, s := range sample.Bodies()[:3] {
		bodies = append(bodies, sample.JSON(s.Value))
	}
	bodies = append(bodies, sample.Break(bodies[2]), []byte(`{"unheard":{"of":[1,{"a":1,"a":2}]},"server":7`))
	want := map[int][]validate.Finding{}
	for k, p := range list {
		want[k] = p.judge(compiled.New(), bodies[k%len(bodies)])
	}
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for n := range list {
				k := (n + worker*37) % len(list)
				if got := list[k].judge(v, bodies[k%len(bodies)]); !reflect.DeepEqual(got, want[k]) {
					t.Errorf("%s: %+v, alone %+v", list[k].op.ID, got, want[k])
				}
			}
		}()
	}
	wait.Wait()
}
