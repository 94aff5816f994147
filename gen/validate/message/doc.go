// Package message judges whole messages with compiled validators: status,
// path, query, headers, media type and body of one operation. What an operation
// is made of comes as tables from gen/validate/compiled; how a body is read is
// gen/validate/scan's.
package message
