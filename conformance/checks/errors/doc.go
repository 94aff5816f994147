// Package errors holds the checks of what must be refused, and with what: unknown
// things, wrong states, broken and exceeding requests (ecs 10, A.2). Each refusal
// is paired with a look at what it must not have changed. Refusals that belong to
// a lock are in lifecycle, those of credentials in access, those of versions in
// microversions.
package errors
