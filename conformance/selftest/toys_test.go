package selftest

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/conformance/check"
	"github.com/ecsconform/ecsconform/conformance/expect"
	"github.com/ecsconform/ecsconform/conformance/look"
	"github.com/ecsconform/ecsconform/conformance/report"
	"github.com/ecsconform/ecsconform/conformance/suite"
	"github.com/ecsconform/ecsconform/conformance/target"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// a toy is a suite of a few small checks that shows one way for a run to end.
type toy struct {
	declare func(*check.Registry)
	// wrap changes the simulator, change the options; nil leaves them.
	wrap   func(http.Handler) http.Handler
	change func(*suite.Options)
}

// declared is a declaration for a toy: it proves a requirement that exists, and
// that is all.
func declared(id string) check.Decl {
	return check.Decl{ID: id, Says: "a toy does as it is told", Proves: []string{"ECS-6.2.6-shows-server"},
		Level: check.Must, Needs: []check.Need{check.Nova}}
}

// waits makes a server and looks at it until the time is over.
func waits(ctx context.Context, t *target.Target) {
	server := t.Given.Server(ctx)
	<-ctx.Done()
	look.Server(ctx, t, server.ID)
}

func passes(context.Context, *target.Target) {}

func toys() map[string]toy {
	one := func(body check.Body) func(*check.Registry) {
		return func(r *check.Registry) { r.It(declared("toys.one.does-it"), body) }
	}
	// with is a toy with a neighbour that passes, so that going on is seen too.
	with := func(body check.Body) func(*check.Registry) {
		return func(r *check.Registry) {
			r.It(declared("toys.one.does-it"), body)
			r.It(declared("toys.two.passes"), passes)
			r.It(declared("toys.three.passes"), passes)
		}
	}
	return map[string]toy{
		"passes": {declare: one(passes)},
		"fails": {declare: with(func(context.Context, *target.Target) {
			Expect("SHUTOFF").To(expect.Be("ACTIVE"))
		})},
		"violates": {
			declare: with(func(ctx context.Context, t *target.Target) {
				reply := target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{}))
				Expect(reply).To(expect.Status(http.StatusOK))
			}),
			wrap: nameless,
		},
		"violates and cannot": {
			declare: with(func(ctx context.Context, t *target.Target) {
				target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{}))
				t.Must(errors.New("the check cannot go on"))
			}),
			wrap: nameless,
		},
		"cannot": {declare: with(func(_ context.Context, t *target.Target) {
			t.Must(errors.New("the check cannot go on"))
		})},
		"panics": {declare: with(func(context.Context, *target.Target) {
			var list []int
			first := len(os.Args) + len(list) // too much for the list, which a linter need not see
			_ = list[first]
		})},
		"hangs": {declare: func(r *check.Registry) {
			d := declared("toys.one.does-it")
			d.Within = 200 * time.Millisecond
			r.It(d, func(ctx context.Context, _ *target.Target) { <-ctx.Done() })
			r.It(declared("toys.two.passes"), passes)
		}},
		"hangs after all": {declare: func(r *check.Registry) {
			d := declared("toys.one.does-it")
			d.Within = 200 * time.Millisecond
			r.It(d, func(context.Context, *target.Target) { select {} })
			r.It(declared("toys.two.passes"), passes)
			r.It(declared("toys.three.passes"), passes)
		}},
		"does not arrive": {
			declare: with(func(ctx context.Context, t *target.Target) {
				target.Got(t.Nova.ListFlavorsWithResponse(ctx, t.Project, &nova.ListFlavorsParams{}))
			}),
			wrap: func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
					if strings.HasSuffix(req.URL.Path, "/flavors") {
						panic(http.ErrAbortHandler)
					}
					next.ServeHTTP(w, req)
				})
			},
		},
		"given fails": {
			declare: with(func(ctx context.Context, t *target.Target) { t.Given.Server(ctx) }),
			wrap:    refusing(http.MethodPost, "/servers"),
		},
		"clean-up fails": {
			declare: with(func(ctx context.Context, t *target.Target) { t.Given.Server(ctx) }),
			wrap:    refusing(http.MethodDelete, "/servers/"),
		},
		"fails and clean-up fails": {
			declare: with(func(ctx context.Context, t *target.Target) {
				t.Given.Server(ctx)
				Expect("SHUTOFF").To(expect.Be("ACTIVE"))
			}),
			wrap: refusing(http.MethodDelete, "/servers/"),
		},
		"nothing selected": {declare: one(passes), change: func(o *suite.Options) {
			o.Selection.IDs = []string{"toys.one.does-nothing"}
		}},
		"everything unsupported": {
			declare: func(r *check.Registry) {
				d := declared("toys.one.does-it")
				d.Needs = append(d.Needs, check.SecondFlavor)
				r.It(d, passes)
			},
			change: func(o *suite.Options) { o.Config.Resources.FlavorAlt = "" },
		},
		"everything excluded": {declare: one(passes), change: func(o *suite.Options) {
			o.Selection.Exclude = []check.Exclusion{{ID: "toys.*", Reason: "https://bugs.example/7"}}
		}},
		"provisional fails": {declare: func(r *check.Registry) {
			d := declared("toys.one.does-it")
			d.Provisional = true
			r.It(d, func(context.Context, *target.Target) { Expect(1).To(expect.Be(2)) })
			r.It(declared("toys.two.passes"), passes)
		}},
		"only a provisional": {declare: func(r *check.Registry) {
			d := declared("toys.one.does-it")
			d.Provisional = true
			r.It(d, passes)
		}},
		"interrupted": {declare: func(r *check.Registry) {
			// Whichever comes first waits to be interrupted, with a server to clean up.
			for _, id := range []string{"toys.one.waits", "toys.two.waits", "toys.three.waits"} {
				r.It(declared(id), waits)
			}
		}},
		"out of minutes": {declare: func(r *check.Registry) {
			for _, id := range []string{"toys.one.waits", "toys.two.waits"} {
				r.It(declared(id), waits)
			}
		}, change: func(o *suite.Options) { o.Minute = time.Second; o.Config.Limits.Minutes = 1 }},
		"report unwritable": {declare: with(passes), change: func(o *suite.Options) { o.Sink = &fullDisk{} }},
		"endpoint down": {declare: with(passes), change: func(o *suite.Options) {
			for api := range o.Config.APIs {
				o.Config.APIs[api] = "http://127.0.0.1:1"
			}
		}},
		"broken catalogue": {declare: func(r *check.Registry) {
			r.It(declared("toys.one.does-it"), passes)
			d := declared("toys.two.proves-nothing")
			d.Proves = []string{"ECS-0-nowhere"}
			r.It(d, passes)
		}},
		"tells a secret": {declare: one(func(_ context.Context, t *target.Target) {
			Expect("the password is " + t.Config.Credentials.Password.Reveal()).To(expect.Be("nothing"))
		})},
	}
}

// nameless takes the names out of the flavors of a list.
func nameless(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.HasSuffix(req.URL.Path, "/flavors") {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"flavors": [{"id": "1", "links": []}]}`))
			return
		}
		next.ServeHTTP(w, req)
	})
}

// refusing refuses one kind of call with 403.
func refusing(method, path string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			if req.Method == method && (strings.HasSuffix(req.URL.Path, path) || strings.HasSuffix(path, "/") && strings.Contains(req.URL.Path, path)) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusForbidden)
				_, _ = w.Write([]byte(`{"forbidden": {"code": 403, "message": "not today"}}`))
				return
			}
			next.ServeHTTP(w, req)
		})
	}
}

// fullDisk takes the header and nothing after it.
type fullDisk struct{}

func (*fullDisk) OnHeader(report.Header) error { return nil }
func (*fullDisk) OnStart(string, string) error { return nil }
func (*fullDisk) OnCheck(report.Check) error   { return errors.New("no space left on device") }
func (*fullDisk) OnFooter(report.Footer) error { return errors.New("no space left on device") }
