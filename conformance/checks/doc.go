// Package checks links every family of checks into a program: import it for its
// effect. Each folder is a family, each file one check.
//
// To add a check: find the requirement in spec/requirements, or write it; choose an
// id, family.subject.circumstance, from which the file's name follows
// (check.Decl.SourceFile); declare and write it in three beats, given, act,
// expect, with a look at what must not have changed where something is refused;
// and write the smallest wrong server that it catches as a file of
// fixtures/faults that lists the id. The tests of conformance/selftest say what
// was forgotten.
//
// A check reads from top to bottom: no sleeps, no loops over microversions, no
// question about who answers. What cannot be judged is told to the target and is
// an error; what the endpoint does wrong is a failed expectation. A request that
// is wrong on purpose is marked with target.Intended.
package checks

import (
	// Each import registers the checks of a family.
	_ "github.com/ecsconform/ecsconform/conformance/checks/access"
	_ "github.com/ecsconform/ecsconform/conformance/checks/autolaunch"
	_ "github.com/ecsconform/ecsconform/conformance/checks/errors"
	_ "github.com/ecsconform/ecsconform/conformance/checks/flavors"
	_ "github.com/ecsconform/ecsconform/conformance/checks/jobs"
	_ "github.com/ecsconform/ecsconform/conformance/checks/lifecycle"
	_ "github.com/ecsconform/ecsconform/conformance/checks/microversions"
	_ "github.com/ecsconform/ecsconform/conformance/checks/workspace"
)
