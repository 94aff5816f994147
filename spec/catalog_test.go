package spec_test

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/spec"
)

// A profile's list of rulings is what --help and the report show; what counts is
// written where a ruling, a deviation or a state names the profile.
func TestProfilesListTheRulingsThatNameThem(t *testing.T) {
	files := contractFiles(t)
	listed, named := map[string][]string{}, map[string][]string{}
	for _, p := range rows(t, files, "catalog/profiles.yaml", "profiles") {
		listed[text(p["name"])] = texts(p["rulings"])
	}
	for name, root := range files {
		each(root, func(m map[string]any) {
			id := text(m["ruling"])
			if id == "" && strings.HasPrefix(name, "rulings/") {
				id = text(m["id"])
			}
			if id == "" {
				return
			}
			for _, profile := range texts(m["profiles"]) {
				named[profile] = append(named[profile], id)
			}
		})
	}
	for profile, ids := range named {
		if _, ok := listed[profile]; !ok {
			t.Errorf("%s name the profile %q, which catalog/profiles.yaml lacks", strings.Join(ids, ", "), profile)
		}
	}
	for profile, got := range listed {
		want := slices.Compact(slices.Sorted(slices.Values(named[profile])))
		if got = slices.Sorted(slices.Values(got)); !slices.Equal(got, want) {
			t.Errorf("profile %s lists the rulings\n%v, but named by rulings, deviations and states it is in\n%v", profile, got, want)
		}
	}
}

// Chapter 9 stands twice: as rows of the catalogue and as x-permission of the operations.
func TestPermissionRowsAndOperationsAgree(t *testing.T) {
	files := contractFiles(t)
	permissions := rows(t, files, "catalog/permissions.yaml", "permissions")
	if len(permissions) == 0 {
		t.Fatal("catalog/permissions.yaml has no rows")
	}
	operations := 0
	for _, api := range []string{"autolaunch", "ecs", "iam", "nova", "workspace"} {
		paths, _ := files["openapi/"+api+"/openapi.yaml"].(map[string]any)["paths"].(map[string]any)
		for url, ref := range paths {
			file, key, _ := strings.Cut(text(ref.(map[string]any)["$ref"]), "#/")
			item, _ := files[path.Join("openapi", api, file)].(map[string]any)[key].(map[string]any)
			for method, value := range item {
				operation, ok := value.(map[string]any)
				if !ok || operation["operationId"] == nil {
					continue
				}
				operations++
				id, call := api+"."+text(operation["operationId"]), strings.ToUpper(method)+" "+url
				var items []string
				for _, p := range permissions {
					names := slices.Contains(texts(p["operations"]), id)
					if names {
						items = append(items, text(p["item"]))
					}
					if names != (text(p["call"]) == call) && !sharedAction(permissions, call, p, names) {
						t.Errorf("%s is %s; the row of %s has the call %s and the operations %v",
							id, call, text(p["item"]), text(p["call"]), texts(p["operations"]))
					}
				}
				slices.Sort(items)
				if want := slices.Sorted(slices.Values(texts(operation["x-permission"]))); !slices.Equal(slices.Compact(items), want) {
					t.Errorf("%s has x-permission %v, the rows say %v", id, want, items)
				}
			}
		}
	}
	if operations == 0 {
		t.Fatal("no operations were found")
	}
}

// sharedAction allows a row without an action to stand for the operations of
// all actions of its URL, as that of adding and removing tags does.
func sharedAction(permissions []map[string]any, call string, row map[string]any, names bool) bool {
	plain, _, hasAction := strings.Cut(call, "#")
	return hasAction && names && text(row["call"]) == plain &&
		!slices.ContainsFunc(permissions, func(p map[string]any) bool { return text(p["call"]) == call })
}

func contractFiles(t *testing.T) map[string]any {
	t.Helper()
	loaded, err := spec.Load(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]any{}
	for _, f := range loaded {
		if f.Root == nil {
			continue
		}
		var root any
		if err := yaml.Unmarshal(f.Data, &root); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		files[f.Name] = root
	}
	return files
}

func rows(t *testing.T, files map[string]any, name, key string) []map[string]any {
	t.Helper()
	root, _ := files[name].(map[string]any)
	list, ok := root[key].([]any)
	if !ok {
		t.Fatalf("%s has no list %q", name, key)
	}
	var found []map[string]any
	for _, entry := range list {
		found = append(found, entry.(map[string]any))
	}
	return found
}

// each calls f with every mapping below v.
func each(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(v)
		for _, member := range v {
			each(member, f)
		}
	case []any:
		for _, item := range v {
			each(item, f)
		}
	}
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func texts(v any) []string {
	if s := text(v); s != "" {
		return []string{s}
	}
	list, _ := v.([]any)
	var found []string
	for _, item := range list {
		found = append(found, text(item))
	}
	return found
}
