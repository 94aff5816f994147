// Package microversions holds the checks of how a version of the native API is
// asked for and told, of what changes at each gate, and of v2, which has none
// (ecs 3, 6.1).
package microversions
