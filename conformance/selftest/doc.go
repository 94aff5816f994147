// Package selftest tests the machinery with the machinery: the catalogue of
// checks as a whole, the runner on toy suites in processes of their own, the
// suite on the simulator, and the kill matrix that shows that every check can
// fail. It is the only room, with cmd, where checks and simulator meet.
package selftest
