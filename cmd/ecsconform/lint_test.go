package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// contractCopy is a folder with the contract and its examples, to be spoilt.
func contractCopy(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, folder := range []string{"spec", "fixtures/examples"} {
		if err := os.CopyFS(filepath.Join(root, folder), os.DirFS(filepath.Join("../..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func spoil(t *testing.T, path, from, to string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), from) {
		t.Fatalf("%s has no %q", path, from)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLint(t *testing.T) {
	root := contractCopy(t)
	runTool(t, root, "spec", "lint").mustExit(t, exitConforms)
	for _, c := range []struct{ name, file, from, to, says string }{
		{"source", "spec/openapi/nova/schemas/server.yaml", "x-source: ecs 6.2.4 table 6-33", "x-source: ecs6", "spec/openapi/nova/schemas/server.yaml:"},
		{"ruling", "spec/openapi/nova/schemas/server.yaml", "x-ruling: R-249", "x-ruling: R-999", "R-999"},
		{"example", "fixtures/examples/ecs/5.1.2-1-request.json", `"servers"`, `"cats"`, "fixtures/examples/ecs/5.1.2-1-request.json: example:"},
		{"no YAML", "spec/openapi/nova/schemas/server.yaml", "ServerList:", "ServerList: [", "spec/openapi/nova/schemas/server.yaml:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := contractCopy(t)
			spoil(t, filepath.Join(root, c.file), c.from, c.to)
			runTool(t, root, "spec", "lint").mustExit(t, exitDiffers).mustSay(t, c.says)
		})
	}
	runTool(t, t.TempDir(), "spec", "lint").mustExit(t, exitMisuse).mustSay(t, "spec/openapi")
}
