// Package report is the result of a run and its views. The model (model.go) is
// the only truth: JSON, JUnit, the terminal summary and the HTML page show it
// and never decide a verdict.
package report
