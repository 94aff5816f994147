package lint

import (
	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/generate/bundle"
	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/schema"
)

func newJudge(c *model.Contract) (*schema.Validator, error) { return schema.For(c) }

func (c *checker) example(v *schema.Validator, b *bundle.Bundle, s *model.Schema, example *yaml.Node) {
	body, err := model.JSON(example)
	if err != nil {
		c.report("example", b.At(example), "the example is no JSON: %v", err)
		return
	}
	for _, f := range v.Value(s, body, validate.Options{}) {
		if f.Severity != validate.Note {
			c.report("example", b.At(example), "the example no longer fits at %q: expected %s, got %s", f.Pointer, f.Expected, f.Got)
		}
	}
}
