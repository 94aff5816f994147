package emit

import (
	"fmt"
	"go/format"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/compile"
	"github.com/ecsconform/ecsconform/gen/generate/model"
)

// emitValidators writes the compiled validators: a file for each API, and one
// that joins them.
func emitValidators(c *model.Contract, files Files) error {
	rulings := map[string][]string{}
	for _, r := range c.Catalog.Rulings {
		if len(r.Profiles) > 0 {
			rulings[r.ID] = r.Profiles
		}
	}
	var apis, statuses []string
	for _, api := range c.APIs {
		text, err := compile.API(api, rulings)
		if err != nil {
			return err
		}
		files[compile.Folder+"/"+api.Name+".gen.go"] = slices.Concat([]byte(header(text)), text)
		apis = append(apis, api.Name+"()")
	}
	for _, s := range c.Catalog.Statuses {
		statuses = append(statuses, fmt.Sprint(s.Code))
	}
	text, err := format.Source(fmt.Appendf(nil, `// Package compiled is the contract as code that judges bytes: a function for
// each object and list, data for each scalar. gen/validate/scan tells how to
// read it.
package compiled

import "github.com/ecsconform/ecsconform/gen/validate/message"

// New is a validator for the contract in this binary.
func New() *message.Validator {
	return message.New([]message.API{%s}, []int{%s})
}
`, strings.Join(apis, ", "), strings.Join(statuses, ", ")))
	if err != nil {
		return fmt.Errorf("format validators: %w", err)
	}
	files[compile.Folder+"/doc.gen.go"] = slices.Concat([]byte(header(text)), text)
	return nil
}
