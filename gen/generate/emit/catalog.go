package emit

import (
	"bytes"
	_ "embed"
	"fmt"
	"reflect"
	"strings"
	"text/template"

	"github.com/ecsconform/ecsconform/gen/generate/model"
)

//go:embed templates/catalog.tmpl
var catalogTemplate string

// catalogPart is one file of package catalog: lists, and perhaps a look-up.
type catalogPart struct {
	File  string
	Lists []catalogList
	// Find is the look-up's name, Key the member that it compares with.
	Find, Key, KeyType, Doc string
}

type catalogList struct {
	Name, Doc string
	Values    any
}

func emitCatalog(c *model.Contract, files Files) error {
	k := c.Catalog
	t, err := template.New("catalog.tmpl").Funcs(template.FuncMap{
		"literal": func(v any) (string, error) {
			var b bytes.Buffer
			err := literal(&b, reflect.ValueOf(v), false)
			return b.String(), err
		},
		"elem": func(v any) string { return reflect.TypeOf(v).Elem().String() },
		"uses": func(lists []catalogList, text string) bool {
			for _, list := range lists {
				var b bytes.Buffer
				if literal(&b, reflect.ValueOf(list.Values), false) == nil && strings.Contains(b.String(), text) {
					return true
				}
			}
			return false
		},
	}).Parse(catalogTemplate)
	if err != nil {
		return err
	}
	for _, part := range []catalogPart{
		{File: "operations", Find: "Operation", Key: "ID", KeyType: "string", Doc: "Operation is the operation of that id: \"nova.StartServer\".",
			Lists: []catalogList{{"Operations", "Operations are all operations of all APIs, sorted by id.", c.Operations()}}},
		{File: "requirements", Find: "Requirement", Key: "ID", KeyType: "string", Doc: "Requirement is the requirement of that id: \"ECS-5.1.2-max-servers\".",
			Lists: []catalogList{{"Requirements", "Requirements are the numbered statements, sorted by id.", k.Requirements}}},
		{File: "rulings", Find: "Ruling", Key: "ID", KeyType: "string", Doc: "Ruling is the ruling of that id: \"R-017\".",
			Lists: []catalogList{{"Rulings", "Rulings are our decisions, sorted by id.", k.Rulings}}},
		{File: "errors", Find: "ErrorCode", Key: "Code", KeyType: "string", Doc: "ErrorCode is the row of that code: \"Ecs.0001\".",
			Lists: []catalogList{{"Errors", "Errors is the error catalogue (ecs A.2), sorted by code.", k.Errors}}},
		{File: "states",
			Lists: []catalogList{
				{"ServerStatuses", "ServerStatuses are the values of a server's status (ecs A.3).", k.ServerStatuses},
				{"VMStates", "VMStates are the values of OS-EXT-STS:vm_state (ecs A.3).", k.VMStates},
				{"TaskStates", "TaskStates are the values of OS-EXT-STS:task_state (ecs A.3).", k.TaskStates},
				{"States", "States says what status a server of a vm_state and task_state shows (ecs A.3 table A-4).", k.States},
			}},
		{File: "statuses", Find: "Status", Key: "Code", KeyType: "int", Doc: "Status is the row of that HTTP status.",
			Lists: []catalogList{{"Statuses", "Statuses are the HTTP statuses of the general tables, in order.", k.Statuses}}},
		{File: "jobs", Find: "Job", Key: "Type", KeyType: "string", Doc: "Job is the kind of job of that job_type: \"createServer\".",
			Lists: []catalogList{{"Jobs", "Jobs are the kinds of jobs, sorted by type.", k.Jobs}}},
		{File: "permissions", Find: "Permission", Key: "Item", KeyType: "string", Doc: "Permission is the first row of that authorisation item: \"ecs:servers:list\".",
			Lists: []catalogList{{"Permissions", "Permissions are the authorisation items of chapter 9, sorted by item and call.", k.Permissions}}},
		{File: "profiles", Find: "Profile", Key: "Name", KeyType: "string", Doc: "Profile is the profile of that name: \"nova-community\".",
			Lists: []catalogList{{"Profiles", "Profiles are the parts of the contract that an endpoint can claim, sorted by name.", k.Profiles}}},
	} {
		text, err := render(t, part)
		if err != nil {
			return fmt.Errorf("%s: %w", part.File, err)
		}
		files["gen/catalog/"+part.File+".gen.go"] = text
	}
	doc := []byte(`// Package catalog is the contract as Go data: operations, requirements, rulings,
// error codes, states. Its shapes are in package contract. Look-ups return the
// entry itself; nobody changes it.
package catalog
`)
	files["gen/catalog/doc.gen.go"] = append([]byte(header(doc)), doc...)
	return nil
}
