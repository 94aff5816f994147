// Package suite runs a plan of checks in this process through Ginkgo and tells
// a report what came of it. It is the only place that decides verdicts:
//
//	pass         the body came to its end and the judge found no violation
//	fail         an assertion failed, or the judge found a violation
//	error        we could not judge: the target.Bench was told so, a panic, a
//	             timeout of our own, a failing clean-up, an interruption
//	unsupported  the plan says that the endpoint does not offer what it needs
//	excluded     the operator left it out
//	not-run      the run ended before
//
// Ginkgo allows one run in a process. Start reading at Run.
package suite
