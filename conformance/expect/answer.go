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
	// finer are the codes of the details of an ECS refusal: example 5 of ecs 5.1.1
	// has a general code above and the one that says why below.
	finer []string
}

// names are all codes that say why.
func (f failure) names() []string { return append([]string{f.name}, f.finer...) }

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
		return failure{form: "platform", name: platform.Code, message: platform.Message}
	}
	var job struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &job) == nil && job.Code != "" {
		return failure{form: "job", name: job.Code, message: job.Message}
	}
	for name, raw := range members {
		var text struct {
			Code    string `json:"code"`
			Message string `json:"message"`
			Details []struct {
				Code string `json:"code"`
			} `json:"details"`
		}
		if name == "error" && json.Unmarshal(raw, &text) == nil && text.Code != "" {
			f := failure{form: "ecs", name: text.Code, message: text.Message}
			for _, d := range text.Details {
				f.finer = append(f.finer, d.Code)
			}
			return f
		}
		var number struct {
			Code    *int   `json:"code"`
			Title   string `json:"title"`
			Message string `json:"message"`
		}
		if json.Unmarshal(raw, &number) == nil && number.Code != nil {
			if name == "error" {
				return failure{form: "iam", name: number.Title, message: number.Message}
			}
			if len(members) == 1 {
				return failure{form: "nova", name: name, message: number.Message}
			}
		}
	}
	return failure{}
}
