package target

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/ecsconform/ecsconform/conformance/report"
)

// Config is one endpoint as the operator describes it. Load and Parse read it
// from an endpoint file; FromSimulator makes one for the simulator.
type Config struct {
	// Profile is the part of the contract that the endpoint claims: "nova-community".
	Profile string
	// Region and Domain are names; both go into requests for tokens and signatures.
	Region, Domain string
	// Project is where everything happens.
	Project Project
	// APIs are base URLs by API ("iam", "ecs", "nova", "workspace", "autolaunch"): what stands before /v3, /v1, /v2.1.
	APIs map[string]string
	// Credentials say who we are.
	Credentials Credentials
	// Resources are what checks may use.
	Resources Resources
	// Limits are what checks may create.
	Limits Limits
	// TLS is how the endpoint's certificates are checked.
	TLS TLS
	// Patience is how long we wait for things that no document gives a time for.
	Patience Patience
	// Warnings are what is allowed and yet not well done in the file.
	Warnings []string
}

// Project names a project; the id is looked up if it is empty.
type Project struct{ Name, ID string }

// Credentials are a user with a password, an access key with its secret key, or
// both. With both, requests are authenticated by token.
type Credentials struct {
	User                 string
	Password             Secret
	AccessKey, SecretKey Secret
}

// Resources are the ids of what exists at the endpoint and may be used.
type Resources struct {
	// Image is what servers are made from.
	Image string
	// Flavor is what servers are made as; FlavorAlt is what they are resized to.
	Flavor, FlavorAlt string
	// VPC and Subnet are how ECS names the network of a server.
	VPC, Subnet string
	// Network is how Nova names it.
	Network string
	// AvailabilityZone may be left out: the endpoint then chooses.
	AvailabilityZone string
	// AppImage holds Windows; application servers are made from it. AppProduct is what they
	// are sold as, one of type BASE; AppProductAdvanced is one of type ADVANCED.
	AppImage, AppProduct, AppProductAdvanced string
	// DomainID is the id of the domain, which paths of auto launch name.
	DomainID string
	// LaunchTemplate is the id of a launch template, LaunchVersion one of its versions.
	LaunchTemplate, LaunchVersion string
}

// Limits bound what a run may create. Servers and Volumes are how many of ours
// exist at the same time.
type Limits struct {
	Servers, Volumes int
	// Lasting is how many things a run may make that no documented call removes: groups of
	// application servers, their servers, auto launch groups.
	Lasting int
	// Minutes is how long a run may take; nothing is created afterwards.
	Minutes int
}

// TLS is how certificates are checked.
type TLS struct {
	// CA is the path of a PEM file with authorities that are trusted besides the system's.
	CA string
}

// Patience are the waits. None is normative: no document promises a time. When
// one ends the check is not judged.
type Patience struct {
	// ServerSettles is for a server to reach a state with no task running.
	ServerSettles time.Duration
	// ServerGone is for a deleted server to disappear.
	ServerGone time.Duration
	// Rests is how long a server may show another status than hoped for, with no
	// task running, before we believe that it stays so.
	Rests time.Duration
	// JobEnds is for a job to succeed or fail.
	JobEnds time.Duration
	// Late is for a server to appear whose request had no answer, before a
	// clean-up leaves it to the sweep.
	Late time.Duration
	// Throttled is for all 429 and 503 of one request together.
	Throttled time.Duration
	// Answer is for one answer to one request.
	Answer time.Duration
	// FirstPoll and LongestPoll bound the pause between two looks at something.
	FirstPoll, LongestPoll time.Duration
}

// DefaultPatience suits a public cloud.
func DefaultPatience() Patience {
	return Patience{
		ServerSettles: 5 * time.Minute,
		ServerGone:    5 * time.Minute,
		Rests:         30 * time.Second,
		JobEnds:       10 * time.Minute,
		Late:          5 * time.Second,
		Throttled:     2 * time.Minute,
		Answer:        time.Minute,
		FirstPoll:     50 * time.Millisecond,
		LongestPoll:   3 * time.Second,
	}
}

// withDefaults fills what is zero.
func (p Patience) withDefaults() Patience {
	d := DefaultPatience()
	for _, f := range []struct {
		have *time.Duration
		or   time.Duration
	}{
		{&p.ServerSettles, d.ServerSettles}, {&p.ServerGone, d.ServerGone}, {&p.JobEnds, d.JobEnds}, {&p.Rests, d.Rests}, {&p.Late, d.Late},
		{&p.Throttled, d.Throttled}, {&p.Answer, d.Answer}, {&p.FirstPoll, d.FirstPoll}, {&p.LongestPoll, d.LongestPoll},
	} {
		if *f.have <= 0 {
			*f.have = f.or
		}
	}
	return p
}

// Settings is the configuration for the report's header: rows of name and
// value, without secrets and without what is not set.
func (c Config) Settings() []report.Setting {
	var rows []report.Setting
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, report.Setting{Name: name, Value: value})
		}
	}
	add("profile", c.Profile)
	add("region", c.Region)
	add("domain", c.Domain)
	add("project.name", c.Project.Name)
	add("project.id", c.Project.ID)
	for _, api := range apiNames() {
		add("apis."+api, withoutUserinfo(c.APIs[api]))
	}
	add("credentials.user", c.Credentials.User)
	for _, s := range []struct {
		name   string
		secret Secret
	}{{"password", c.Credentials.Password}, {"access_key", c.Credentials.AccessKey}, {"secret_key", c.Credentials.SecretKey}} {
		if s.secret.Set() {
			add("credentials."+s.name, s.secret.String())
		}
	}
	r := c.Resources
	for _, f := range r.fields() {
		add("resources."+f.name, *f.value)
	}
	add("limits.servers", count(c.Limits.Servers))
	add("limits.volumes", count(c.Limits.Volumes))
	add("limits.lasting", count(c.Limits.Lasting))
	add("limits.minutes", count(c.Limits.Minutes))
	for _, w := range []struct {
		name string
		d    time.Duration
	}{
		{"server", c.Patience.ServerSettles}, {"job", c.Patience.JobEnds}, {"rests", c.Patience.Rests},
		{"throttled", c.Patience.Throttled}, {"answer", c.Patience.Answer},
	} {
		if w.d > 0 {
			add("patience."+w.name, w.d.String())
		}
	}
	add("tls.ca", c.TLS.CA)
	return rows
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

type resourceField struct {
	name  string
	value *string
}

func (r *Resources) fields() []resourceField {
	return []resourceField{
		{"image", &r.Image}, {"flavor", &r.Flavor}, {"flavor_alt", &r.FlavorAlt}, {"vpc", &r.VPC},
		{"subnet", &r.Subnet}, {"network", &r.Network}, {"availability_zone", &r.AvailabilityZone},
		{"app_image", &r.AppImage}, {"app_product", &r.AppProduct}, {"app_product_advanced", &r.AppProductAdvanced},
		{"domain_id", &r.DomainID}, {"launch_template", &r.LaunchTemplate}, {"launch_version", &r.LaunchVersion},
	}
}

// apiNames are the APIs in the order in which they are shown.
func apiNames() []string { return []string{"iam", "ecs", "nova", "workspace", "autolaunch"} }

// described is the line that the simulator prints once it listens.
type described struct {
	Endpoint         string `json:"endpoint"`
	ProjectID        string `json:"project_id"`
	Project          string `json:"project"`
	Domain           string `json:"domain"`
	Region           string `json:"region"`
	User             string `json:"user"`
	Password         string `json:"password"`
	AK               string `json:"ak"`
	SK               string `json:"sk"`
	Image            string `json:"image"`
	Flavor           string `json:"flavor"`
	FlavorAlt        string `json:"flavor_alt"`
	VPC              string `json:"vpc"`
	Subnet           string `json:"subnet"`
	Network          string `json:"network"`
	AvailabilityZone string `json:"availability_zone"`

	AppImage           string `json:"app_image"`
	AppProduct         string `json:"app_product"`
	AppProductAdvanced string `json:"app_product_advanced"`
	DomainID           string `json:"domain_id"`
	LaunchTemplate     string `json:"launch_template"`
	LaunchVersion      string `json:"launch_version"`
}

// FromSimulator is the configuration for a simulator that described itself with
// the given line of JSON. It claims everything.
func FromSimulator(line []byte) (Config, error) {
	var d described
	if err := json.Unmarshal(line, &d); err != nil {
		return Config{}, fmt.Errorf("read the simulator's description: %w", err)
	}
	if d.Endpoint == "" || d.ProjectID == "" {
		return Config{}, fmt.Errorf("read the simulator's description: it names no endpoint or no project_id")
	}
	const from = "the simulator's description"
	return Config{
		Profile: "everything", Region: d.Region, Domain: d.Domain,
		Project: Project{Name: d.Project, ID: d.ProjectID},
		APIs: map[string]string{"iam": d.Endpoint, "ecs": d.Endpoint, "nova": d.Endpoint,
			"workspace": d.Endpoint, "autolaunch": d.Endpoint},
		Credentials: Credentials{
			User: d.User, Password: Hidden(d.Password, from),
			AccessKey: Hidden(d.AK, from), SecretKey: Hidden(d.SK, from),
		},
		Resources: Resources{
			Image: d.Image, Flavor: d.Flavor, FlavorAlt: d.FlavorAlt, VPC: d.VPC,
			Subnet: d.Subnet, Network: d.Network, AvailabilityZone: d.AvailabilityZone,
			AppImage: d.AppImage, AppProduct: d.AppProduct, AppProductAdvanced: d.AppProductAdvanced,
			DomainID: d.DomainID, LaunchTemplate: d.LaunchTemplate, LaunchVersion: d.LaunchVersion,
		},
		Limits: Limits{Servers: 20, Volumes: 40, Lasting: 100, Minutes: 20},
		// Its time is virtual: jobs end within milliseconds.
		Patience: Patience{FirstPoll: 2 * time.Millisecond, LongestPoll: 50 * time.Millisecond,
			ServerSettles: time.Minute, ServerGone: time.Minute, JobEnds: time.Minute, Rests: 2 * time.Second, Late: 100 * time.Millisecond},
	}, nil
}
