// Package judge is the verdict on one exchange, whoever caused it: it finds the
// operation of the contract, picks the microversion, validates request and
// response and compares codes and states with the catalogues. It knows nothing
// of order, time or cause, which is what checks are for. Start reading at Judge.
package judge
