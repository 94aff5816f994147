package lint

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/spec"
)

// The contract itself is clean.
func TestContract(t *testing.T) {
	found, err := Check(spec.Files())
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, f := range found {
		t.Error(f)
	}
}
