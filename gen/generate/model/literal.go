package model

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/read"
)

// Literal is a JSON value that the contract fixes: a string, a number (exact),
// true, false or null. Lists and objects are not used as constants.
type Literal struct {
	// Type is "string", "number", "boolean" or "null".
	Type string
	// Text is the string, or the JSON text of anything else.
	Text string
	// Number is set for numbers.
	Number *big.Rat
}

// String is the literal as JSON.
func (l Literal) String() string {
	if l.Type == "string" {
		return strconv.Quote(l.Text)
	}
	return l.Text
}

func newLiteral(n *yaml.Node) (Literal, error) {
	if n.Kind != yaml.ScalarNode {
		return Literal{}, fmt.Errorf("a fixed value must be a string, number, boolean or null")
	}
	switch n.Tag {
	case "!!str", "!!timestamp":
		return Literal{Type: "string", Text: n.Value}, nil
	case "!!null":
		return Literal{Type: "null", Text: "null"}, nil
	case "!!bool":
		return Literal{Type: "boolean", Text: n.Value}, nil
	case "!!int", "!!float":
		r, err := rational(n)
		return Literal{Type: "number", Text: n.Value, Number: r}, err
	}
	return Literal{}, fmt.Errorf("a value of type %s", n.Tag)
}

// rational is the exact value of a number as JSON would write it.
func rational(n *yaml.Node) (*big.Rat, error) {
	if n.Kind == yaml.ScalarNode && (n.Tag == "!!int" || n.Tag == "!!float") && json.Valid([]byte(n.Value)) && len(n.Value) < 64 {
		if r, ok := new(big.Rat).SetString(n.Value); ok {
			return r, nil
		}
	}
	return nil, fmt.Errorf("%q is not a JSON number", n.Value)
}

// JSON is a YAML value as JSON text: members in order, numbers as written.
func JSON(n *yaml.Node) ([]byte, error) {
	var b strings.Builder
	if err := writeJSON(&b, n); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}

func writeJSON(b *strings.Builder, n *yaml.Node) error {
	switch n.Kind {
	case yaml.MappingNode:
		b.WriteByte('{')
		first := true
		for key, value := range read.Members(n) {
			if !first {
				b.WriteByte(',')
			}
			first = false
			name, err := json.Marshal(key.Value)
			if err != nil {
				return err
			}
			b.Write(name)
			b.WriteByte(':')
			if err := writeJSON(b, value); err != nil {
				return err
			}
		}
		b.WriteByte('}')
	case yaml.SequenceNode:
		b.WriteByte('[')
		for i, item := range n.Content {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := writeJSON(b, item); err != nil {
				return err
			}
		}
		b.WriteByte(']')
	case yaml.ScalarNode:
		l, err := newLiteral(n)
		if err != nil {
			return fmt.Errorf("line %d: %w", n.Line, err)
		}
		if l.Type != "string" {
			b.WriteString(l.Text)
			return nil
		}
		text, err := json.Marshal(l.Text)
		if err != nil {
			return err
		}
		b.Write(text)
	default:
		return fmt.Errorf("line %d: an alias", n.Line)
	}
	return nil
}
