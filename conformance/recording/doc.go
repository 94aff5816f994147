// Package recording judges traffic that no suite produced: it reads a recording in
// the HAR 1.2 format, entry by entry, and has each one judged. It holds one entry at
// a time, whatever the recording's size, and lets no secret out. Start reading at
// Judge; what a recording looks like is har.go's business.
package recording
