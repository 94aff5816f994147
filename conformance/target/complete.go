package target

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ecsconform/ecsconform/gen/catalog"
)

// complete reports what the profile needs and the file lacks, at the place
// where it would belong.
func (p *parser) complete(root *yaml.Node) {
	c := &p.cfg
	missing := func(key, why string) {
		if !p.wrong[key] && !p.wrong[section(key)] {
			p.at(place(root, key), "%s is missing: %s", key, why)
		}
	}
	if c.Profile == "" {
		missing("profile", "it says what the endpoint claims, for example nova-community")
		return
	}
	profile, ok := catalog.Profile(c.Profile)
	if !ok {
		return
	}
	claims := func(api string) bool { return slices.Contains(profile.APIs, api) }
	for _, api := range profile.APIs {
		if c.APIs[api] != "" || api == "nova" && c.APIs["ecs"] != "" {
			continue
		}
		missing("apis."+api, "profile "+c.Profile+" claims this API")
	}
	p.completeCredentials(missing)
	if c.Project.Name == "" && c.Project.ID == "" {
		missing("project", "give its name or its id")
	}
	if c.Limits.Servers == 0 {
		// Without a ceiling nothing is created; that is allowed and must be meant.
		if place(root, "limits.servers") == root || !has(root, "limits", "servers") {
			missing("limits.servers", "say how many servers may exist at a time; 0 creates nothing")
		}
		return
	}
	if c.Limits.Minutes == 0 && !has(root, "limits", "minutes") {
		missing("limits.minutes", "say how long a run may take")
	}
	need := map[string]bool{"image": true, "flavor": true}
	if claims("nova") {
		need["network"] = true
	}
	if claims("ecs") {
		need["vpc"], need["subnet"] = true, true
		if c.Limits.Volumes == 0 && !has(root, "limits", "volumes") {
			missing("limits.volumes", "servers of the ECS API have volumes")
		}
	}
	for _, f := range c.Resources.fields() {
		if need[f.name] && *f.value == "" {
			missing("resources."+f.name, "checks of profile "+c.Profile+" that create servers need it")
		}
	}
}

func (p *parser) completeCredentials(missing func(key, why string)) {
	c := p.cfg.Credentials
	switch {
	case c.User == "" && !c.AccessKey.Set() && !c.SecretKey.Set():
		if !p.wrong["credentials.access_key"] && !p.wrong["credentials.secret_key"] {
			missing("credentials", "give user and password, or access_key and secret_key")
		}
	default:
		if c.User != "" && !c.Password.Set() {
			missing("credentials.password", "the user needs one: {env: NAME} or {file: path}")
		}
		if c.User == "" && c.Password.Set() {
			missing("credentials.user", "whose password is it?")
		}
		if c.AccessKey.Set() != c.SecretKey.Set() {
			if c.AccessKey.Set() {
				missing("credentials.secret_key", "an access key signs with its secret key")
			} else {
				missing("credentials.access_key", "a secret key belongs to an access key")
			}
		}
	}
	if c.User != "" && p.cfg.Domain == "" {
		missing("domain", "users belong to a domain (ecs 4.1)")
	}
	if c.User != "" && p.cfg.APIs["iam"] == "" && !p.wrong["apis.iam"] {
		missing("apis.iam", "tokens come from there")
	}
}

func section(key string) string {
	for i := range key {
		if key[i] == '.' {
			return key[:i]
		}
	}
	return key
}

// place is the node below which a missing key belongs.
func place(root *yaml.Node, key string) *yaml.Node {
	if n := member(root, section(key)); n != nil {
		return n
	}
	return root
}

func has(root *yaml.Node, section, key string) bool {
	n := member(root, section)
	return n != nil && member(n, key) != nil
}

// member is the key node of a map's member.
func member(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
