package target

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Server is what preparing, waiting and sweeping read of a server. Checks look
// at the contract's own types.
type Server struct {
	ID, Name string
	// Status, VMState and TaskState are as shown; TaskState is "" for none.
	Status, VMState, TaskState string
	// Fault is the message that goes with status ERROR.
	Fault string
	// Gone: the endpoint answers 404.
	Gone bool
}

// Deleted reports a server that is gone or shown as deleted, which endpoints do
// for a while, or for ever.
func (s Server) Deleted() bool {
	return s.Gone || s.Status == "DELETED" || s.Status == "SOFT_DELETED"
}

// Settled reports that no task is running and the status is one that stays.
func (s Server) Settled() bool {
	if s.Gone {
		return true
	}
	switch s.Status {
	case "BUILD", "REBOOT", "HARD_REBOOT", "REBUILD", "RESIZE", "REVERT_RESIZE", "MIGRATING", "PASSWORD", "":
		return false
	}
	return s.TaskState == ""
}

// String is the server's state for a sentence.
func (s Server) String() string {
	if s.Gone {
		return "gone"
	}
	text := s.Status
	if s.TaskState != "" {
		text += " with task " + s.TaskState
	}
	if s.Fault != "" {
		text += " (" + s.Fault + ")"
	}
	return text
}

type shownServer struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Status string  `json:"status"`
	VM     string  `json:"OS-EXT-STS:vm_state"`
	Task   *string `json:"OS-EXT-STS:task_state"`
	Fault  struct {
		Message string `json:"message"`
	} `json:"fault"`
}

func (s shownServer) server() Server {
	out := Server{ID: s.ID, Name: s.Name, Status: s.Status, VMState: s.VM, Fault: s.Fault.Message}
	if s.Task != nil {
		out.TaskState = *s.Task
	}
	return out
}

// desk is who asks for servers: a Target or a sweep.
type desk struct {
	e *Endpoint
	s *sender
}

func (d desk) serverPath(id string) string {
	return "/v2.1/" + url.PathEscape(d.e.project.ID) + "/servers/" + url.PathEscape(id)
}

// look reads one server. Temporary is true for answers that may be another
// after a pause.
func (d desk) look(ctx context.Context, id string) (s Server, temporary bool, err error) {
	if strings.Trim(id, ".") == "" {
		return Server{}, false, fmt.Errorf("show the server: %q is no id", id)
	}
	a, err := d.e.ask(ctx, "nova", d.s, http.MethodGet, d.serverPath(id), nil)
	if err != nil {
		return Server{}, false, err
	}
	switch {
	case a.status == http.StatusNotFound:
		return Server{ID: id, Gone: true}, false, nil
	case a.status >= 500:
		return Server{}, true, fmt.Errorf("show server %s: %s", id, d.e.refusal(a))
	case !a.ok():
		return Server{}, false, fmt.Errorf("show server %s: %s", id, d.e.refusal(a))
	}
	var body struct {
		Server shownServer `json:"server"`
	}
	if err := a.into(&body); err != nil {
		return Server{}, false, fmt.Errorf("show server %s: %w", id, err)
	}
	if body.Server.Status == "" {
		return Server{}, false, fmt.Errorf("show server %s: the answer has no server with a status", id)
	}
	s = body.Server.server()
	s.ID = id
	return s, false, nil
}

// maxPages bounds a search against an endpoint whose pages never end.
const maxPages = 50

// named finds the servers that bear the name, or for several the name with a
// counter behind it. Nobody else's name begins like ours.
func (d desk) named(ctx context.Context, name string, count int) ([]string, error) {
	var ids []string
	seen := map[string]bool{}
	marker := ""
	for range maxPages {
		path := "/v2.1/" + url.PathEscape(d.e.project.ID) + "/servers/detail?name=" + url.QueryEscape(name)
		if marker != "" {
			path += "&marker=" + url.QueryEscape(marker)
		}
		a, err := d.e.ask(ctx, "nova", d.s, http.MethodGet, path, nil)
		if err != nil {
			return nil, err
		}
		if !a.ok() {
			return nil, fmt.Errorf("look for servers named %s: %s", name, d.e.refusal(a))
		}
		var body struct {
			Servers []shownServer    `json:"servers"`
			Links   []map[string]any `json:"servers_links"`
		}
		if err := a.into(&body); err != nil {
			return nil, fmt.Errorf("look for servers named %s: %w", name, err)
		}
		fresh := false
		for _, s := range body.Servers {
			if s.ID == "" || seen[s.ID] {
				continue
			}
			seen[s.ID], fresh, marker = true, true, s.ID
			if ours(s.Name, name, count) && !s.server().Deleted() {
				ids = append(ids, s.ID)
			}
		}
		if !fresh || len(body.Links) == 0 {
			slices.Sort(ids)
			return ids, nil
		}
	}
	return nil, fmt.Errorf("look for servers named %s: the endpoint's list does not end", name)
}

// appears looks for servers by name until there are count of them or the time is
// over. It returns them together with those that are known.
func (d desk) appears(ctx context.Context, name string, count int, known []string, within time.Duration) ([]string, error) {
	deadline := time.Now().Add(within)
	for {
		ids, err := d.named(ctx, name, count)
		known = merge(known, ids)
		if err != nil || len(known) >= max(count, 1) || !time.Now().Before(deadline) {
			return known, err
		}
		if err := sleep(ctx, min(time.Second, within)); err != nil {
			return known, err
		}
	}
}

// ours reports whether shown is the name we gave, or one of its numbered copies.
func ours(shown, name string, count int) bool {
	if shown == name {
		return true
	}
	rest, ok := strings.CutPrefix(shown, name+"-")
	return ok && count > 1 && rest != "" && len(rest) <= 6 && strings.Trim(rest, "0123456789") == ""
}
