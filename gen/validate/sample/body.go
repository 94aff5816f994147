package sample

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Body is a message that the contract describes, and that keeps it.
type Body struct {
	// Name tells it from others: "servers-25".
	Name string
	// Operation is the id of the operation, Request its direction.
	Operation string
	Request   bool
	Status    int
	// Microversion is what it was written for, "" where there is none.
	Microversion string
	Value        Value
}

// Bodies are those that are measured.
func Bodies() []Body {
	r := rand.New(rand.NewPCG(4, 5))
	return []Body{
		{"create", "ecs.CreateServers", true, 0, "", NewServer()},
		{"servers-1", "nova.ListServersDetail", false, 200, "2.60", Servers(r, 1)},
		{"servers-25", "nova.ListServersDetail", false, 200, "2.60", Servers(r, 25)},
		{"servers-100", "nova.ListServersDetail", false, 200, "2.60", Servers(r, 100)},
		{"servers-1000", "nova.ListServersDetail", false, 200, "2.60", Servers(r, 1000)},
		{"servers-100-shuffled", "nova.ListServersDetail", false, 200, "2.60", Shuffled(Servers(r, 100), r)},
		{"job-1", "ecs.ShowJob", false, 200, "", Job(r, 1)},
		{"job-100", "ecs.ShowJob", false, 200, "", Job(r, 100)},
		{"error", "ecs.CreateServers", false, 400, "", Refusal()},
	}
}

func uuid(r *rand.Rand) string {
	a, b := r.Uint64(), r.Uint64()
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xFFFF, a&0xFFFF, b>>48, b&0xFFFFFFFFFFFF)
}

func hex32(r *rand.Rand) string { return fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64()) }

// Servers is a detail list of n servers as an endpoint answers it at 2.60.
func Servers(r *rand.Rand, n int) Value {
	list := make(List, n)
	for i := range list {
		list[i] = Server(r, i)
	}
	return Object{{"servers", list}}
}

// Server is one server in full.
func Server(r *rand.Rand, n int) Object {
	id, host := uuid(r), fmt.Sprintf("pod05.az1.compute-%d", r.IntN(40))
	link := func(rel, path string) Value {
		return Object{{"rel", Text(rel)}, {"href", Text("https://ecs.example.com/" + path)}}
	}
	created := fmt.Sprintf("2026-01-%02dT%02d:%02d:%02dZ", 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60))
	return Object{
		{"tenant_id", Text("74610f3a5ad941998e91f076297ecf27")},
		{"addresses", Object{{"vpc-" + uuid(r)[:8], List{
			Object{
				{"version", Int(4)}, {"addr", Text(fmt.Sprintf("192.168.%d.%d", r.IntN(256), r.IntN(256)))},
				{"OS-EXT-IPS-MAC:mac_addr", Text(fmt.Sprintf("fa:16:3e:%02x:%02x:%02x", r.IntN(256), r.IntN(256), r.IntN(256)))},
				{"OS-EXT-IPS:type", Text("fixed")},
			},
		}}}},
		{"metadata", Object{{"charging_mode", Text("0")}, {"vpc_id", Text(uuid(r))}}},
		{"OS-EXT-STS:task_state", Null},
		{"OS-DCF:diskConfig", Text("MANUAL")},
		{"OS-EXT-AZ:availability_zone", Text("az1.dc1")},
		{"links", List{
			link("self", "v2.1/74610f3a5ad941998e91f076297ecf27/servers/"+id),
			link("bookmark", "74610f3a5ad941998e91f076297ecf27/servers/"+id),
		}},
		{"OS-EXT-STS:power_state", Int(1)},
		{"id", Text(id)},
		{"OS-EXT-SRV-ATTR:host", Text(host)},
		{"accessIPv4", Text("")},
		{"image", Object{
			{"links", List{link("bookmark", "74610f3a5ad941998e91f076297ecf27/images/"+uuid(r))}},
			{"id", Text(uuid(r))},
		}},
		{"OS-EXT-SRV-ATTR:hypervisor_hostname", Text("nova" + fmt.Sprint(r.IntN(9)) + "@" + host)},
		{"user_id", Text(hex32(r))},
		{"status", Text("ACTIVE")},
		{"hostId", Text(hex32(r) + hex32(r)[:24])},
		{"OS-EXT-SRV-ATTR:instance_name", Text(fmt.Sprintf("instance-%08x", r.Uint32()))},
		{"updated", Text(strings.Replace(created, "2026-01", "2026-02", 1))},
		{"created", Text(created)},
		{"OS-SRV-USG:launched_at", Text(strings.TrimSuffix(created, "Z") + ".000000")},
		{"OS-SRV-USG:terminated_at", Null},
		{"name", Text(fmt.Sprintf("web-server-%04d", n))},
		{"flavor", Object{
			{"vcpus", Int(2)}, {"ram", Int(4096)}, {"disk", Int(40)}, {"ephemeral", Int(0)}, {"swap", Int(0)},
			{"original_name", Text("s3.large.2")}, {"extra_specs", Object{{"ecs:performancetype", Text("normal")}, {"resource_type", Text("IOoptimizedS3_2")}}},
		}},
		{"key_name", Text("KeyPair-prod")},
		{"OS-EXT-STS:vm_state", Text("active")},
		{"config_drive", Text("")},
		{"accessIPv6", Text("")},
		{"progress", Int(0)},
		{"security_groups", List{Object{{"name", Text("default")}}}},
		{"os-extended-volumes:volumes_attached", List{Object{{"id", Text(uuid(r))}, {"delete_on_termination", Raw("false")}}}},
		{"description", Text("front end of the shop")},
		{"host_status", Text("UP")},
		{"OS-EXT-SRV-ATTR:hostname", Text(fmt.Sprintf("web-server-%04d", n))},
		{"OS-EXT-SRV-ATTR:reservation_id", Text("r-" + hex32(r)[:8])},
		{"OS-EXT-SRV-ATTR:launch_index", Int(0)},
		{"OS-EXT-SRV-ATTR:kernel_id", Text("")},
		{"OS-EXT-SRV-ATTR:ramdisk_id", Text("")},
		{"OS-EXT-SRV-ATTR:root_device_name", Text("/dev/vda")},
		{"OS-EXT-SRV-ATTR:user_data", Null},
		{"tags", List{Text("shop"), Text("production")}},
		{"locked", Raw("false")},
	}
}

// Job is a finished job of n parts.
func Job(r *rand.Rand, n int) Value {
	const begin = "2026-01-25T20:04:34.604Z"
	parts := make(List, n)
	for i := range parts {
		parts[i] = Object{
			{"status", Text("SUCCESS")},
			{"entities", Object{{"server_id", Text(uuid(r))}}},
			{"job_id", Text(hex32(r))},
			{"job_type", Text("createSingleServer")},
			{"begin_time", Text(begin)},
			{"end_time", Text(fmt.Sprintf("2026-01-25T20:%02d:%02d.%03dZ", 5+r.IntN(50), r.IntN(60), r.IntN(1000)))},
			{"error_code", Null},
			{"fail_reason", Null},
		}
	}
	return Object{
		{"status", Text("SUCCESS")},
		{"entities", Object{{"sub_jobs_total", Int(n)}, {"sub_jobs", parts}}},
		{"job_id", Text(hex32(r))},
		{"job_type", Text("createServer")},
		{"begin_time", Text(begin)},
		{"end_time", Text("2026-01-25T21:08:41.593Z")},
		{"error_code", Null},
		{"fail_reason", Null},
	}
}

// NewServer asks for servers (ecs 5.1.1).
func NewServer() Value {
	return Object{{"server", Object{
		{"availability_zone", Text("az1-dc1")},
		{"name", Text("newservers")},
		{"imageRef", Text("1189efbf-d48b-46ad-a823-94b942e2a000")},
		{"root_volume", Object{{"volumetype", Text("SSD")}}},
		{"data_volumes", List{
			Object{{"volumetype", Text("SSD")}, {"size", Int(100)}},
			Object{{"volumetype", Text("SSD")}, {"size", Int(100)}, {"multiattach", Raw("true")}, {"hw:passthrough", Raw("true")}},
		}},
		{"flavorRef", Text("m3.large.8")},
		{"vpcid", Text("0dae26c9-9a70-4392-93f3-87d53115d171")},
		{"security_groups", List{Object{{"id", Text("507ca48f-814c-4293-8706-300564d54620")}}}},
		{"nics", List{Object{{"subnet_id", Text("157ee789-03ea-45b1-a698-76c92660dd83")}}}},
		{"publicip", Object{{"eip", Object{
			{"iptype", Text("5_bgp")},
			{"bandwidth", Object{{"size", Int(10)}, {"sharetype", Text("PER")}, {"chargemode", Text("traffic")}}},
		}}}},
		{"key_name", Text("sshkey-123")},
		{"count", Int(1)},
	}}}
}

// Refusal is an error body of the ECS API (ecs 10.3.1).
func Refusal() Value {
	return Object{{"error", Object{
		{"message", Text("privateIp [192.168.0.300] is not in this subnet [157ee789-03ea-45b1-a698-76c92660dd83]")},
		{"code", Text("Ecs.0005")},
		{"details", List{Object{{"code", Text("Ecs.0039")}, {"message", Text("the address lies outside of the subnet")}}}},
	}}}
}

// Break puts one violation in the middle of a detail list: a power state that is
// no integer.
func Break(servers []byte) []byte {
	const state = `"OS-EXT-STS:power_state":1`
	at := bytes.Index(servers[len(servers)/2:], []byte(state)) + len(servers)/2
	broken := bytes.Clone(servers)
	broken[at+len(state)-1] = '"'
	return slices.Insert(broken, at+len(state), '1', '"')
}
