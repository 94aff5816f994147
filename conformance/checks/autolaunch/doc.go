// Package autolaunch holds the checks of the one call of auto launch (autolaunch). Most are
// dry runs; the group that is really made buys nothing, and yet no documented call removes it.
package autolaunch
