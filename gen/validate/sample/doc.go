// Package sample makes messages for tests and benchmarks: JSON whose members
// keep their order, and bodies of the kind and size that clients of the contract
// see. No program needs it. Start reading at Value.
package sample
