// Package target is one endpoint: its configuration, credentials, clients,
// evidence, and the ledger of what we create there.
//
//	cfg, err := target.Load("endpoint.yaml", os.LookupEnv)
//	e, err := target.Open(ctx, cfg, target.Options{...}) // authenticates, reads the versions
//	t := e.For(bench, "lifecycle.create.reaches-active", v)
//	s := t.Given.Server(ctx)                             // written to the ledger first, removed afterwards
//	reply := target.Got(t.Nova.ShowServerWithResponse(ctx, t.Project, s.ID))
//
// Every request of a Target goes through one transport (transport.go), which
// signs, waits out flow control, judges and records. What we cannot do is told
// to the Bench and ends a check with verdict error; what the endpoint does wrong
// is a finding of the judge or a failed expectation of the check.
//
// The package knows no check and no simulator. Start reading at Open.
package target
