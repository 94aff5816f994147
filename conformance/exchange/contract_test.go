package exchange

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/spec"
)

// What the contract calls secret is secret by name, without anybody telling the
// redactor: a forgotten option must not leak.
func TestWhatTheContractCallsSecretIsRemoved(t *testing.T) {
	files, err := spec.Load(spec.Files())
	if err != nil {
		t.Fatal(err)
	}
	r := NewRedactor()
	found := 0
	for _, f := range files {
		if f.Root == nil || !strings.HasPrefix(f.Name, "openapi/") {
			continue
		}
		secrets(f.Root, "", func(name string) {
			found++
			_, member := r.label(name)
			_, header := r.headerLabel(name)
			if !member && !header {
				t.Errorf("%s: %s is x-secret and stays in messages", f.Name, name)
			}
		})
	}
	if found < 5 {
		t.Fatalf("only %d secrets found: the search is broken", found)
	}
}

// secrets calls f with the key under which an x-secret schema stands, or with the
// name of an x-secret parameter.
func secrets(n *yaml.Node, key string, f func(name string)) {
	if n.Kind == yaml.MappingNode {
		name := ""
		secret := false
		for i := 0; i+1 < len(n.Content); i += 2 {
			switch n.Content[i].Value {
			case "x-secret":
				secret = n.Content[i+1].Value == "true"
			case "name":
				name = n.Content[i+1].Value
			}
		}
		if secret {
			if name == "" || key != "" && !strings.Contains(key, "Parameter") {
				name = key
			}
			f(name)
		}
	}
	for i, c := range n.Content {
		k := key
		if n.Kind == yaml.MappingNode {
			if i%2 == 0 {
				continue
			}
			k = n.Content[i-1].Value
		}
		secrets(c, k, f)
	}
}
