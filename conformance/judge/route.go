package judge

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/ecsconform/ecsconform/gen/contract"
)

// node is a place in the tree of path templates.
type node struct {
	literal map[string]*node
	param   *node
	ops     []route
}

// route is an operation with the names of its path parameters in order.
type route struct {
	op    *contract.Operation
	names []string
}

func (n *node) add(op *contract.Operation) {
	path, _, _ := strings.Cut(op.Path, "#")
	var names []string
	for _, seg := range segments(path) {
		if strings.HasPrefix(seg, "{") && strings.HasSuffix(seg, "}") {
			names = append(names, seg[1:len(seg)-1])
			if n.param == nil {
				n.param = &node{}
			}
			n = n.param
			continue
		}
		if n.literal == nil {
			n.literal = map[string]*node{}
		}
		if n.literal[seg] == nil {
			n.literal[seg] = &node{}
		}
		n = n.literal[seg]
	}
	n.ops = append(n.ops, route{op, names})
}

// segments are the parts of a path; slashes at the end do not count.
func segments(path string) []string {
	path = strings.TrimRight(strings.TrimPrefix(path, "/"), "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// longestPath is how many segments we look at; no path of the contract has more.
const longestPath = 32

// walk finds the operations of a path. Literal segments win over parameters.
// have are the values of the parameters so far.
func (n *node) walk(segs, have []string, found func(ops []route, values []string) bool) bool {
	if len(segs) == 0 {
		return len(n.ops) > 0 && found(n.ops, have)
	}
	if next := n.literal[segs[0]]; next != nil && next.walk(segs[1:], have, found) {
		return true
	}
	if n.param == nil || segs[0] == "" {
		return false
	}
	value, err := url.PathUnescape(segs[0])
	if err != nil {
		value = segs[0]
	}
	return n.param.walk(segs[1:], append(slices.Clip(have), value), found)
}

// routed is where an exchange belongs.
type routed struct {
	// op is nil if the contract has no such operation.
	op     *contract.Operation
	params map[string]string
	// alias: the path began with /v2, where there are no microversions (ecs 3; R-255).
	alias bool
	// methods are those of the path, if it is known and the method is not.
	methods []string
	// actions are those of the path, if the body has none of them.
	actions []string
}

// Route finds the operation for a request: method, path below the API's base
// URL, and the body, whose key tells actions apart. params are the values of the
// path's parameters, unescaped.
func (j *Judge) Route(method, path string, body []byte) (op *contract.Operation, params map[string]string, ok bool) {
	path, _, _ = strings.Cut(path, "?")
	r := j.find("", method, path, body)
	return r.op, r.params, r.op != nil
}

func (j *Judge) find(api, method, path string, body []byte) routed {
	tree := j.routes[api]
	if tree == nil {
		return routed{}
	}
	segs := segments(path)
	if len(segs) > longestPath {
		return routed{}
	}
	r, known := tree.match(segs, method, body)
	if r.op == nil && !known && len(segs) > 1 && segs[0] == "v2" {
		twin := slices.Concat([]string{"v2.1"}, segs[1:])
		r, _ = tree.match(twin, method, body)
		r.alias = true
	}
	return r
}

func (n *node) match(segs []string, method string, body []byte) (r routed, known bool) {
	n.walk(segs, nil, func(ops []route, values []string) bool {
		known = true
		var here []route
		for _, o := range ops {
			if o.op.Method == method {
				here = append(here, o)
			}
		}
		if len(here) == 0 {
			for _, o := range ops {
				if !slices.Contains(r.methods, o.op.Method) {
					r.methods = append(r.methods, o.op.Method)
				}
			}
			return false // a longer search may find the method elsewhere
		}
		chosen, actions := choose(here, body)
		if chosen == nil {
			r.actions = append(r.actions, actions...)
			return false
		}
		r.op = chosen.op
		r.params = make(map[string]string, len(values))
		for i, name := range chosen.names {
			r.params[name] = values[i]
		}
		return true
	})
	return r, known
}

// byMember is the operation whose action is the value of a member of the body.
func byMember(ops []route, body []byte) *route {
	for i := range ops {
		if op := ops[i].op; op.ActionMember != "" {
			if value, ok := topText(body, op.ActionMember); ok && value == op.Action {
				return &ops[i]
			}
		}
	}
	return nil
}

// choose tells operations of one method and path apart by the body: by its keys,
// or by the value of one member.
func choose(ops []route, body []byte) (chosen *route, actions []string) {
	byAction := map[string]*route{}
	for i := range ops {
		if ops[i].op.Action == "" {
			chosen = &ops[i]
			continue
		}
		byAction[ops[i].op.Action] = &ops[i]
	}
	if len(byAction) == 0 {
		return chosen, nil
	}
	topKeys(body, func(key string) bool {
		if r := byAction[key]; r != nil && r.op.ActionMember == "" {
			chosen = r
			return false
		}
		return true
	})
	if chosen == nil {
		chosen = byMember(ops, body)
	}
	return chosen, slices.Sorted(maps.Keys(byAction))
}

// below is what is left of a path after the base's, escaped as it was.
func below(path, base string) string {
	base = strings.TrimRight(base, "/")
	if rest, ok := strings.CutPrefix(path, base); ok && (rest == "" || rest[0] == '/') {
		return rest
	}
	return path
}

func roughly(s string) (path, query string) {
	if _, rest, ok := strings.Cut(s, "://"); ok {
		slash := strings.IndexAny(rest, "/?#")
		if slash < 0 {
			return "", ""
		}
		s = rest[slash:]
	}
	s, _, _ = strings.Cut(s, "#")
	path, query, _ = strings.Cut(s, "?")
	return path, query
}
