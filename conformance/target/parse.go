package target

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/catalog"
)

// Environment looks a variable up, as os.LookupEnv does.
type Environment func(name string) (value string, ok bool)

// Mistake is one thing wrong with an endpoint file.
type Mistake struct {
	File         string
	Line, Column int
	Says         string
}

func (m Mistake) Error() string {
	if m.Line == 0 {
		return m.File + ": " + m.Says
	}
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Says)
}

// Load reads an endpoint file. The error joins a Mistake for each thing that is
// wrong, in the order of the file. Relative paths in it are relative to it.
func Load(path string, env Environment) (Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("read the endpoint file: %w", err)
	}
	return Parse(path, data, env)
}

// Parse is Load for a file that has been read. No variable is looked up
// elsewhere than in env; nil has none.
func Parse(name string, data []byte, env Environment) (Config, error) {
	if env == nil {
		env = func(string) (string, bool) { return "", false }
	}
	p := &parser{file: name, env: env}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		p.syntax(err)
		return Config{}, p.result()
	}
	if len(doc.Content) == 0 {
		p.at(nil, "the file is empty")
		return Config{}, p.result()
	}
	p.document(doc.Content[0])
	if len(p.mistakes) == 0 || p.cfg.Profile != "" {
		p.complete(doc.Content[0])
	}
	if err := p.result(); err != nil {
		return Config{}, err
	}
	return p.cfg, nil
}

type parser struct {
	file     string
	env      Environment
	cfg      Config
	mistakes []Mistake
	// wrong are the keys whose values are mistaken, so that they are not called missing too.
	wrong map[string]bool
}

func (p *parser) at(n *yaml.Node, format string, args ...any) {
	m := Mistake{File: p.file, Says: fmt.Sprintf(format, args...)}
	if n != nil {
		m.Line, m.Column = n.Line, n.Column
	}
	p.mistakes = append(p.mistakes, m)
}

func (p *parser) bad(key string, n *yaml.Node, format string, args ...any) {
	if p.wrong == nil {
		p.wrong = map[string]bool{}
	}
	p.wrong[key] = true
	p.at(n, key+": "+format, args...)
}

func (p *parser) result() error {
	slices.SortStableFunc(p.mistakes, func(a, b Mistake) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	var errs []error
	for _, m := range p.mistakes {
		errs = append(errs, m)
	}
	return errors.Join(errs...)
}

// syntax keeps the line that the YAML parser names.
func (p *parser) syntax(err error) {
	says := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(says, "line "); ok {
		number, what, _ := strings.Cut(rest, ": ")
		if line, err := strconv.Atoi(number); err == nil {
			p.mistakes = append(p.mistakes, Mistake{File: p.file, Line: line, Column: 1, Says: "not YAML: " + what})
			return
		}
	}
	p.at(nil, "not YAML: %s", says)
}

type handler func(key string, value *yaml.Node)

// mapping goes over the keys of a map, each with its handler.
func (p *parser) mapping(path string, n *yaml.Node, keys map[string]handler) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.MappingNode {
		if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
			return
		}
		p.bad(orFile(path), n, "want keys with values, got %s", kind(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		full := join(path, key.Value)
		handle, known := keys[key.Value]
		switch {
		case seen[key.Value]:
			p.at(key, "%s is given twice", full)
		case !known:
			p.at(key, "%s is not known; %s", full, suggest(path, key.Value, keys))
		default:
			handle(full, value)
		}
		seen[key.Value] = true
	}
}

func orFile(path string) string {
	if path == "" {
		return "the file"
	}
	return path
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a map"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		return "a single value"
	default:
		return "something else"
	}
}

func suggest(path, key string, keys map[string]handler) string {
	names := make([]string, 0, len(keys))
	for name := range keys {
		names = append(names, name)
	}
	slices.Sort(names)
	if near := nearest(key, names); near != "" {
		return "did you mean " + join(path, near) + "?"
	}
	return "known are " + strings.Join(names, ", ")
}

func (p *parser) document(n *yaml.Node) {
	c := &p.cfg
	p.mapping("", n, map[string]handler{
		"profile":     p.profile,
		"region":      p.text(&c.Region),
		"domain":      p.text(&c.Domain),
		"project":     p.project,
		"apis":        p.apis,
		"credentials": p.credentials,
		"resources":   p.resources,
		"limits": func(key string, n *yaml.Node) {
			p.mapping(key, n, map[string]handler{
				"servers": p.number(&c.Limits.Servers), "volumes": p.number(&c.Limits.Volumes), "lasting": p.number(&c.Limits.Lasting), "minutes": p.number(&c.Limits.Minutes)})
		},
		"patience": func(key string, n *yaml.Node) {
			w := &c.Patience
			p.mapping(key, n, map[string]handler{
				"server": p.duration(&w.ServerSettles, &w.ServerGone), "job": p.duration(&w.JobEnds), "rests": p.duration(&w.Rests),
				"throttled": p.duration(&w.Throttled), "answer": p.duration(&w.Answer)})
		},
		"tls": func(key string, n *yaml.Node) {
			p.mapping(key, n, map[string]handler{"ca": p.path(&c.TLS.CA)})
		},
	})
}

func (p *parser) profile(key string, n *yaml.Node) {
	p.text(&p.cfg.Profile)(key, n)
	if _, ok := catalog.Profile(p.cfg.Profile); ok || p.cfg.Profile == "" {
		return
	}
	var names []string
	for i := range catalog.Profiles {
		names = append(names, catalog.Profiles[i].Name)
	}
	hint := "known are " + strings.Join(names, ", ")
	if near := nearest(p.cfg.Profile, names); near != "" {
		hint = "did you mean " + near + "?"
	}
	p.bad(key, n, "there is no profile %q; %s", p.cfg.Profile, hint)
	p.cfg.Profile = ""
}

// text reads a single value. Numbers and the like are taken as written: ids may look like numbers.
func (p *parser) text(into *string) handler {
	return func(key string, n *yaml.Node) {
		if n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		switch {
		case n.Kind != yaml.ScalarNode:
			p.bad(key, n, "want a single value, got %s", kind(n))
		case n.Tag == "!!null": // an empty line of the template
		default:
			*into = strings.TrimSpace(n.Value)
		}
	}
}

func (p *parser) number(into *int) handler {
	return func(key string, n *yaml.Node) {
		v, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || v < 0 || v > 100000 {
			p.bad(key, n, "want a number from 0 to 100000")
			return
		}
		*into = v
	}
}

func (p *parser) duration(into ...*time.Duration) handler {
	return func(key string, n *yaml.Node) {
		d, err := time.ParseDuration(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || d <= 0 || d > 24*time.Hour {
			p.bad(key, n, "want a time like 90s or 5m, at most a day")
			return
		}
		for _, to := range into {
			*to = d
		}
	}
}

func (p *parser) path(into *string) handler {
	return func(key string, n *yaml.Node) {
		p.text(into)(key, n)
		*into = p.beside(*into)
	}
}

// beside makes a path relative to the file absolute or relative to where we are.
func (p *parser) beside(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(p.file), path)
}

func (p *parser) project(key string, n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		p.text(&p.cfg.Project.Name)(key, n)
		return
	}
	p.mapping(key, n, map[string]handler{"name": p.text(&p.cfg.Project.Name), "id": p.text(&p.cfg.Project.ID)})
}

func (p *parser) apis(key string, n *yaml.Node) {
	p.cfg.APIs = map[string]string{}
	keys := map[string]handler{}
	for _, api := range apiNames() {
		keys[api] = func(key string, n *yaml.Node) {
			var s string
			p.text(&s)(key, n)
			if s == "" {
				return
			}
			if why := badURL(s); why != "" {
				p.bad(key, n, "%s", why)
				return
			}
			p.cfg.APIs[api] = trimSlash(s)
		}
	}
	p.mapping(key, n, keys)
}

// badURL says why s cannot be a base URL. It never repeats s: it may hold a password.
func badURL(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return "not a URL"
	case u.Scheme != "http" && u.Scheme != "https":
		return "want http:// or https:// at the beginning"
	case u.Host == "" || u.Hostname() == "":
		return "the host is missing"
	case u.User != nil:
		return "a URL with a user or password in it; give them under credentials"
	case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return "want a base URL without ? and #"
	}
	for _, tail := range []string{"/v3", "/v2.1", "/v2", "/v1"} {
		if strings.HasSuffix(trimSlash(u.Path), tail) {
			return "want what stands before " + tail + ", so leave that out"
		}
	}
	return ""
}

func (p *parser) credentials(key string, n *yaml.Node) {
	c := &p.cfg.Credentials
	p.mapping(key, n, map[string]handler{
		"user": p.text(&c.User), "password": p.secret(&c.Password),
		"access_key": p.secret(&c.AccessKey), "secret_key": p.secret(&c.SecretKey),
	})
}

func (p *parser) secret(into *Secret) handler {
	return func(key string, n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			if n.Tag != "!!null" {
				p.bad(key, n, "want {env: NAME} or {file: path}; a secret in the file itself has to be {value: ...}")
			}
			return
		}
		given := 0
		one := func(read func(key string, n *yaml.Node)) handler {
			return func(key string, n *yaml.Node) {
				given++
				read(key, n)
			}
		}
		p.mapping(key, n, map[string]handler{
			"env": one(func(full string, n *yaml.Node) {
				var name string
				if p.text(&name)(full, n); name == "" {
					p.bad(key, n, "env names no variable")
				} else if value, ok := p.env(name); !ok || value == "" {
					p.bad(key, n, "the environment has no variable %s, or it is empty", name)
				} else {
					*into = Hidden(value, "env "+name)
				}
			}),
			"file": one(func(full string, n *yaml.Node) {
				var path string
				if p.text(&path)(full, n); path == "" {
					p.bad(key, n, "file names no path")
					return
				}
				data, err := os.ReadFile(p.beside(path))
				value := strings.TrimRight(string(data), "\r\n")
				switch {
				case err != nil:
					p.bad(key, n, "%s", err)
				case value == "":
					p.bad(key, n, "the file %s is empty", path)
				default:
					*into = Hidden(value, "file "+path)
				}
			}),
			"value": one(func(full string, n *yaml.Node) {
				var value string
				if p.text(&value)(full, n); value == "" {
					p.bad(key, n, "value is empty")
					return
				}
				*into = Hidden(value, "the endpoint file")
				p.cfg.Warnings = append(p.cfg.Warnings,
					fmt.Sprintf("%s:%d: %s stands in the endpoint file itself; {env: NAME} or {file: path} keeps it out of version control", p.file, n.Line, key))
			}),
		})
		if given > 1 {
			p.bad(key, n, "want one of env, file and value, got %d", given)
		} else if given == 0 && !p.wrong[key] {
			p.bad(key, n, "want one of env, file and value")
		}
	}
}

func (p *parser) resources(key string, n *yaml.Node) {
	keys := map[string]handler{}
	for _, f := range p.cfg.Resources.fields() {
		keys[f.name] = p.text(f.value)
	}
	p.mapping(key, n, keys)
}

// nearest is the candidate that a typing mistake would turn into word, "" if none is near.
func nearest(word string, candidates []string) string {
	best, at := "", max(2, len(word)/3)+1
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), c); d < at {
			best, at = c, d
		}
	}
	return best
}

// distance counts the letters to change, add, leave out or swap.
func distance(a, b string) int {
	if len(a) > 64 {
		return len(a)
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
