package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/bytedance/sonic"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/pb33f/libopenapi"
	libvalidator "github.com/pb33f/libopenapi-validator"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ecsconform/ecsconform/gen/ecs"
	"github.com/ecsconform/ecsconform/gen/export"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/message"
)

// peers are the validators, ready for use, by API.
type peers struct {
	ours   *message.Validator
	router map[string]routers.Router
	lib    map[string]libvalidator.Validator
	plain  map[string]any
	schema *jsonschema.Compiler
}

func newPeers() (*peers, error) {
	p := &peers{
		ours: compiled.New(), router: map[string]routers.Router{}, lib: map[string]libvalidator.Validator{},
		plain: map[string]any{}, schema: jsonschema.NewCompiler(),
	}
	p.schema.AssertFormat()
	// The one format of the contract that openapi3filter looks at only on request.
	openapi3.DefineStringFormatValidator("uuid", openapi3.NewRegexpFormatValidator(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`))
	for api, version := range map[string]string{"nova": "2.60", "ecs": ""} {
		v := microversion.Version{}
		if version != "" {
			v = microversion.MustParse(version)
		}
		text, err := export.Plain(api, v, export.Options{JSON: true})
		if err != nil {
			return nil, err
		}
		if err := p.add(api, text); err != nil {
			return nil, fmt.Errorf("%s: %w", api, err)
		}
	}
	return p, nil
}

func (p *peers) add(api string, text []byte) error {
	older, err := asOpenAPI30(text)
	if err != nil {
		return err
	}
	doc, err := openapi3.NewLoader().LoadFromData(older)
	if err != nil {
		return err
	}
	doc.Servers = nil
	doc.Security = nil
	if p.router[api], err = gorillamux.NewRouter(doc); err != nil {
		return err
	}
	lib, err := libopenapi.NewDocument(text)
	if err != nil {
		return err
	}
	v, errs := libvalidator.NewValidator(lib)
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	p.lib[api] = v
	if p.plain[api], err = jsonschema.UnmarshalJSON(bytes.NewReader(text)); err != nil {
		return err
	}
	return p.schema.AddResource("http://localhost/"+api+".json", p.plain[api])
}

// contenders are all ways to read b; each is asked for its verdict once before.
func (p *peers) contenders(b body, few bool) ([]contender, error) {
	list := []contender{{ours, p.our(b), false}, {inPieces, p.pieces(b), false}}
	if !few {
		filter, err := p.filter(b)
		if err != nil {
			return nil, err
		}
		schema, err := p.jsonschema(b)
		if err != nil {
			return nil, err
		}
		list = append(list, contender{"openapi3filter", filter, true}, contender{"libopenapi-validator", p.libopenapi(b), true},
			contender{"jsonschema v6", schema, true}, contender{"oapi-codegen types, decode only", decode(b), true})
	}
	list = append(list,
		contender{"json.Valid", func() bool { return json.Valid(b.message.Body) }, false},
		contender{"jsontext token loop", tokens(b), false},
		contender{"sonic.Valid", func() bool { return sonic.Valid(b.message.Body) }, false},
	)
	for _, c := range list {
		if good := c.run(); good != (b.findings == 0) && validates(c.name) {
			return nil, fmt.Errorf("%s finds the body good: %t", c.name, good)
		}
	}
	return list, nil
}

func validates(name string) bool {
	switch name {
	case ours, inPieces, "openapi3filter", "libopenapi-validator", "jsonschema v6":
		return true
	}
	return false
}

func (p *peers) our(b body) func() bool {
	if b.Request {
		return func() bool { return len(p.ours.Request(b.op, b.message, b.options)) == 0 }
	}
	return func() bool { return len(p.ours.Response(b.op, b.message, b.options)) == 0 }
}

// pieces judges the body as a proxy sees it come.
func (p *peers) pieces(b body) func() bool {
	begin := p.ours.ResponseStream
	if b.Request {
		begin = p.ours.RequestStream
	}
	head := *b.message
	head.Body = nil
	return func() bool {
		s := begin(b.op, &head, b.options)
		for rest := b.message.Body; len(rest) > 0; {
			n := min(len(rest), 32<<10)
			_, _ = s.Write(rest[:n])
			rest = rest[n:]
		}
		return len(s.Findings()) == 0
	}
}

func (p *peers) filter(b body) (func() bool, error) {
	ctx := context.Background()
	req := b.request()
	route, params, err := p.router[b.op.API].FindRoute(req)
	if err != nil {
		return nil, fmt.Errorf("openapi3filter: %w", err)
	}
	o := &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	in := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route, Options: o}
	if b.Request {
		return func() bool {
			req.Body = io.NopCloser(bytes.NewReader(b.message.Body))
			return openapi3filter.ValidateRequest(ctx, in) == nil
		}, nil
	}
	return func() bool {
		return openapi3filter.ValidateResponse(ctx, &openapi3filter.ResponseValidationInput{
			RequestValidationInput: in, Status: b.Status, Header: b.message.Header,
			Body: io.NopCloser(bytes.NewReader(b.message.Body)), Options: o,
		}) == nil
	}, nil
}

func (p *peers) libopenapi(b body) func() bool {
	v := p.lib[b.op.API]
	req := b.request()
	if b.Request {
		return func() bool {
			req.Body = io.NopCloser(bytes.NewReader(b.message.Body))
			ok, _ := v.GetRequestBodyValidator().ValidateRequestBody(req)
			return ok
		}
	}
	return func() bool {
		ok, _ := v.GetResponseBodyValidator().ValidateResponseBody(req, &http.Response{
			StatusCode: b.Status, Header: b.message.Header, Body: io.NopCloser(bytes.NewReader(b.message.Body)),
		})
		return ok
	}
}

func (p *peers) jsonschema(b body) (func() bool, error) {
	path, _, _ := strings.Cut(b.op.Path, "#")
	at := []string{"paths", path, strings.ToLower(b.op.Method)}
	if b.Request {
		at = append(at, "requestBody")
	} else {
		status := fmt.Sprint(b.Status)
		if walk(p.plain[b.op.API], append(at, "responses", status)) == nil {
			status = "default"
		}
		at = append(at, "responses", status)
	}
	if ref, ok := walk(p.plain[b.op.API], append(at, "$ref")).(string); ok {
		at = strings.Split(strings.TrimPrefix(ref, "#/"), "/")
	}
	at = append(at, "content", "application/json", "schema")
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	pointer := ""
	for _, token := range at {
		pointer += "/" + strings.NewReplacer("{", "%7B", "}", "%7D").Replace(escape.Replace(token))
	}
	s, err := p.schema.Compile("http://localhost/" + b.op.API + ".json#" + pointer)
	if err != nil {
		return nil, err
	}
	return func() bool {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.message.Body))
		return err == nil && s.Validate(v) == nil
	}, nil
}

func walk(v any, path []string) any {
	for _, token := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[token]
	}
	return v
}

// decode is what a generated client does; it validates nothing.
func decode(b body) func() bool {
	var into func() any
	switch b.op.ID {
	case "nova.ListServersDetail":
		into = func() any { return new(nova.ServerDetailList) }
	case "ecs.ShowJob":
		into = func() any { return new(ecs.Job) }
	default:
		into = func() any { return new(ecs.CreateServersRequest) }
		if !b.Request {
			into = func() any { return new(ecs.EcsError) }
		}
	}
	return func() bool { return json.Unmarshal(b.message.Body, into()) == nil }
}

func tokens(b body) func() bool {
	r := bytes.NewReader(b.message.Body)
	d := jsontext.NewDecoder(r)
	return func() bool {
		r.Reset(b.message.Body)
		d.Reset(r)
		for {
			if _, err := d.ReadToken(); err != nil {
				return errors.Is(err, io.EOF)
			}
		}
	}
}
