// Package access holds the checks of who is let in: tokens, signatures, and
// those who have neither (ecs 4, 10.2).
package access
