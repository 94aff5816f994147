package emit

import (
	"fmt"
	"io"
	"reflect"
	"strconv"

	"github.com/ecsconform/ecsconform/gen/microversion"
)

// literal writes v as a Go composite literal without members that are zero.
// Types of package contract are named; elements of slices leave their type out.
func literal(w io.Writer, v reflect.Value, elided bool) error {
	p := printer{w: w}
	p.value(v, elided)
	return p.err
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *printer) value(v reflect.Value, elided bool) {
	if version, ok := v.Interface().(microversion.Version); ok {
		p.printf("microversion.Version{Major: %d, Minor: %d}", version.Major, version.Minor)
		return
	}
	switch v.Kind() {
	case reflect.String:
		p.printf("%s", strconv.Quote(v.String()))
	case reflect.Int:
		p.printf("%d", v.Int())
	case reflect.Bool:
		p.printf("%t", v.Bool())
	case reflect.Pointer:
		p.printf("&")
		p.value(v.Elem(), false)
	case reflect.Slice:
		if !elided {
			p.printf("%s", v.Type())
		}
		p.printf("{")
		nested := v.Type().Elem().Kind() == reflect.Struct
		for i := range v.Len() {
			if nested {
				p.printf("\n")
			}
			p.value(v.Index(i), true)
			p.printf(",")
		}
		if nested && v.Len() > 0 {
			p.printf("\n")
		}
		p.printf("}")
	case reflect.Struct:
		if !elided {
			p.printf("%s", v.Type())
		}
		p.fields(v)
	default:
		p.err = fmt.Errorf("no literal for %s", v.Type())
	}
}

// fields writes the members that are not zero: on one line if they are few.
func (p *printer) fields(v reflect.Value) {
	var names []string
	for i := range v.NumField() {
		if field := v.Field(i); !field.IsZero() && (field.Kind() != reflect.Slice || field.Len() > 0) {
			names = append(names, v.Type().Field(i).Name)
		}
	}
	end := ", "
	if len(names) > 3 {
		end = ",\n"
	}
	p.printf("{")
	if len(names) > 3 {
		p.printf("\n")
	}
	for _, name := range names {
		p.printf("%s: ", name)
		p.value(v.FieldByName(name), false)
		p.printf("%s", end)
	}
	p.printf("}")
}
