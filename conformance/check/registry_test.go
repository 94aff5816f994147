package check

import (
	"context"
	"strings"
	"testing"

	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/microversion"
)

func nothing(context.Context, *target.Target) {}

// sound is a declaration without mistakes, for tests to spoil.
func sound(id string) Decl {
	return Decl{ID: id, Says: "a thing is so", Proves: []string{"REQ-1"}, Level: Must, Needs: []Need{Nova}}
}

func TestMistakesOfDeclarations(t *testing.T) {
	spoil := map[string]func(*Decl){
		"":                                   func(*Decl) {},
		"is not of the form":                 func(d *Decl) { d.ID = "two.words" },
		"needs a statement":                  func(d *Decl) { d.Says = "It ends with a stop." },
		"proves no requirement":              func(d *Decl) { d.Proves = nil },
		"has level":                          func(d *Decl) { d.Level = "maybe" },
		"names no API":                       func(d *Decl) { d.Needs = []Need{Image} },
		"which no endpoint can offer":        func(d *Decl) { d.Needs = append(d.Needs, "luck") },
		"needs no API that has them":         func(d *Decl) { d.Needs, d.At = []Need{ECS}, Ends() },
		"has the empty range":                func(d *Decl) { d.Versions = microversion.Between("2.9", "2.3") },
		"lies outside of its range":          func(d *Decl) { d.Versions, d.At = microversion.Since("2.9"), Gates("2.3") },
		"is read-only and creates servers":   func(d *Decl) { d.ReadOnly, d.Creates = true, 1 },
		"has a negative bound":               func(d *Decl) { d.Creates = -1 },
		"is retired":                         func(d *Decl) { d.ID = "old.check.gone" },
		"is declared twice":                  func(d *Decl) { d.ID = "family.first.here" },
		"which no file of spec/requirements": func(d *Decl) { d.Proves = []string{"REQ-2"} },
	}
	for want, f := range spoil {
		r := NewRegistry("old.check.gone")
		r.It(sound("family.first.here"), nothing)
		d := sound("family.subject.circumstance")
		f(&d)
		r.It(d, nothing)
		err := r.Problems(func(id string) bool { return id == "REQ-1" })
		switch {
		case want == "" && err != nil:
			t.Errorf("a sound declaration: %v", err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("want a mistake that %q, got %v", want, err)
		case want != "" && !strings.Contains(err.Error(), "registry_test.go:"):
			t.Errorf("a mistake names no place: %v", err)
		}
	}
}

func TestABodyIsNeeded(t *testing.T) {
	r := NewRegistry()
	if r.It(sound("family.subject.circumstance"), nil) {
		t.Error("a check without a body was taken")
	}
}

func TestReadingSealsTheRegistry(t *testing.T) {
	r := NewRegistry()
	r.It(sound("b.second.one"), nothing)
	r.It(sound("a.first.one"), nothing)
	got := r.Checks()
	if len(got) != 2 || got[0].ID != "a.first.one" {
		t.Fatalf("checks are not sorted by id: %v", got)
	}
	if r.It(sound("c.third.one"), nothing) || len(r.Checks()) != 2 {
		t.Error("a registry that was read took another check")
	}
	if err := r.Problems(func(string) bool { return true }); err == nil {
		t.Error("a late declaration is no problem")
	}
}

func TestIDs(t *testing.T) {
	for id, want := range map[string]bool{
		"lifecycle.create.reaches-active": true,
		"a.b.c":                           true,
		"errors.over-limit.1001-deletes":  false,
		"a.b":                             false,
		"a.b.c.d":                         false,
		"A.b.c":                           false,
		"a.b_c.d":                         false,
		"a..c":                            false,
		"a.b-.c":                          false,
		"":                                false,
	} {
		if got := ValidID(id); got != want {
			t.Errorf("%q: valid is %t, want %t", id, got, want)
		}
	}
}

func TestWhatFollowsFromADeclaration(t *testing.T) {
	d := sound("lifecycle.create.reaches-active")
	d.ReadOnly, d.Provisional, d.Labels = true, true, []string{"slow"}
	if got, want := d.SourceFile(), "lifecycle/create_reaches_active.go"; got != want {
		t.Errorf("file is %s, want %s", got, want)
	}
	if got, want := strings.Join(d.AllLabels(), " "), "lifecycle must nova read-only provisional slow"; got != want {
		t.Errorf("labels are %q, want %q", got, want)
	}
	if d.Patience() != DefaultWithin {
		t.Errorf("patience is %s, want the default", d.Patience())
	}
}
