package target

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

const wholeFile = `profile: ecs
region: RegionOne
domain: Default
project: {name: lab, id: 0123}
apis:
  iam: http://127.0.0.1:15000/
  ecs: "https://ecs.example.com/compute"
credentials:
  user: lab
  password: {env: OS_PASSWORD}
  access_key: {file: ak}
  secret_key: {value: planted-secret-key}
resources: {image: im, flavor: 1, flavor_alt: 2, vpc: v, subnet: s, network: n, availability_zone: az1, app_image: ai, app_product: ap,
  app_product_advanced: aa, domain_id: di, launch_template: lt, launch_version: 1}
limits: {servers: 4, volumes: 4, lasting: 3, minutes: 20}
tls: {ca: ca.pem}
patience: {server: 90s, job: 2m}
`

func env(pairs ...string) Environment {
	return func(name string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

func TestAnEndpointFile(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(os.WriteFile(filepath.Join(dir, "ak"), []byte("AKFROMFILE\n"), 0o600)).To(Succeed())
	file := filepath.Join(dir, "endpoint.yaml")
	g.Expect(os.WriteFile(file, []byte(wholeFile), 0o600)).To(Succeed())
	c, err := Load(file, env("OS_PASSWORD", "planted-password"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.Profile).To(Equal("ecs"))
	g.Expect(c.Project).To(Equal(Project{Name: "lab", ID: "0123"}))
	g.Expect(c.APIs).To(Equal(map[string]string{"iam": "http://127.0.0.1:15000", "ecs": "https://ecs.example.com/compute"}))
	g.Expect(c.Credentials.Password.Reveal()).To(Equal("planted-password"))
	g.Expect(c.Credentials.AccessKey.Reveal()).To(Equal("AKFROMFILE"))
	g.Expect(c.Credentials.SecretKey.Reveal()).To(Equal("planted-secret-key"))
	g.Expect(c.Resources).To(Equal(Resources{Image: "im", Flavor: "1", FlavorAlt: "2", VPC: "v", Subnet: "s", Network: "n", AvailabilityZone: "az1",
		AppImage: "ai", AppProduct: "ap", AppProductAdvanced: "aa", DomainID: "di", LaunchTemplate: "lt", LaunchVersion: "1"}))
	g.Expect(c.Limits).To(Equal(Limits{Servers: 4, Volumes: 4, Lasting: 3, Minutes: 20}))
	g.Expect(c.Patience).To(Equal(Patience{ServerSettles: 90 * time.Second, ServerGone: 90 * time.Second, JobEnds: 2 * time.Minute}))
	g.Expect(c.TLS.CA).To(Equal(filepath.Join(dir, "ca.pem")))
	g.Expect(c.Warnings).To(Equal([]string{file + ":12: credentials.secret_key stands in the endpoint file itself; {env: NAME} or {file: path} keeps it out of version control"}))

	printed, err := json.Marshal([]any{c, c.Settings()})
	g.Expect(err).NotTo(HaveOccurred())
	for _, s := range []string{"planted-password", "AKFROMFILE", "planted-secret-key"} {
		g.Expect(string(printed)).NotTo(ContainSubstring(s))
	}
	g.Expect(string(printed)).To(ContainSubstring("from env OS_PASSWORD"))

	_, err = Load(filepath.Join(dir, "none.yaml"), nil)
	g.Expect(err).To(MatchError(ContainSubstring("read the endpoint file")))
}

// All mistakes of a file come together, each with its place and the nearest name.
func TestMistakesComeTogether(t *testing.T) {
	g := NewWithT(t)
	_, err := Parse("e.yaml", []byte(`profle: nova
profile: nova-comunity
apis:
  iam: ftp://h
  nova: http://h:1/v2.1
  ecs: http://user:planted-pw@h
  novaa: http://h
credentials:
  user: lab
  pasword: {env: X}
  password: planted-inline
  secret_key: {env: NOT_SET}
  access_key: {env: A, file: b}
resources: {flavour: 1, image: [a]}
limits: {servers: -1, servers: 2}
patience: {job: soon}
project:
  - lab
`), env("A", "a"))
	g.Expect(err).To(HaveOccurred())
	g.Expect(strings.Split(err.Error(), "\n")).To(Equal([]string{
		"e.yaml:1:1: profle is not known; did you mean profile?",
		`e.yaml:2:10: profile: there is no profile "nova-comunity"; did you mean nova-community?`,
		"e.yaml:4:8: apis.iam: want http:// or https:// at the beginning",
		"e.yaml:5:9: apis.nova: want what stands before /v2.1, so leave that out",
		"e.yaml:6:8: apis.ecs: a URL with a user or password in it; give them under credentials",
		"e.yaml:7:3: apis.novaa is not known; did you mean apis.nova?",
		"e.yaml:10:3: credentials.pasword is not known; did you mean credentials.password?",
		"e.yaml:11:13: credentials.password: want {env: NAME} or {file: path}; a secret in the file itself has to be {value: ...}",
		"e.yaml:12:21: credentials.secret_key: the environment has no variable NOT_SET, or it is empty",
		"e.yaml:13:15: credentials.access_key: want one of env, file and value, got 2",
		"e.yaml:13:30: credentials.access_key: open b: no such file or directory",
		"e.yaml:14:13: resources.flavour is not known; did you mean resources.flavor?",
		"e.yaml:14:32: resources.image: want a single value, got a list",
		"e.yaml:15:19: limits.servers: want a number from 0 to 100000",
		"e.yaml:15:23: limits.servers is given twice",
		"e.yaml:16:17: patience.job: want a time like 90s or 5m, at most a day",
		"e.yaml:18:3: project: want keys with values, got a list",
	}))
	g.Expect(err.Error()).NotTo(Or(ContainSubstring("planted-inline"), ContainSubstring("planted-pw")))
}

func TestWhatAProfileNeeds(t *testing.T) {
	for _, c := range []struct {
		name, file string
		missing    []string
	}{
		{"nothing but a profile", "profile: ecs\n", []string{"apis.iam", "apis.ecs", "apis.nova", "credentials", "project", "limits.servers"}},
		{"nova with a ceiling", "profile: nova\napis: {iam: 'http://h', nova: 'http://h'}\nproject: p\ndomain: d\ncredentials: {user: u, password: {env: PW}}\nlimits: {servers: 2}\n",
			[]string{"limits.minutes", "resources.image", "resources.flavor", "resources.network"}},
		{"ecs has volumes", "profile: ecs\napis: {iam: 'http://h', ecs: 'http://h'}\nproject: p\ndomain: d\ncredentials: {user: u, password: {env: PW}}\nlimits: {servers: 2, minutes: 1}\nresources: {image: i, flavor: f, network: n}\n",
			[]string{"limits.volumes", "resources.vpc", "resources.subnet"}},
		{"half of the credentials", "profile: nova\napis: {iam: 'http://h', nova: 'http://h'}\nproject: p\ncredentials: {access_key: {env: PW}, password: {env: PW}}\nlimits: {servers: 0}\n",
			[]string{"credentials.user", "credentials.secret_key"}},
		{"a user without a domain", "profile: nova\napis: {iam: 'http://h', nova: 'http://h'}\nproject: p\ncredentials: {user: u}\nlimits: {servers: 0}\n",
			[]string{"credentials.password", "domain"}},
		{"nothing is created", "profile: nova\napis: {iam: 'http://h', nova: 'http://h'}\nproject: p\ndomain: d\ncredentials: {user: u, password: {env: PW}}\nlimits: {servers: 0}\n", nil},
		{"no profile", "region: r\n", []string{"profile"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := NewWithT(t)
			_, err := Parse("e.yaml", []byte(c.file), env("PW", "x"))
			if c.missing == nil {
				g.Expect(err).NotTo(HaveOccurred())
				return
			}
			g.Expect(err).To(HaveOccurred())
			var missing []string
			for line := range strings.SplitSeq(err.Error(), "\n") {
				g.Expect(line).To(MatchRegexp(`^e\.yaml:\d+:\d+: [a-z_.]+ is missing: .+`))
				missing = append(missing, strings.Fields(line)[1])
			}
			g.Expect(missing).To(ConsistOf(c.missing))
		})
	}
}

func TestFilesThatAreNone(t *testing.T) {
	for file, says := range map[string]string{
		"":                   "e.yaml: the file is empty",
		"profile: [":         "e.yaml:1:1: not YAML",
		"- a\n":              "e.yaml:1:1: the file: want keys with values, got a list",
		"a: b\n\tc: d\n":     "not YAML",
		"just words":         "want keys with values, got a single value",
		"profile: nova\n? {": "not YAML",
	} {
		_, err := Parse("e.yaml", []byte(file), nil)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: want %q, got %v", file, says, err)
		}
	}
}

func TestTheSimulatorDescribesItself(t *testing.T) {
	g := NewWithT(t)
	c, err := FromSimulator([]byte(`{"endpoint":"http://127.0.0.1:1","project_id":"p","user":"u","password":"planted","ak":"a","sk":"s","domain":"d","image":"i","later":1}`))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.APIs).To(HaveLen(5))
	g.Expect(c.Profile).To(Equal("everything"))
	g.Expect(c.Credentials.Password.Reveal()).To(Equal("planted"))
	_, err = FromSimulator([]byte(`{"endpoint":""}`))
	g.Expect(err).To(MatchError(ContainSubstring("names no endpoint")))
	_, err = FromSimulator([]byte(`nonsense`))
	g.Expect(err).To(HaveOccurred())
}

// FuzzParse: a file of any kind is a configuration or a list of mistakes, and no
// mistake tells a secret.
func FuzzParse(f *testing.F) {
	f.Add([]byte(wholeFile))
	f.Add([]byte("credentials: {password: pl4nted-s3cret}\napis: {iam: 'http://a:pl4nted-s3cret@h'}\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := Parse("e.yaml", data, env("OS_PASSWORD", "pl4nted-s3cret"))
		if err != nil && strings.Contains(err.Error(), "pl4nted-s3cret") && !strings.Contains(string(data), "pl4nted-s3cret") {
			t.Fatal(err)
		}
	})
}
