package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/generate/model"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

// findEpochs collects the gates of an API: every version at which something
// begins, or is the first to lack it.
func (b *builder) findEpochs(api *model.API) {
	seen := map[*model.Schema]bool{}
	gate := func(r microversion.Range) {
		if !r.Min.IsZero() {
			b.gates = append(b.gates, r.Min)
		}
		if !r.Max.IsZero() {
			b.gates = append(b.gates, microversion.Version{Major: r.Max.Major, Minor: r.Max.Minor + 1})
		}
	}
	var walk func(s *model.Schema)
	walk = func(s *model.Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		gate(s.Versions)
		eachSub(s, walk)
	}
	for _, o := range api.Operations {
		gate(o.Versions)
		for _, p := range o.Parameters {
			gate(p.Versions)
		}
		for _, r := range o.Responses {
			gate(r.Versions)
			for _, h := range r.Headers {
				gate(h.Versions)
			}
		}
		eachSchema(o, walk)
	}
	slices.SortFunc(b.gates, microversion.Version.Compare)
	b.gates = slices.Compact(b.gates)
}

func eachSchema(o *model.Operation, do func(*model.Schema)) {
	if o.Body != nil {
		for _, m := range o.Body.Media {
			do(m.Schema)
		}
	}
	for _, p := range o.Parameters {
		do(p.Schema)
	}
	for _, r := range o.Responses {
		for _, h := range r.Headers {
			do(h.Schema)
		}
		for _, m := range r.Media {
			do(m.Schema)
		}
	}
}

func eachSub(s *model.Schema, do func(*model.Schema)) {
	for _, sub := range []*model.Schema{s.Ref, s.Items, s.AdditionalProperties, s.PropertyNames} {
		do(sub)
	}
	for _, p := range s.Properties {
		do(p.Schema)
	}
	for _, list := range [][]*model.Schema{s.AllOf, s.AnyOf, s.OneOf} {
		for _, sub := range list {
			do(sub)
		}
	}
	for _, d := range s.Deviations {
		do(d.Schema)
	}
}

// epochs is how many intervals the gates make.
func (b *builder) epochs() int { return len(b.gates) + 1 }

// at is a version in the epoch.
func (b *builder) at(epoch int) microversion.Version {
	if epoch > 0 {
		return b.gates[epoch-1]
	}
	if len(b.gates) == 0 {
		return microversion.Default
	}
	return microversion.Version{Major: b.gates[0].Major, Minor: b.gates[0].Minor - 1}
}

// existence is the Go text of a []bool by epoch, "" if r holds everywhere.
func (b *builder) existence(r microversion.Range) string {
	if r == (microversion.Range{}) {
		return ""
	}
	var words []string
	all := true
	for e := range b.epochs() {
		in := r.Contains(b.at(e))
		all = all && in
		words = append(words, fmt.Sprint(in))
	}
	if all {
		return ""
	}
	return "[]bool{" + strings.Join(words, ", ") + "}"
}
