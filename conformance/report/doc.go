// Package report is the result of a run and its views. The model (model.go) is
// the only truth: JSON, JUnit, the terminal and the HTML page show it and never
// decide a verdict. A run arrives through a Sink while it goes on; without its
// footer nothing here calls it a result. Start reading at Sink, then README.md.
package report
