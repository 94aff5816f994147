// Package mutant makes messages from the contract for tests: instances of a
// schema that keep it, and mutants of them with a single fault of a known class
// at a known place. It reads the model of the contract and shares no code with
// the validators that it tests. Start reading at Maker and Faults.
package mutant
