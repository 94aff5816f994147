package mutant

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"math/rand/v2"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/ecsconform/ecsconform/gen/export"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// judged is one body of the contract as JSON Schema sees it.
type judged struct {
	Body
	schema *jsonschema.Schema
}

// jsonSchemas are the bodies of the contract near to a microversion, each with its
// schema out of the exported document of that version: plain OpenAPI, which knows
// nothing of microversions, rulings and relations.
func jsonSchemas(t testing.TB, wanted microversion.Version) []judged {
	t.Helper()
	c, err := Contract()
	if err != nil {
		t.Fatal(err)
	}
	compilers := map[string]*jsonschema.Compiler{}
	var list []judged
	for _, b := range Bodies(c, wanted) {
		name := b.Schema.Name
		if b.Schema.Ref != nil {
			name = b.Schema.Ref.Name
		}
		if name == "" {
			t.Errorf("%s: the schema has no name", b.Name())
			continue
		}
		api := b.Operation.API
		key := api + "-" + b.Version.String()
		if compilers[key] == nil {
			compilers[key] = documentOf(t, api, b.Version, key)
		}
		s, err := compilers[key].Compile("http://localhost/" + key + ".json#/components/schemas/" + name)
		if err != nil {
			t.Fatalf("%s: %v", b.Name(), err)
		}
		list = append(list, judged{b, s})
	}
	return list
}

func documentOf(t testing.TB, api string, v microversion.Version, key string) *jsonschema.Compiler {
	t.Helper()
	text, err := export.Plain(api, v, export.Options{JSON: true})
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.AssertContent()
	for _, f := range formats() {
		c.RegisterFormat(f)
	}
	if err := c.AddResource("http://localhost/"+key+".json", document); err != nil {
		t.Fatal(err)
	}
	return c
}

// formats are those that JSON Schema does not know, by the standard library.
func formats() []*jsonschema.Format {
	text := func(name string, ok func(string) bool) *jsonschema.Format {
		return &jsonschema.Format{Name: name, Validate: func(v any) error {
			if s, isText := v.(string); isText && !ok(s) {
				return errors.New("not " + name)
			}
			return nil
		}}
	}
	bits := func(name string, n uint) *jsonschema.Format {
		return &jsonschema.Format{Name: name, Validate: func(v any) error {
			number, isNumber := v.(json.Number)
			r, ok := new(big.Rat).SetString(string(number))
			if isNumber && ok && r.IsInt() && (r.Num().BitLen() > int(n-1) && r.Num().Cmp(new(big.Int).Neg(new(big.Int).Lsh(big.NewInt(1), n-1))) != 0) {
				return errors.New("not " + name)
			}
			return nil
		}}
	}
	decodes := func(s string) bool {
		_, err := base64.StdEncoding.DecodeString(s)
		return err == nil && !strings.ContainsAny(s, "\r\n")
	}
	return []*jsonschema.Format{
		text("ip", func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Zone() == "" }),
		text("cidr", func(s string) bool { _, err := netip.ParsePrefix(s); return err == nil }),
		text("mac", func(s string) bool {
			m, err := net.ParseMAC(s)
			return err == nil && len(m) == 6 && strings.Count(s, ":") == 5
		}),
		text("byte", decodes), text("base64", decodes), bits("int32", 32), bits("int64", 64),
	}
}

// fits is the verdict of JSON Schema.
func (j judged) fits(body []byte) (bool, error) {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return false, nil //nolint:nilerr // what is no JSON fits nothing
	}
	err = j.schema.Validate(v)
	var broken *jsonschema.ValidationError
	if err != nil && !errors.As(err, &broken) {
		return false, err
	}
	return err == nil, nil
}

// inJSONSchema are the findings that JSON Schema has a word for. What it does not
// know is all that may part the two: members that nobody documents or that belong to
// another microversion are free to it, members need not agree with each other,
// lengths are of characters only, and of two members its reader keeps the last.
// A deviation that a ruling tolerates is broken to it.
func inJSONSchema(ours []validate.Finding) (broken []validate.Finding) {
	for _, f := range ours {
		switch {
		case f.Class == validate.ClassUndocumented, f.Class == validate.ClassRelation, f.Class == validate.ClassVersion,
			f.Keyword == "x-max-bytes", f.Keyword == "x-max-decoded-bytes", f.Keyword == "duplicate":
		default:
			broken = append(broken, f)
		}
	}
	return broken
}

// TestJSONSchemaAgrees holds the compiled validators against an independent one on
// instances and mutants of every body of the contract.
func TestJSONSchemaAgrees(t *testing.T) {
	ours := compiled.New()
	compared, unfit := 0, 0
	for _, wanted := range []string{"2.1", "2.26", "2.60"} {
		list := jsonSchemas(t, microversion.MustParse(wanted))
		check := func(t interface{ Errorf(string, ...any) }, j judged, body []byte) {
			fits, err := j.fits(body)
			if err != nil {
				t.Errorf("%s: %v", j.Name(), err)
				return
			}
			compared++
			if !fits {
				unfit++
			}
			found := bodyFindings(verdict(ours, j.Body, body, j.Version))
			if fits != (len(inJSONSchema(found)) == 0) {
				t.Errorf("%s at %s: JSON Schema says that it fits: %t, ours: %s\n%.1200s", j.Name(), j.Version, fits, wordsOf(found), body)
			}
		}
		rapid.Check(t, func(rt *rapid.T) {
			j := rapid.SampledFrom(list).Draw(rt, "body")
			seed := rapid.Uint64().Draw(rt, "seed")
			m := &Maker{Rand: rand.New(rand.NewPCG(seed, 9)), Version: j.Version, Full: rapid.Bool().Draw(rt, "full")}
			value, err := m.Instance(j.Schema)
			if err != nil {
				rt.Fatal(err)
			}
			check(rt, j, sample.JSON(value))
			Faults(j.Body, value, m, func(f Fault) {
				if f.Class != MediaType && f.Class != Status {
					check(rt, j, f.Body)
				}
			})
		})
	}
	t.Logf("%d bodies compared, %d of them unfit", compared, unfit)
	if compared < 1000 || unfit < compared/10 {
		t.Errorf("%d bodies, %d unfit: the test proves little", compared, unfit)
	}
}
