// Package peer compares our signatures with those of the vendor's Go SDK. It is
// a module of its own, so that the SDK's weight stays out of ours; it holds
// nothing but the test.
package peer
