package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

const document = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"

func TestRun(t *testing.T) {
	g := NewWithT(t)
	root := t.TempDir()
	file := filepath.Join(root, "spec", "openapi", "test", "openapi.yaml")
	g.Expect(os.MkdirAll(filepath.Dir(file), 0o755)).To(Succeed())
	g.Expect(os.WriteFile(file, []byte(document), 0o644)).To(Succeed())
	ecsgen := func(args ...string) (int, string) {
		var out bytes.Buffer
		status := run(append([]string{"-root", root}, args...), &out, &out)
		return status, out.String()
	}
	status, text := ecsgen("-check")
	g.Expect(status).To(Equal(1))
	g.Expect(text).To(ContainSubstring("new gen/catalog/errors.gen.go"))
	g.Expect(text).To(ContainSubstring("run `go run ./cmd/ecsgen`"))
	status, text = ecsgen()
	g.Expect(status).To(Equal(0), text)
	status, text = ecsgen("-check")
	g.Expect(status).To(Equal(0), text)
	g.Expect(text).To(BeEmpty())
	status, text = ecsgen("-lint")
	g.Expect(status).To(Equal(0), text)

	g.Expect(os.WriteFile(file, []byte(document+"components: {schemas: {Thing: {type: string}}}\n"), 0o644)).To(Succeed())
	status, text = ecsgen("-lint")
	g.Expect(status).To(Equal(1))
	g.Expect(text).To(ContainSubstring("spec/openapi/test/openapi.yaml:4:31: source: the schema Thing"))

	g.Expect(os.WriteFile(file, []byte("{"), 0o644)).To(Succeed())
	status, text = ecsgen()
	g.Expect(status).To(Equal(1))
	g.Expect(text).To(ContainSubstring("openapi/test/openapi.yaml:1"))
	status, _ = ecsgen("-help")
	g.Expect(status).To(Equal(0))
	status, _ = ecsgen("-nonsense")
	g.Expect(status).To(Equal(2))
}
