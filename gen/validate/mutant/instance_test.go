package mutant

import (
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// verdict is what a validator finds in one body of the contract.
func verdict(v validate.Validator, b Body, body []byte, version microversion.Version) []validate.Finding {
	m := &validate.Message{Status: b.Status, Header: headers(b), Body: body}
	if b.Response == nil {
		return v.Request(&contract.Operation{ID: b.Operation.ID}, m, validate.Options{Version: version})
	}
	return v.Response(&contract.Operation{ID: b.Operation.ID}, m, validate.Options{Version: version})
}

func headers(b Body) http.Header {
	return http.Header{"Content-Type": {"application/json"}}
}

// TestInstancesKeepTheContract: an instance, made by reading the model alone, has
// nothing wrong with its body.
func TestInstancesKeepTheContract(t *testing.T) {
	c, err := Contract()
	if err != nil {
		t.Fatal(err)
	}
	v := compiled.New()
	made := 0
	for _, wanted := range []string{"2.1", "2.26", "2.60"} {
		for _, b := range Bodies(c, microversion.MustParse(wanted)) {
			for seed := range uint64(12) {
				m := &Maker{Rand: rand.New(rand.NewPCG(seed, 1)), Version: b.Version, Full: seed == 0}
				value, err := m.Instance(b.Schema)
				if err != nil {
					t.Errorf("%s: %v", b.Name(), err)
					break
				}
				body := sample.JSON(value)
				made++
				for _, f := range bodyFindings(verdict(v, b, body, b.Version)) {
					t.Errorf("%s at %s: %s\n%+v", b.Name(), b.Version, body, f)
				}
			}
		}
	}
	t.Logf("%d instances", made)
}

// bodyFindings leaves out what is said of other parts of the message.
func bodyFindings(list []validate.Finding) (out []validate.Finding) {
	for _, f := range list {
		if f.Pointer == "" || f.Pointer[0] == '/' {
			out = append(out, f)
		}
	}
	return out
}
