// Package export writes an API of the contract as one plain OpenAPI 3.1
// document that any tool can read: references inside the document only, action
// bodies of a path joined in one operation, on request as it stands at one
// microversion and without the contract's own extensions.
package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/generate/read"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/spec"
)

// Options shape an exported document.
type Options struct {
	// JSON writes JSON instead of YAML.
	JSON bool
	// Extensions keeps the members that begin with x-, source and rulings.
	Extensions bool
}

// APIs are the names of the APIs that can be exported.
func APIs() ([]string, error) {
	tree, err := read.Load(spec.Files())
	if err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	return bundle.APIs(tree), nil
}

// Plain is the document of one API in this binary's contract, as it stands at
// a microversion; the zero Version keeps what any of them has.
func Plain(api string, v microversion.Version, o Options) ([]byte, error) {
	return From(spec.Files(), api, v, o)
}

// From is Plain for the contract in fsys.
func From(fsys fs.FS, api string, v microversion.Version, o Options) ([]byte, error) {
	tree, err := read.Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	return plain(tree, api, v, o)
}

func plain(tree *read.Tree, api string, v microversion.Version, o Options) ([]byte, error) {
	if tree.File("openapi/"+api+"/openapi.yaml") == nil {
		return nil, fmt.Errorf("there is no API %q; there are %s", api, strings.Join(bundle.APIs(tree), ", "))
	}
	b, err := bundle.New(tree, api)
	if err != nil {
		return nil, fmt.Errorf("bundle %s: %w", api, err)
	}
	describe(tree, b)
	root := b.Root
	if !v.IsZero() {
		root = at(root, v)
	}
	root = joinActions(root)
	if !o.Extensions {
		root = withoutExtensions(root)
	}
	prune(root)
	return write(root, o)
}

func write(root *yaml.Node, o Options) ([]byte, error) {
	var out bytes.Buffer
	if o.JSON {
		text, err := model.JSON(root)
		if err != nil {
			return nil, fmt.Errorf("write JSON: %w", err)
		}
		if err := json.Indent(&out, text, "", "  "); err != nil {
			return nil, fmt.Errorf("write JSON: %w", err)
		}
		out.WriteByte('\n')
		return out.Bytes(), nil
	}
	plainStyle(root)
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	if err := e.Encode(root); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	if err := e.Close(); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	return out.Bytes(), nil
}

// plainStyle forgets how the source was laid out.
func plainStyle(n *yaml.Node) {
	if n.Kind != yaml.ScalarNode && len(n.Content) > 0 {
		n.Style &^= yaml.FlowStyle
	}
	for _, child := range n.Content {
		plainStyle(child)
	}
}
