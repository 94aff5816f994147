package suite

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

func TestExitStatus(t *testing.T) {
	ended := func(exit int) report.Result { return report.Result{Footer: &report.Footer{Exit: exit}} }
	for name, c := range map[string]struct {
		result report.Result
		err    error
		want   int
	}{
		"conforms":          {ended(0), nil, 0},
		"does not":          {ended(1), nil, 1},
		"could not judge":   {ended(3), nil, 3},
		"nothing selected":  {report.Result{}, fmt.Errorf("x: %w", check.ErrNoChecksSelected), 2},
		"exclusion":         {report.Result{}, errors.New("the exclusion of a needs a reason"), 2},
		"broken catalogue":  {report.Result{}, fmt.Errorf("%w: x", ErrCatalogue), 3},
		"second run":        {report.Result{}, ErrRunTwice, 3},
		"unwritable report": {ended(0), errors.New("no space left"), 3},
		"no footer":         {report.Result{}, nil, 3},
	} {
		if got := ExitStatus(c.result, c.err); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

func TestOffer(t *testing.T) {
	full := target.Config{
		Profile:     "ecs",
		Credentials: target.Credentials{User: "u", Password: target.Hidden("p", ""), AccessKey: target.Hidden("a", ""), SecretKey: target.Hidden("s", "")},
		Resources:   target.Resources{Image: "i", Flavor: "f", FlavorAlt: "g", VPC: "v", Subnet: "s", Network: "n", AvailabilityZone: "z"},
		Limits:      target.Limits{Servers: 4},
	}
	o := Offer(full)
	for _, n := range []check.Need{check.IAM, check.ECS, check.Nova, check.Image, check.Flavor, check.SecondFlavor, check.VPC, check.Network, check.Zone, check.AccessKey, check.Password} {
		if !o.Has[n] {
			t.Errorf("a full endpoint file does not offer %s", n)
		}
	}
	if o.Servers != 4 || o.Profile != "ecs" {
		t.Errorf("the offer is %+v", o)
	}

	bare := Offer(target.Config{Profile: "nova-community", Resources: target.Resources{VPC: "v"}, Credentials: target.Credentials{User: "u"}})
	for n, offered := range bare.Has {
		if offered != (n == check.IAM || n == check.Nova) {
			t.Errorf("a bare endpoint file of nova-community: %s is %t", n, offered)
		}
	}
	if !strings.Contains(strings.Join(bare.Rulings, " "), "R-239") {
		t.Errorf("nova-community states %v, without R-239", bare.Rulings)
	}
}

func TestWordsForGinkgo(t *testing.T) {
	for want, r := range map[string]microversion.Range{
		"": {}, ">= 2.9.0": microversion.Since("2.9"), "<= 2.37.0": microversion.Until("2.37"), ">= 2.3.0, <= 2.35.0": microversion.Between("2.3", "2.35"),
	} {
		if got := semver(r); got != want {
			t.Errorf("%s: got %q, want %q", r, got, want)
		}
	}
	c := check.Check{Decl: check.Decl{ID: "a.b.c", Level: check.Must, Needs: []check.Need{check.Nova}, Labels: []string{"needs: a (quiet) project"}}}
	if got := strings.Join(labels(c), "|"); got != "a|must|nova|needs- a -quiet- project" {
		t.Errorf("labels are %q", got)
	}
}
