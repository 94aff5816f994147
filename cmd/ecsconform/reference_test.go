package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReferenceIsWritten(t *testing.T) {
	dir := t.TempDir()
	out := runTool(t, dir, "spec", "reference").mustExit(t, exitConforms).out
	if !strings.HasPrefix(out, "<!doctype html>") || !strings.HasSuffix(strings.TrimSpace(out), "</html>") {
		t.Errorf("no page was written: %.80q ... ", out)
	}
	runTool(t, dir, "spec", "reference", "-o", "page.html").mustExit(t, exitConforms)
	page, err := os.ReadFile(filepath.Join(dir, "page.html"))
	if err != nil || string(page) != out {
		t.Errorf("the file is not what goes to the output (%v)", err)
	}
	runTool(t, dir, "spec", "reference", "-o", "no/such/folder.html").mustExit(t, exitMisuse)
}
