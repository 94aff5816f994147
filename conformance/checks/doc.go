// Package checks links every family of checks into a program: import it for its
// effect. Each folder is a family, each file one check; the file's name follows
// from the check's id (check.Decl.SourceFile).
package checks

import (
	_ "github.com/ecsconform/ecsconform/conformance/checks/errors"    // registers its checks
	_ "github.com/ecsconform/ecsconform/conformance/checks/jobs"      // registers its checks
	_ "github.com/ecsconform/ecsconform/conformance/checks/lifecycle" // registers its checks
)
