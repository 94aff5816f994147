package check

// Need is something that an endpoint must offer before a check can be asked of
// it. The operator decides: what the endpoint file claims and the endpoint
// lacks is a failure, never a reason to skip.
type Need string

// The needs. The first five are APIs and bear the names of spec/openapi.
const (
	IAM  Need = "iam"
	ECS  Need = "ecs"
	Nova Need = "nova"
	// Workspace and AutoLaunch are APIs, too.
	Workspace  Need = "workspace"
	AutoLaunch Need = "autolaunch"

	// Image, Flavor and the network are what a server is made of. A check that
	// creates servers needs them without saying so.
	Image   Need = "image"
	Flavor  Need = "flavor"
	Network Need = "network"
	// VPC is a VPC and one of its subnets, which ECS asks for by these names.
	VPC Need = "vpc"
	// SecondFlavor is a flavor to resize to.
	SecondFlavor Need = "second-flavor"
	// Zone is an availability zone by name.
	Zone Need = "zone"
	// AccessKey is an access key with its secret, to sign requests with.
	AccessKey Need = "access-key"
	// Password is a user with a password, to ask for tokens with.
	Password Need = "password"
	// Apps are an image with Windows and a product of type BASE, AdvancedApps one of type
	// ADVANCED.
	Apps         Need = "apps"
	AdvancedApps Need = "advanced-apps"
	// Template is a launch template in a version, and the id of the domain.
	Template Need = "launch-template"
	// Lasting is the leave to make what no documented call removes.
	Lasting Need = "lasting"
)

// API reports whether the need is an API.
func (n Need) API() bool {
	return n == IAM || n == ECS || n == Nova || n == Workspace || n == AutoLaunch
}

// missing says what the operator can do about an absent need.
func (n Need) missing(profile string) string {
	switch n {
	case IAM, ECS, Nova, Workspace, AutoLaunch:
		return "the profile " + profile + " does not claim the API " + string(n)
	case Image:
		return "the endpoint file names no resources.image"
	case Flavor:
		return "the endpoint file names no resources.flavor"
	case Network:
		return "the endpoint file names no resources.network"
	case VPC:
		return "the endpoint file does not name resources.vpc and resources.subnet"
	case SecondFlavor:
		return "the endpoint file names no resources.flavor_alt"
	case Zone:
		return "the endpoint file names no resources.availability_zone"
	case AccessKey:
		return "the endpoint file has no credentials.access_key with its secret_key"
	case Password:
		return "the endpoint file has no credentials.user with a password"
	case Apps:
		return "the endpoint file does not name resources.app_image and resources.app_product"
	case AdvancedApps:
		return "the endpoint file names no resources.app_product_advanced"
	case Template:
		return "the endpoint file does not name resources.domain_id, resources.launch_template and resources.launch_version"
	case Lasting:
		return "the check makes what no documented call removes, and limits.lasting of the endpoint file allows none"
	default:
		return "the endpoint does not offer " + string(n)
	}
}

// known reports whether the need is one of the above.
func (n Need) known() bool {
	switch n {
	case IAM, ECS, Nova, Workspace, AutoLaunch, Image, Flavor, Network, VPC, SecondFlavor, Zone, AccessKey, Password,
		Apps, AdvancedApps, Template, Lasting:
		return true
	}
	return false
}
