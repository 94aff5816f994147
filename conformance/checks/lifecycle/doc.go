// Package lifecycle holds the checks of what becomes of a server: created,
// listed, changed, stopped, started, rebooted, locked, resized, deleted (ecs 5.1
// to 5.4, 6.2, 6.3). What is refused because the request is wrong is in errors.
package lifecycle
