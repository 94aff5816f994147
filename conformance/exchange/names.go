package exchange

import "strings"

// Names are compared without case and without the signs that separate words, so
// that user_data, userData and OS-EXT-SRV-ATTR:user_data need no entry each.

// secretNames are JSON members, query parameters and form fields whose value is
// a secret, with the label that stands in its place. Members of the contract
// come on top (x-secret).
func secretNames() map[string]string {
	return map[string]string{
		"password": "PASSWORD", "passwd": "PASSWORD", "pwd": "PASSWORD",
		"originalpassword": "PASSWORD", "newpassword": "PASSWORD", "passphrase": "PASSWORD", "passcode": "PASSCODE",
		"adminpass": "ADMIN_PASS", "adminpassword": "ADMIN_PASS",
		"userdata": "USER_DATA", "osextsrvattruserdata": "USER_DATA",
		"privatekey": "PRIVATE_KEY", "secret": "SECRET", "clientsecret": "SECRET",
		"secretkey": "SECRET_KEY", "secretaccesskey": "SECRET_KEY", "sk": "SECRET_KEY",
		"accesskey": "ACCESS_KEY", "accesskeyid": "ACCESS_KEY", "ak": "ACCESS_KEY",
		"token": "TOKEN", "authtoken": "TOKEN", "xauthtoken": "TOKEN", "accesstoken": "TOKEN", "refreshtoken": "TOKEN",
		"idtoken": "TOKEN", "sessiontoken": "TOKEN", "tokenid": "TOKEN",
		"subjecttoken": "SUBJECT_TOKEN", "xsubjecttoken": "SUBJECT_TOKEN",
		"securitytoken": "SECURITY_TOKEN", "xsecuritytoken": "SECURITY_TOKEN",
		"apikey": "API_KEY", "credential": "CREDENTIAL", "credentials": "CREDENTIAL",
		"signature": "SIGNATURE", "sig": "SIGNATURE", "xamzsignature": "SIGNATURE", "authorization": "AUTHORIZATION",
	}
}

// harmless names look like secrets and are none: they are needed to read a report.
func harmless(folded string) bool {
	switch folded {
	case "passwordexpiresat", "xclienttoken", "clienttoken":
		return true
	}
	return false
}

// marked knows the words that make any longer name a secret's name.
func marked(folded string) (label string, secret bool) {
	for _, m := range [...][2]string{
		{"adminpass", "ADMIN_PASS"}, {"password", "PASSWORD"}, {"passwd", "PASSWORD"},
		{"privatekey", "PRIVATE_KEY"}, {"secret", "SECRET"}, {"userdata", "USER_DATA"},
		{"securitytoken", "SECURITY_TOKEN"}, {"authtoken", "TOKEN"}, {"accesstoken", "TOKEN"},
	} {
		if strings.Contains(folded, m[0]) {
			return m[1], true
		}
	}
	return "", false
}

// fold is the form in which names are compared.
func fold(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		switch {
		case 'A' <= c && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		case c == '_' || c == '-' || c == '.' || c == ':' || c == ' ':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// label is the word that replaces values of the member called name.
func (r *Redactor) label(name string) (label string, secret bool) {
	if len(name) > 128 { // no member of any document is this long
		name = name[:128]
	}
	name = fold(name)
	if label, ok := r.names[name]; ok {
		return label, true
	}
	if harmless(name) {
		return "", false
	}
	return marked(name)
}

// headerLabel is label for header names, of which more are secret.
func (r *Redactor) headerLabel(name string) (label string, secret bool) {
	name = fold(name)
	switch name {
	case "authorization", "proxyauthorization":
		return "AUTHORIZATION", true
	case "cookie", "setcookie":
		return "COOKIE", true
	}
	if label, ok := r.label(name); ok {
		return label, true
	}
	if !harmless(name) && strings.Contains(name, "token") {
		return "TOKEN", true
	}
	return "", false
}

// variable makes a word that is a shell variable's name.
func variable(word string) string {
	var b strings.Builder
	for _, c := range strings.ToUpper(word) {
		if 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' && b.Len() > 0 {
			b.WriteRune(c)
		} else if b.Len() > 0 {
			b.WriteByte('_')
		}
	}
	if b.Len() == 0 {
		return "SECRET"
	}
	return b.String()
}

// placeholder stands where a secret stood; Curl turns it into "$LABEL".
func placeholder(label string) string { return "***" + label + "***" }
