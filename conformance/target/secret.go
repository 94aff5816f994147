package target

// Secret is a value that is never printed. The zero Secret is not set.
type Secret struct{ value, from string }

// Hidden is the Secret with the given value; from says where it came from: "env OS_PASSWORD".
func Hidden(value, from string) Secret { return Secret{value, from} }

// Reveal is the value itself.
func (s Secret) Reveal() string { return s.value }

// Set reports whether there is a value.
func (s Secret) Set() bool { return s.value != "" }

// String says where the secret came from, never what it is.
func (s Secret) String() string {
	switch {
	case s.value == "":
		return "not set"
	case s.from == "":
		return "set"
	default:
		return "from " + s.from
	}
}

// GoString keeps %#v from printing the value.
func (s Secret) GoString() string { return "target.Secret(" + s.String() + ")" }

// MarshalText writes String.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
