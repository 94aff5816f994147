// Package peer reads the exported documents with tools that know nothing of the
// contract: two OpenAPI libraries here, and those of npm in peers.sh. It is a
// module of its own, so that they stay out of ours.
package peer
