package check

import "regexp"

// idGrammar is three words with dots between them, each of lower case words
// with dashes between them.
var idGrammar = regexp.MustCompile(`^` + idWord + `\.` + idWord + `\.` + idWord + `$`)

const idWord = `[a-z][a-z0-9]*(?:-[a-z0-9]+)*`

// ValidID reports whether id is of the form family.subject.circumstance.
func ValidID(id string) bool { return idGrammar.MatchString(id) }
