// Package jobs holds the checks of what is done later: the job that answers a
// call, what it says while it runs and when it has ended, and the dry run, which
// has none (ecs 5.8.1, 10.3).
package jobs
