package auth

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestTokenApply(t *testing.T) {
	g := NewWithT(t)
	r := &http.Request{}
	g.Expect(Token("MIIPAgYJ").Apply(r)).To(Succeed())
	g.Expect(Token("newer").Apply(r)).To(Succeed())
	g.Expect(r.Header).To(Equal(http.Header{"X-Auth-Token": {"newer"}}))
	g.Expect(Token("").Apply(r)).To(MatchError(ContainSubstring("ask IAM for one")))
}

func TestCredentialsShowNoSecret(t *testing.T) {
	secrets := []string{"tok-7f3a", "AK9X", "SK5Z"}
	values := map[string]any{
		"token":  Token(secrets[0]),
		"signer": Signer{AccessKey: secrets[1], SecretKey: secrets[2], ProjectID: "p"},
	}
	values["nested"] = struct{ C []any }{[]any{values["token"], values["signer"]}}
	signer := values["signer"].(Signer)
	values["pointer"] = &signer
	for name, value := range values {
		t.Run(name, func(t *testing.T) {
			var shown strings.Builder
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t"} {
				fmt.Fprintf(&shown, verb+"\n", value)
			}
			encoded, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			shown.Write(encoded)
			slog.New(slog.NewTextHandler(&shown, nil)).Info("log", "c", value)
			slog.New(slog.NewJSONHandler(&shown, nil)).Info("log", "c", value)
			g := NewWithT(t)
			for _, secret := range secrets {
				g.Expect(shown.String()).NotTo(ContainSubstring(secret))
				g.Expect(strings.ToLower(shown.String())).NotTo(ContainSubstring(fmt.Sprintf("%x", secret)))
			}
			g.Expect(shown.String()).To(ContainSubstring("(hidden)"))
		})
	}
}
