package expect

import (
	"encoding/json"
	"net/http"
	"reflect"
)

// answer is what every reply of a generated client has.
type answer interface {
	StatusCode() int
	Header() http.Header
}

// content is the body of a reply. The clients keep it in a field, which no
// interface can name.
func content(a answer) []byte {
	v := reflect.Indirect(reflect.ValueOf(a))
	if v.Kind() != reflect.Struct {
		return nil
	}
	f := v.FieldByName("Body")
	if !f.IsValid() || f.Kind() != reflect.Slice || f.Type().Elem().Kind() != reflect.Uint8 {
		return nil
	}
	return f.Bytes()
}

// failure is what an error answer says of itself, whatever its envelope.
type failure struct {
	// form is the envelope: "ecs", "nova", "iam", "platform", "job"; "" if it is none of them.
	form string
	// name is the error code, or the name of the fault where the envelope is Nova's.
	name    string
	message string
}

// readFailure takes any of the documented envelopes apart (ecs 4.3, 10.3.1,
// 10.4.1; ).
func readFailure(body []byte) failure {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return failure{}
	}
	var platform struct {
		Code    string `json:"error_code"`
		Message string `json:"error_msg"`
	}
	if json.Unmarshal(body, &platform) == nil && platform.Code != "" {
		return failure{"platform", platform.Code, platform.Message}
	}
	var job struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &job) == nil && job.Code != "" {
		return failure{"job", job.Code, job.Message}
	}
	for name, raw := range members {
		var text struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		}
		if name == "error" && json.Unmarshal(raw, &text) == nil && text.Code != "" {
			return failure{"ecs", text.Code, text.Message}
		}
		var number struct {
			Code    *int   `json:"code"`
			Title   string `json:"title"`
			Message string `json:"message"`
		}
		if json.Unmarshal(raw, &number) == nil && number.Code != nil {
			if name == "error" {
				return failure{"iam", number.Title, number.Message}
			}
			if len(members) == 1 {
				return failure{"nova", name, number.Message}
			}
		}
	}
	return failure{}
}
