// Package check is the catalogue of what we ask: the declaration of a check as
// data, the registry, the selection and the plan of a run. Listing, selecting
// and planning never run anything. Running is conformance/suite's, judging an
// exchange conformance/judge's. Start reading at Decl.
package check
