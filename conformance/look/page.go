package look

import (
	"net/url"

	"github.com/ecsconform/ecsconform/gen/nova"
)

// Marker is the marker in the link to the next page, "" if there is no such link
// or it has none. Links are read and not followed: their host may be one that
// only the endpoint's own network knows.
func Marker(links []nova.Link) string {
	for _, l := range links {
		if l.Rel != "next" {
			continue
		}
		if u, err := url.Parse(l.Href); err == nil {
			return u.Query().Get("marker")
		}
	}
	return ""
}
