package suite

import (
	"slices"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/catalog"
)

// Offer is what the operator of an endpoint claims: the APIs of its profile and
// whatever the endpoint file names. The range of microversions is not in the
// file; Run reads it from the endpoint.
func Offer(c target.Config) check.Offer {
	o := check.Offer{Profile: c.Profile, Has: map[check.Need]bool{}, Servers: c.Limits.Servers}
	if p, ok := catalog.Profile(c.Profile); ok {
		for _, api := range p.APIs {
			o.Has[check.Need(api)] = true
		}
		o.Rulings = append(o.Rulings, p.Rulings...)
	}
	for _, r := range catalog.Rulings {
		if slices.Contains(r.Profiles, c.Profile) {
			o.Rulings = append(o.Rulings, r.ID)
		}
	}
	r := c.Resources
	for need, offered := range map[check.Need]bool{
		check.Image:        r.Image != "",
		check.Flavor:       r.Flavor != "",
		check.SecondFlavor: r.FlavorAlt != "",
		check.Network:      r.Network != "",
		check.VPC:          r.VPC != "" && r.Subnet != "",
		check.Zone:         r.AvailabilityZone != "",
		check.Password:     c.Credentials.User != "" && c.Credentials.Password.Set(),
		check.AccessKey:    c.Credentials.AccessKey.Set() && c.Credentials.SecretKey.Set(),
		check.Apps:         r.AppImage != "" && r.AppProduct != "",
		check.AdvancedApps: r.AppProductAdvanced != "",
		check.Template:     r.DomainID != "" && r.LaunchTemplate != "" && r.LaunchVersion != "",
		check.Lasting:      c.Limits.Lasting > 0,
	} {
		if offered {
			o.Has[need] = true
		}
	}
	return o
}
