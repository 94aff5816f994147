// Package expect is what checks say of answers and resources: one matcher, or a
// few about the same noun, in each file. A failure has two halves, what was
// expected and what was got, and never holds a whole body or a secret. Matchers
// do not send anything and know nothing of the run.
package expect
