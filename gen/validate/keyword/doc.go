// Package keyword proves that each keyword, format and extension that the contract
// may use bites in compiled code: testdata/corpus.yaml says what passes and what is
// found, package fixture is that corpus compiled.
package keyword
