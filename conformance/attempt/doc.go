// Package attempt is the act of creating servers with a request that a check has
// altered, right or wrong. It writes the ledger first, tells it what became of
// the request, and so keeps even an endpoint that takes everything from leaving
// something behind. It expects nothing of the answer.
package attempt
