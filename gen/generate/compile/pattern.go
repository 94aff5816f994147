package compile

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is how a pattern is matched, the cheapest way that can express it.
type form struct {
	// kind is Class, Shape, Machine or Pattern: the member of scan.Text.
	kind string
	// text is the Go text of its value.
	text string
	// least and most are the lengths of what a class or a shape matches; most is -1
	// for no limit.
	least, most int
	// hex32 says that the pattern is 32 lower hexadecimal digits.
	hex32 bool
}

// pattern finds the form of a pattern. Source is as the contract has it, expr as
// Go writes it.
func (b *builder) pattern(source, expr string) form {
	if f, ok := b.classForm(source, expr); ok {
		return f
	}
	if places, ok := places(expr); ok {
		return form{kind: "Shape", text: b.data("Shape", fmt.Sprintf("scan.NewShape(%q, %q)", source, places)), least: len(places), most: len(places)}
	}
	if m, ok := machineOf(expr); ok {
		return form{kind: "Machine", text: "&" + b.data("Machine", m.text(source))}
	}
	return form{kind: "Pattern", text: b.data("Pattern", fmt.Sprintf("regexp.MustCompile(%q)", expr))}
}

// inside are the parts of a pattern between ^ and $; false if it has not both.
func inside(expr string) ([]*syntax.Regexp, bool) {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil || re.Op != syntax.OpConcat || len(re.Sub) < 3 {
		return nil, false
	}
	last := len(re.Sub) - 1
	if re.Sub[0].Op != syntax.OpBeginText || re.Sub[last].Op != syntax.OpEndText {
		return nil, false
	}
	return re.Sub[1:last], true
}

// classForm is the form of a pattern of one class of characters from start to end.
func (b *builder) classForm(source, expr string) (form, bool) {
	parts, ok := inside(expr)
	if !ok || len(parts) != 1 {
		return form{}, false
	}
	least, most := 1, 1
	class := parts[0]
	switch class.Op {
	case syntax.OpStar:
		least, most, class = 0, -1, class.Sub[0]
	case syntax.OpPlus:
		least, most, class = 1, -1, class.Sub[0]
	case syntax.OpRepeat:
		least, most, class = class.Min, class.Max, class.Sub[0]
	case syntax.OpCharClass:
	default:
		return form{}, false
	}
	// A long list of ranges is a machine's business, which searches it.
	if class.Op != syntax.OpCharClass || len(class.Rune) > 32 {
		return form{}, false
	}
	limit := "scan.NoLimit"
	if most >= 0 {
		limit = strconv.Itoa(most)
	}
	runes := make([]string, len(class.Rune))
	for i, r := range class.Rune {
		runes[i] = strconv.QuoteRuneToASCII(r)
		if !utf8.ValidRune(r) {
			runes[i] = fmt.Sprintf("%#x", r)
		}
	}
	text := fmt.Sprintf("scan.NewClass(%q, %d, %s, %s)", source, least, limit, strings.Join(runes, ", "))
	hex := slices.Equal(class.Rune, []rune("09af"))
	return form{kind: "Class", text: b.data("Class", text), least: least, most: most, hex32: hex && least == 32 && most == 32}, true
}

// places are the places of a pattern of fixed length as scan.NewShape takes them.
func places(expr string) (string, bool) {
	parts, ok := inside(expr)
	if !ok {
		return "", false
	}
	var out strings.Builder
	for _, p := range parts {
		n := 1
		if p.Op == syntax.OpRepeat && p.Min == p.Max {
			n, p = p.Min, p.Sub[0]
		}
		one, ok := placesOf(p)
		if !ok || out.Len()+n*len(one) > 64 {
			return "", false
		}
		out.WriteString(strings.Repeat(one, n))
	}
	return out.String(), out.Len() >= 8
}

func placesOf(p *syntax.Regexp) (string, bool) {
	switch {
	case p.Flags&syntax.FoldCase != 0:
	case p.Op == syntax.OpLiteral:
		for _, r := range p.Rune {
			if r < ' ' || r >= 0x7F || r == '"' || r == '\\' {
				return "", false
			}
		}
		return string(p.Rune), true
	case p.Op == syntax.OpCharClass && slices.Equal(p.Rune, []rune("09")):
		return "\x00", true
	case p.Op == syntax.OpCharClass && slices.Equal(p.Rune, []rune("09af")):
		return "\x01", true
	}
	return "", false
}

// machine is a pattern as a deterministic automaton over classes of characters.
type machine struct {
	// cuts are where classes begin; class n is from cuts[n] up to cuts[n+1].
	cuts []rune
	// next is by state and class; state 0 is dead, state 1 the first.
	next    [][]int
	accepts []bool
	classes []int // of each interval between cuts
	width   int
}

// mostStates is how large a machine may grow; beyond, a regexp does better.
const mostStates = 200

// machineOf determines the pattern's program: a state is the set of instructions
// that the text so far can have led to.
func machineOf(expr string) (*machine, bool) {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, false
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return nil, false
	}
	d := &determiner{prog: prog, states: map[string]int{}, m: &machine{}}
	if !d.plain() {
		return nil, false
	}
	d.cut()
	// The dead state, and the one where a text begins.
	d.add(nil)
	d.state(d.closure([]uint32{uint32(prog.Start)}, true, false))
	anywhere := prog.StartCond()&syntax.EmptyBeginText == 0
	for n := 1; n < len(d.sets); n++ {
		if len(d.sets) > mostStates {
			return nil, false
		}
		for c, r := range d.m.cuts {
			d.m.next[n][c] = d.step(d.sets[n], n, r, anywhere)
		}
	}
	d.m.fold()
	return d.m, true
}

type determiner struct {
	prog   *syntax.Prog
	states map[string]int
	// sets are the instructions of each state.
	sets [][]uint32
	m    *machine
}

// add appends a state that nothing leads out of yet.
func (d *determiner) add(set []uint32) int {
	d.sets = append(d.sets, set)
	d.m.next = append(d.m.next, make([]int, len(d.m.cuts)))
	d.m.accepts = append(d.m.accepts, d.matches(d.closure(set, false, true)))
	return len(d.sets) - 1
}

// state is the number of a set of instructions.
func (d *determiner) state(set []uint32) int {
	if len(set) == 0 {
		return 0
	}
	name := fmt.Sprint(set)
	if _, ok := d.states[name]; !ok {
		d.states[name] = d.add(set)
	}
	return d.states[name]
}

// step is the state behind a character. Where a match was reached that does not ask
// for the end of the text, whatever follows is accepted.
func (d *determiner) step(set []uint32, n int, r rune, anywhere bool) int {
	if d.matches(set) {
		return n
	}
	var to []uint32
	for _, pc := range set {
		if in := &d.prog.Inst[pc]; consumes(in) && in.MatchRune(r) {
			to = append(to, in.Out)
		}
	}
	if anywhere {
		to = append(to, uint32(d.prog.Start))
	}
	return d.state(d.closure(to, false, false))
}

func (d *determiner) matches(set []uint32) bool {
	return slices.ContainsFunc(set, func(pc uint32) bool { return d.prog.Inst[pc].Op == syntax.InstMatch })
}

// plain reports whether the program needs no more than the ends of the text.
func (d *determiner) plain() bool {
	for i := range d.prog.Inst {
		if in := &d.prog.Inst[i]; in.Op == syntax.InstEmptyWidth &&
			syntax.EmptyOp(in.Arg)&^(syntax.EmptyBeginText|syntax.EmptyEndText) != 0 {
			return false
		}
	}
	return true
}

func consumes(in *syntax.Inst) bool {
	switch in.Op {
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return true
	}
	return false
}

// cut finds the characters at which any instruction changes its mind.
func (d *determiner) cut() {
	cuts := []rune{0, 0x80}
	for i := range d.prog.Inst {
		in := &d.prog.Inst[i]
		if !consumes(in) {
			continue
		}
		switch {
		case in.Op == syntax.InstRuneAnyNotNL:
			cuts = append(cuts, '\n', '\n'+1)
		case in.Op == syntax.InstRuneAny:
		case len(in.Rune) == 1:
			// One character, perhaps in either case.
			for r, n := in.Rune[0], 0; n < 4; n++ {
				cuts = append(cuts, r, r+1)
				r = unicode.SimpleFold(r)
			}
		default:
			for k := 0; k+1 < len(in.Rune); k += 2 {
				cuts = append(cuts, in.Rune[k], in.Rune[k+1]+1)
			}
		}
	}
	cuts = slices.DeleteFunc(cuts, func(r rune) bool { return r > unicode.MaxRune })
	slices.Sort(cuts)
	d.m.cuts = slices.Compact(cuts)
}

// closure follows what needs no character. Instructions that wait for the end of
// the text stay in the set until it comes.
func (d *determiner) closure(list []uint32, begin, end bool) []uint32 {
	seen := map[uint32]bool{}
	var out []uint32
	var walk func(pc uint32)
	walk = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch in := &d.prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			walk(in.Out)
			walk(in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			walk(in.Out)
		case syntax.InstEmptyWidth:
			need := syntax.EmptyOp(in.Arg)
			if need&syntax.EmptyBeginText != 0 && !begin {
				return
			}
			if need&syntax.EmptyEndText != 0 && !end {
				out = append(out, pc)
				return
			}
			walk(in.Out)
		case syntax.InstFail:
		default:
			out = append(out, pc)
		}
	}
	for _, pc := range list {
		walk(pc)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fold joins the intervals that every state treats alike.
func (m *machine) fold() {
	numbers := map[string]int{}
	for c := range m.cuts {
		var column strings.Builder
		for _, row := range m.next {
			column.WriteByte(byte(row[c]))
		}
		if _, ok := numbers[column.String()]; !ok {
			numbers[column.String()] = len(numbers)
		}
		m.classes = append(m.classes, numbers[column.String()])
	}
	m.width = len(numbers)
}

// text is the Go text of a scan.Machine.
func (m *machine) text(source string) string {
	var ascii, kinds, next, accepts strings.Builder
	var ends []string
	for c, low := range m.cuts {
		high := rune(unicode.MaxRune)
		if c+1 < len(m.cuts) {
			high = m.cuts[c+1] - 1
		}
		kind := byte(m.classes[c])
		switch {
		case low < 0x80:
			for r := low; r <= high; r++ {
				ascii.WriteByte(kind)
			}
		case c+1 < len(m.cuts) && m.classes[c] == m.classes[c+1]: // one with its neighbour
		default:
			ends = append(ends, fmt.Sprintf("%#x", high))
			kinds.WriteByte(kind)
		}
	}
	for n, row := range m.next {
		table := make([]byte, m.width)
		for c, to := range row {
			table[m.classes[c]] = byte(to)
		}
		next.Write(table)
		if m.accepts[n] {
			accepts.WriteByte('1')
		} else {
			accepts.WriteByte('0')
		}
	}
	return fmt.Sprintf("scan.Machine{\nSource: %q,\nASCII: %q,\nEnds: []rune{%s},\nKinds: %q,\nWidth: %d,\nNext: %q,\nAccepts: %q,\n}",
		source, ascii.String(), lines(ends, 16), kinds.String(), m.width, next.String(), accepts.String())
}

// lines joins words, so many to a line.
func lines(words []string, n int) string {
	if len(words) <= n {
		return strings.Join(words, ", ")
	}
	var b strings.Builder
	for line := range slices.Chunk(words, n) {
		b.WriteString("\n" + strings.Join(line, ", ") + ",")
	}
	return b.String() + "\n"
}
