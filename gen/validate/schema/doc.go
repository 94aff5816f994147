// Package schema judges messages by reading the contract at run time: it walks
// a message and the model of its operation together. It is slower than compiled
// validators and the reference that they are compared with: where the two
// disagree, this one is right or the contract is unclear.
//
// Start reading at Validator, then value.go (strict JSON), run.go (one value
// against one schema) and message.go (everything around the body).
package schema
