package scan

// names are the names that an object has had so far, apart from those that it
// lists: a few are compared, many are hashed. Names with escapes are hashed too,
// by their characters.
type names struct {
	// mark is where they begin in Scan.names.
	mark int
	// scope is 0 as long as they are compared.
	scope uint64
}

// fewNames is how many names are compared with each other.
const fewNames = 12

func (s *Scan) openNames() names { return names{mark: len(s.names)} }

func (s *Scan) closeNames(n *names) { s.names = s.names[:n.mark] }

// newName reports whether t is new among the names.
func (s *Scan) newName(n *names, t text) bool {
	if n.scope == 0 {
		had := s.names[n.mark:]
		if !t.escaped && len(had) < fewNames {
			name := s.b[t.Begin:t.End]
			for _, p := range had {
				if p.End-p.Begin == len(name) && string(s.b[p.Begin:p.End]) == string(name) {
					return false
				}
			}
			s.names = append(s.names, t.Span)
			return true
		}
		n.scope = s.keys.open()
		for _, p := range had {
			s.keys.add(n.scope, s.b[p.Begin:p.End])
		}
		s.names = s.names[:n.mark]
	}
	return s.keys.add(n.scope, s.chars(t))
}
