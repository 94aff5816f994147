package message_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ecsconform/ecsconform/gen/catalog"
	"github.com/ecsconform/ecsconform/gen/contract"
	"github.com/ecsconform/ecsconform/gen/microversion"
	"github.com/ecsconform/ecsconform/gen/validate"
	"github.com/ecsconform/ecsconform/gen/validate/compiled"
	"github.com/ecsconform/ecsconform/gen/validate/message"
	"github.com/ecsconform/ecsconform/gen/validate/mutant"
	"github.com/ecsconform/ecsconform/gen/validate/sample"
)

// exchange is a message with all that it takes to judge it.
type exchange struct {
	op      *contract.Operation
	request bool
	message validate.Message
	options validate.Options
}

func (x *exchange) whole(v *message.Validator) []validate.Finding {
	if x.request {
		return v.Request(x.op, &x.message, x.options)
	}
	return v.Response(x.op, &x.message, x.options)
}

// pieces judges the body in pieces that end where cut says.
func (x *exchange) pieces(v *message.Validator, cut func(left int) int) []validate.Finding {
	head := x.message
	head.Body = nil
	var s *message.Stream
	if x.request {
		s = v.RequestStream(x.op, &head, x.options)
	} else {
		s = v.ResponseStream(x.op, &head, x.options)
	}
	for body := x.message.Body; len(body) > 0; {
		n := cut(len(body))
		piece := bytes.Clone(body[:n])
		_, _ = s.Write(piece)
		clear(piece) // whoever kept it finds nothing
		body = body[n:]
	}
	return s.Findings()
}

func same(t interface{ Fatalf(string, ...any) }, x *exchange, whole, pieces []validate.Finding) {
	if len(whole) == 0 && len(pieces) == 0 || reflect.DeepEqual(whole, pieces) {
		return
	}
	for i := range max(len(whole), len(pieces)) {
		a, b := "nothing", "nothing"
		if i < len(whole) {
			a = fmt.Sprintf("%+v", whole[i])
		}
		if i < len(pieces) {
			b = fmt.Sprintf("%+v", pieces[i])
		}
		if a != b {
			t.Fatalf("%s, %d bytes: %d findings in the whole, %d in pieces; number %d\nwhole:  %s\npieces: %s\n%.2000q", x.op.ID, len(x.message.Body), len(whole), len(pieces), i, a, b, x.message.Body)
		}
	}
}

// narrow is a validator whose streams look at a body every few bytes.
func narrow(first, limit int) *message.Validator {
	v := compiled.New()
	v.Window(first, limit)
	return v
}

const ample = 64 << 20

// TestPiecesAreJudgedLikeTheWhole: instances of every body of the contract, whole and
// with a fault in them, in random pieces, judged whenever some random number of bytes
// has come: the findings are those of the whole body, to the letter.
func TestPiecesAreJudgedLikeTheWhole(t *testing.T) {
	c, err := mutant.Contract()
	if err != nil {
		t.Fatal(err)
	}
	bodies := mutant.Bodies(c, microversion.MustParse("2.60"))
	v := compiled.New()
	rapid.Check(t, func(t *rapid.T) {
		b := bodies[rapid.IntRange(0, len(bodies)-1).Draw(t, "body")]
		op, ok := catalog.Operation(b.Operation.ID)
		if !ok {
			t.Fatalf("the catalogue lacks %s", b.Operation.ID)
		}
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, 1))
		maker := &mutant.Maker{Rand: r, Version: b.Version, Full: rapid.Bool().Draw(t, "full")}
		value, err := maker.Instance(b.Schema)
		if err != nil {
			t.Fatalf("%v", err)
		}
		body := sample.JSON(multiply(value, rapid.IntRange(1, 9).Draw(t, "items")))
		if rapid.Bool().Draw(t, "indented") {
			body = sample.Indented(multiply(value, 2))
		}
		for range rapid.IntRange(0, 3).Draw(t, "faults") {
			body = spoil(r, body)
		}
		x := &exchange{op: op, request: b.Response == nil, options: validate.Options{Version: b.Version}, message: validate.Message{
			Status: b.Status, Body: body, Header: http.Header{"Content-Type": {rapid.SampledFrom([]string{"application/json", "application/json", "text/plain"}).Draw(t, "type")}},
		}}
		v.Window(rapid.IntRange(1, 300).Draw(t, "window"), ample)
		largest := rapid.IntRange(1, 200).Draw(t, "piece")
		same(t, x, x.whole(v), x.pieces(v, func(left int) int { return min(left, 1+r.IntN(largest)) }))
	})
}

// multiply repeats the items of all lists near the top.
func multiply(v sample.Value, n int) sample.Value {
	switch v := v.(type) {
	case sample.Object:
		out := make(sample.Object, len(v))
		for i, m := range v {
			out[i] = sample.Member{Name: m.Name, Value: multiply(m.Value, n)}
		}
		return out
	case sample.List:
		var out sample.List
		for range n {
			out = append(out, v...)
		}
		return out
	}
	return v
}

// spoil changes a few bytes of a body: the kinds of faults that pieces might hide.
func spoil(r *rand.Rand, body []byte) []byte {
	if len(body) == 0 {
		return body
	}
	body = bytes.Clone(body)
	at := r.IntN(len(body))
	switch r.IntN(8) {
	case 0:
		body[at] = byte(r.Uint32())
	case 1:
		return body[:at]
	case 2:
		return append(body[:at:at], body[min(len(body), at+1+r.IntN(3)):]...)
	case 3:
		other := r.IntN(len(body))
		return append(body[:at:at], body[min(at, other):]...)
	case 4:
		extra := []string{`,`, `]`, `}`, `"`, `\ud83d\ude00`, "\xf0\x9f\x98\x80", `\u00`, `null`, ` `, `[1,]`, `{}`, `1e5`, "\xff"}
		return append(append(body[:at:at], extra[r.IntN(len(extra))]...), body[at:]...)
	case 5:
		return append(body, " \n{"[:r.IntN(4)]...)
	case 6:
		return append([]byte(strings.Repeat(" ", r.IntN(40))), body...)
	default:
		return bytes.Replace(body, []byte(`:"`), []byte(`:7,"unheard-of":"`), 1+r.IntN(3))
	}
	return body
}

// TestEveryCutOfABody: a body with findings of all kinds, cut in two at every place,
// and in pieces of every small size.
func TestEveryCutOfABody(t *testing.T) {
	op, ok := catalog.Operation("nova.ListServersDetail")
	if !ok {
		t.Fatal("no such operation")
	}
	r := rand.New(rand.NewPCG(7, 8))
	list := sample.JSON(sample.Servers(r, 4))
	bodies := [][]byte{
		list, sample.Break(list), sample.Indented(sample.Servers(r, 2)), list[:len(list)-1], list[:len(list)/2],
		[]byte(`{"servers":[],"servers_links":[{"rel":"next","href":"x"}]}`), []byte(`{"servers":null}`), []byte(`{"servers":[1,[],{},"😀\ud83d\ude00",-0.5e-3,true,nul]}`),
		[]byte(`{"servers":[1,2,]}`), []byte(`{"servers":[,]}`), []byte(`{"servers":[1,2],"servers":[3,4],"servers_links":[5],"x":[6]}  `), []byte(`[]`), []byte(`12`), []byte(` `), []byte(``),
		[]byte(`{"servers":[{"id":"a"},{"id":"a"}],"servers_links":[{"rel":"a"},{"rel":7}],"later":"` + strings.Repeat("x", 300) + `"}`), []byte(`{"servers":[]}}`),
	}
	for _, body := range bodies {
		x := &exchange{op: op, options: validate.Options{Version: microversion.MustParse("2.60")}, message: validate.Message{
			Status: 200, Body: body, Header: http.Header{"Content-Type": {"application/json"}},
		}}
		v := narrow(1, ample)
		want := x.whole(v)
		step := 1 + len(body)/600
		for cut := 1; cut < len(body); cut += step {
			first := true
			same(t, x, want, x.pieces(v, func(left int) int {
				if first {
					first = false
					return cut
				}
				return left
			}))
		}
		for _, size := range []int{1, 2, 3, 5, 7, 16, 64, 1000} {
			same(t, x, want, x.pieces(v, func(left int) int { return min(left, size) }))
		}
	}
}

// TestManyFindingsInPieces: more findings than are kept, notes and worse, are counted
// and kept like in the whole.
func TestManyFindingsInPieces(t *testing.T) {
	op, ok := catalog.Operation("nova.ListServersDetail")
	if !ok {
		t.Fatal("no such operation")
	}
	for _, item := range []string{`{"unheard-of":1}`, `{"id":7}`, `{"a":1,"b":2,"c":3}`, `7`} {
		body := `{"x":0,"servers":[` + strings.Repeat(item+`,`, 40) + strings.Repeat(`{"unheard-of":1,"y":{}},`, 200) + item + `],"z":[]}`
		x := &exchange{op: op, message: validate.Message{Status: 200, Body: []byte(body), Header: http.Header{"Content-Type": {"application/json"}}}}
		for _, window := range []int{1, 50, 1000} {
			v := narrow(window, ample)
			same(t, x, x.whole(v), x.pieces(v, func(left int) int { return min(left, 13) }))
		}
	}
}

// TestPiecesAreNotHeld: the memory for a list does not grow with its length, and one
// item that is too large ends the judgement with a note.
func TestPiecesAreNotHeld(t *testing.T) {
	op, ok := catalog.Operation("nova.ListServersDetail")
	if !ok {
		t.Fatal("no such operation")
	}
	r := rand.New(rand.NewPCG(3, 4))
	v := compiled.New()
	begin := func() *message.Stream {
		return v.ResponseStream(op, &validate.Message{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}}, validate.Options{Version: microversion.MustParse("2.60")})
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	s := begin()
	before := heap()
	const count = 40_000
	size := 0
	write := func(text []byte) {
		size += len(text)
		_, _ = s.Write(text)
	}
	write([]byte(`{"servers":[`))
	for n := range count {
		if n > 0 {
			write([]byte(","))
		}
		write(sample.JSON(sample.Server(r, n)))
	}
	after := heap()
	write([]byte(`]}`))
	if found := s.Findings(); len(found) != 1 || found[0].Keyword != "maxItems" || found[0].Got != "40000 items" {
		t.Errorf("%+v", found)
	}
	// Of each item 8 bytes of its id are kept, in a table that is half full at least.
	if grown := int64(after) - int64(before); grown > 1<<21 {
		t.Errorf("%d kB more on the heap after %d MB", grown>>10, size>>20)
	} else {
		t.Logf("%d kB more on the heap after %d MB", grown>>10, size>>20)
	}
	v.Window(100, 5000)
	s = begin()
	_, _ = s.Write([]byte(`{"servers":[7,{"name":"`))
	for range 1000 {
		_, _ = s.Write([]byte("hundreds of bytes of name "))
	}
	if n := s.Found(); n != 2 {
		t.Errorf("%d findings so far", n)
	}
	_, _ = s.Write([]byte(`"}]}`))
	found := s.Findings()
	if len(found) != 2 || found[0].Pointer != "/servers/0" || found[0].Keyword != "type" || found[1].Keyword != "limit" || found[1].Severity != validate.Note {
		t.Errorf("%+v", found)
	}
}

// FuzzPieces: whatever comes, in whatever pieces, is judged like the whole.
func FuzzPieces(f *testing.F) {
	list, err := places()
	if err != nil {
		f.Fatal(err)
	}
	for n, seed := range seeds() {
		f.Add(uint16(n*31), seed, uint8(n), uint16(n))
	}
	v := compiled.New()
	f.Fuzz(func(t *testing.T, at uint16, body []byte, piece uint8, window uint16) {
		p := list[int(at)%len(list)]
		x := &exchange{op: p.op, request: p.request, options: validate.Options{Version: p.version}, message: validate.Message{
			Status: p.status, Body: body, Header: http.Header{"Content-Type": {"application/json"}},
		}}
		v.Window(1+int(window), ample)
		same(t, x, x.whole(v), x.pieces(v, func(left int) int { return min(left, 1+int(piece)) }))
	})
}
