package check

import (
	"slices"
	"strings"
)

// hint names up to three known words that are nearest to a mistyped one.
func hint(word string, known []string) string {
	type near struct {
		word string
		far  int
	}
	word = strings.Trim(word, "*")
	var all []near
	for _, k := range known {
		far := distance(word, k)
		// A beginning or a part of an id is near whatever its length, and so are
		// ids that begin alike for the greater part.
		if len(word) >= 3 && strings.Contains(k, word) {
			far = 1
		} else if alike(word, k) > len(k)/2 {
			far = min(far, 3)
		}
		if far <= max(3, len(k)/3) {
			all = append(all, near{k, far})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return a.far - b.far })
	if len(all) == 0 {
		return ""
	}
	var names []string
	for _, n := range all[:min(3, len(all))] {
		names = append(names, n.word)
	}
	return " (nearest: " + strings.Join(names, ", ") + ")"
}

// alike is how many characters two words begin with alike.
func alike(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// distance is the number of characters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
