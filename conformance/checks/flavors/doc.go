// Package flavors holds the checks of the lists of flavors, native and of the
// ECS API (ecs 5.4, 6.6). They change nothing.
package flavors
