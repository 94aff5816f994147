package exchange

import (
	"net/url"
	"strings"
)

// URL is the address without user information, secret query values and known values.
func (r *Redactor) URL(s string) string {
	return r.url(r.current(), r.bounded(s), nil)
}

// url does not parse: an address that no parser takes still must not leak.
func (r *Redactor) url(m *matcher, s string, seen func(label, value string)) string {
	s = m.known(s, true)
	rest, fragment, hasFragment := strings.Cut(s, "#")
	path, query, hasQuery := strings.Cut(rest, "?")
	if scheme, after, ok := strings.Cut(path, "://"); ok {
		authority, tail := after, ""
		if slash := strings.IndexAny(after, "/\\"); slash >= 0 {
			authority, tail = after[:slash], after[slash:]
		}
		if at := strings.LastIndexByte(authority, '@'); at >= 0 {
			if _, word, ok := strings.Cut(authority[:at], ":"); ok && seen != nil {
				seen("PASSWORD", word)
			}
			authority = placeholder("USERINFO") + authority[at:]
		}
		path = scheme + "://" + authority + tail
	}
	if hasQuery {
		path += "?" + r.query(query, seen)
	}
	if hasFragment {
		path += "#" + r.query(fragment, seen)
	}
	return path
}

func (r *Redactor) query(query string, seen func(label, value string)) string {
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || value == "" {
			continue
		}
		if n, err := url.QueryUnescape(name); err == nil {
			name = n
		}
		if label, secret := r.label(name); secret {
			if seen != nil {
				if v, err := url.QueryUnescape(value); err == nil {
					seen(label, v)
				}
			}
			pairs[i] = pair[:len(pair)-len(value)] + mark(label, value)
		}
	}
	return strings.Join(pairs, "&")
}
