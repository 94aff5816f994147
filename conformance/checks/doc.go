// Package checks links every family of checks into a program: import it for its
// effect. Each folder is a family, each file one check; the file's name follows
// from the check's id (check.Decl.SourceFile).
package checks

import (
	// Each import registers the checks of a family.
	_ "github.com/ecsconform/ecsconform/conformance/checks/access"
	_ "github.com/ecsconform/ecsconform/conformance/checks/errors"
	_ "github.com/ecsconform/ecsconform/conformance/checks/flavors"
	_ "github.com/ecsconform/ecsconform/conformance/checks/jobs"
	_ "github.com/ecsconform/ecsconform/conformance/checks/lifecycle"
	_ "github.com/ecsconform/ecsconform/conformance/checks/microversions"
)
