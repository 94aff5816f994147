package main

import "encoding/json"

// asOpenAPI30 is the document in the words of OpenAPI 3.0. Of a document of 3.1
// openapi3filter compiles the schema anew for each message, which takes it a
// hundred times as long: it is measured at its best.
func asOpenAPI30(text []byte) ([]byte, error) {
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	doc["openapi"] = "3.0.3"
	return json.Marshal(older(doc))
}

func older(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = older(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = older(v[name])
		}
		olderSchema(v)
	}
	return v
}

func olderSchema(s map[string]any) {
	if types, ok := s["type"].([]any); ok {
		var kept []any
		for _, t := range types {
			if t == "null" {
				s["nullable"] = true
			} else {
				kept = append(kept, t)
			}
		}
		if len(kept) == 1 {
			s["type"] = kept[0]
		} else {
			delete(s, "type")
		}
	}
	if s["type"] == "null" {
		delete(s, "type")
		s["nullable"], s["enum"] = true, []any{nil}
	}
	if c, ok := s["const"]; ok {
		if _, isSchema := c.(map[string]any); !isSchema {
			delete(s, "const")
			s["enum"] = []any{c}
		}
	}
	for open, bound := range map[string]string{"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"} {
		if n, ok := s[open].(float64); ok {
			s[bound], s[open] = n, true
		}
	}
	for _, unknown := range []string{"propertyNames", "contentEncoding"} {
		delete(s, unknown)
	}
	if example, ok := s["examples"].([]any); ok && len(example) > 0 {
		delete(s, "examples")
	}
}
