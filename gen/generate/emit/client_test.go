package emit

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ecsconform/ecsconform/gen/auth"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/nova"
)

// endpoint answers with status and body and shows what it was asked.
func endpoint(t *testing.T, status int, body string) (*nova.ClientWithResponses, *http.Request) {
	t.Helper()
	asked := &http.Request{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body) // the server has it whole
		*asked = *r
		asked.RequestURI += " " + string(text)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	c, err := nova.NewClientWithResponses(server.URL + "/")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return c, asked
}

func TestActionsGoToOnePath(t *testing.T) {
	g := NewWithT(t)
	c, asked := endpoint(t, 202, "")
	reply, err := c.StartServerWithResponse(context.Background(), "p", "a/b#c", nova.StartServerRequest{})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(reply.StatusCode()).To(Equal(202))
	g.Expect(reply.Undecoded).NotTo(HaveOccurred())
	g.Expect(asked.RequestURI).To(Equal(`/v2.1/p/servers/a%2Fb%23c/action {"os-start":null}`))
	g.Expect(asked.Header.Get("Content-Type")).To(Equal("application/json"))
}

func TestQueries(t *testing.T) {
	g := NewWithT(t)
	c, asked := endpoint(t, 200, `{"servers":[]}`)
	limit, name := int64(2), "a&b c"
	_, err := c.ListServersWithResponse(context.Background(), "p", &nova.ListServersParams{Limit: &limit, Name: &name})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(asked.URL.Query()).To(HaveKeyWithValue("limit", []string{"2"}))
	g.Expect(asked.URL.Query()).To(HaveKeyWithValue("name", []string{"a&b c"}))
	_, err = c.ListServersWithResponse(context.Background(), "p", nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(asked.RequestURI).To(Equal("/v2.1/p/servers "))
}

func TestEditors(t *testing.T) {
	g := NewWithT(t)
	c, asked := endpoint(t, 200, `{"servers":[]}`)
	list := func(editors ...nova.RequestEditorFn) http.Header {
		_, err := c.ListServersWithResponse(context.Background(), "p", nil, editors...)
		g.Expect(err).NotTo(HaveOccurred())
		return asked.Header
	}
	v := microversion.MustParse("2.26")
	g.Expect(list(nova.WithMicroversion(v, microversion.Legacy))).To(HaveKeyWithValue("X-Openstack-Nova-Api-Version", []string{"2.26"}))
	g.Expect(list(nova.WithMicroversion(v, microversion.Standard))).To(HaveKeyWithValue("Openstack-Api-Version", []string{"compute 2.26"}))
	g.Expect(list(nova.WithMicroversion(v, microversion.Legacy))).NotTo(HaveKey("Openstack-Api-Version"))
	g.Expect(list(nova.WithVersionText(microversion.Latest, microversion.Both))).To(HaveKeyWithValue("Openstack-Api-Version", []string{"compute latest"}))
	g.Expect(list(nova.WithCredentials(auth.Token("t")))).To(HaveKeyWithValue("X-Auth-Token", []string{"t"}))
	g.Expect(list(nova.WithHeader("X-Extra", "1"))).To(HaveKeyWithValue("X-Extra", []string{"1"}))
}

// A body that does not fit its type is what a conformance client is there for.
func TestBodiesThatDoNotFitAreNoErrors(t *testing.T) {
	g := NewWithT(t)
	c, _ := endpoint(t, 200, `{"servers":[{"id":7,"name":"n","links":[]}]}`)
	reply, err := c.ListServersWithResponse(context.Background(), "p", nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(reply.Undecoded).To(MatchError(ContainSubstring("id")))
	g.Expect(reply.JSON200.Servers[0].Name).To(Equal("n"), "what fits is there")
	g.Expect(string(reply.Body)).To(ContainSubstring(`"id":7`))

	c, _ = endpoint(t, 500, `<html>`)
	reply, err = c.ListServersWithResponse(context.Background(), "p", nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(reply.Undecoded).To(HaveOccurred())
	g.Expect(reply.JSONDefault).To(BeNil())

	c, _ = endpoint(t, 404, `{"itemNotFound":{"code":404,"message":"m"}}`)
	reply, err = c.ListServersWithResponse(context.Background(), "p", nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(reply.Undecoded).NotTo(HaveOccurred())
	fault, err := reply.JSONDefault.AsNovaFault()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(fault).To(HaveKeyWithValue("itemNotFound", nova.NovaFaultBody{Code: 404, Message: "m"}))
}

func TestEndpointThatIsDownIsAnError(t *testing.T) {
	g := NewWithT(t)
	c, err := nova.NewClientWithResponses("http://127.0.0.1:1")
	g.Expect(err).NotTo(HaveOccurred())
	reply, err := c.ListServersWithResponse(context.Background(), "p", nil)
	g.Expect(err).To(HaveOccurred())
	g.Expect(reply).To(BeNil())
}
