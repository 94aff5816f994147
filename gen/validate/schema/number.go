package schema

import (
	"math/big"
	"strconv"
	"strings"
)

// maxDigits and maxExponent bound what is computed exactly. Beyond them a
// number keeps its sign and its order of magnitude, which is all that bounds
// and types of a contract ask for.
const (
	maxDigits   = 400
	maxExponent = 1000
)

// number is the value of a JSON number literal: 0.digits * 10^exponent.
type number struct {
	negative bool
	// digits have no zero at either end; "" is 0.
	digits   string
	exponent int
}

func newNumber(literal string) number {
	n := number{}
	n.negative = strings.HasPrefix(literal, "-")
	literal = strings.TrimPrefix(literal, "-")
	mantissa, exponent, _ := strings.Cut(strings.ToLower(literal), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	n.exponent = len(whole) + clamp(exponent)
	n.digits = whole + fraction
	trimmed := strings.TrimLeft(n.digits, "0")
	n.exponent -= len(n.digits) - len(trimmed)
	n.digits = strings.TrimRight(trimmed, "0")
	if n.digits == "" {
		return number{}
	}
	return n
}

func clamp(exponent string) int {
	const far = 1 << 40
	if exponent == "" {
		return 0
	}
	e, err := strconv.Atoi(exponent)
	switch {
	case (err != nil && strings.HasPrefix(exponent, "-")) || e < -far:
		return -far
	case err != nil || e > far:
		return far
	}
	return e
}

// integer reports whether there is no fraction: 1.0 and 1e3 have none.
func (n number) integer() bool { return n.exponent >= len(n.digits) }

// fits reports whether n is an integer of so many bits with a sign.
func (n number) fits(bits uint) bool {
	r := n.rat()
	limit := new(big.Int).Lsh(big.NewInt(1), bits-1)
	return r.IsInt() && r.Num().Cmp(limit) < 0 && r.Num().Cmp(new(big.Int).Neg(limit)) >= 0
}

// rat is the exact value within the bounds above, the nearest one at them otherwise.
func (n number) rat() *big.Rat {
	if n.digits == "" {
		return new(big.Rat)
	}
	digits := n.digits[:min(len(n.digits), maxDigits)]
	exponent := min(max(n.exponent, -maxExponent), maxExponent) - len(digits)
	whole, _ := new(big.Int).SetString(digits, 10)
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(exponent, -exponent))), nil)
	r := new(big.Rat).SetInt(whole)
	if exponent < 0 {
		r.Quo(r, new(big.Rat).SetInt(power))
	} else {
		r.Mul(r, new(big.Rat).SetInt(power))
	}
	if n.negative {
		r.Neg(r)
	}
	return r
}

// key is equal for equal values.
func (n number) key() string {
	sign := ""
	if n.negative {
		sign = "-"
	}
	return sign + n.digits + "e" + strconv.Itoa(n.exponent)
}
