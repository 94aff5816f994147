// Package look is what checks read twice: a server, the servers of a name, a
// job, the quota. Reading is always allowed, so a look that is refused fails the
// check; a look that does not reach the endpoint ends it with verdict error.
package look
