// Package compile turns the schemas of the contract into Go that validates
// bytes: a function for each object, list and union, data for each scalar. What
// it can't express is a problem with a position, never a keyword lost in silence.
//
// The output stands on gen/validate/scan, which explains how it works.
package compile
